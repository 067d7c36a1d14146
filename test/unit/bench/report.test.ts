import type { Comparison, Section } from '../../../bench/bench';
import { type Outcome, reportOf, summaryOf } from '../../../bench/report';

const speed: Comparison = {
	label: 'Speed',
	ours: { values: [90], unit: 'MB/s' },
	baseline: { name: '`curl`', figure: { values: [100], unit: 'MB/s' } },
	target: 'at least 0.8',
	met: true,
};

function outcome(title: string, section?: Partial<Section>): Outcome {
	return {
		measurement: { name: title.toLowerCase(), title, measure: () => Promise.reject(new Error('not in a test')) },
		section: section && { introduction: '', comparisons: [], ...section },
		load: [0.25, 1],
		minutes: 2,
	};
}

const environment = { date: '2026-11-28', machine: '2 cores', versions: 'Node 24' };

describe('summaryOf', () => {
	it('shows ours, the baseline, their ratio, and whether the target was met', () => {
		expect(summaryOf([outcome('Uploads', { comparisons: [speed] })]).split('\n')).toEqual([
			'|  | Ours | Baseline |  | Ratio | Target | Met |',
			'| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
			'| Speed | 90 MB/s | `curl` | 100 MB/s | 0.9 | at least 0.8 | yes |',
		]);
	});

	it('shows no ratio for a negative value', () => {
		const shrunk = { ...speed, ours: { values: [-5], unit: 'MB/s' } };
		expect(summaryOf([outcome('Uploads', { comparisons: [shrunk] })])).toContain('| -5 MB/s | `curl` | 100 MB/s | – |');
	});

	it('shows a missed target', () => {
		expect(summaryOf([outcome('Uploads', { comparisons: [{ ...speed, met: false }] })])).toContain(
			'| at least 0.8 | **no** |',
		);
	});

	it('leaves cells empty without a baseline and a target', () => {
		const alone = { label: 'Size', ours: { values: [169], unit: 'kB' } };
		expect(summaryOf([outcome('Loading', { comparisons: [alone] })])).toContain('| Size | 169 kB |  |  |  |  |  |');
	});

	it('has the rows of all measurements except those that failed', () => {
		const other = { ...speed, label: 'Memory' };
		const table = summaryOf([
			outcome('Uploads', { comparisons: [speed] }),
			outcome('Loading'),
			outcome('Files', { comparisons: [other] }),
		]);
		expect(
			table
				.split('\n')
				.slice(2)
				.map((line) => line.split(' | ')[0]),
		).toEqual(['| Speed', '| Memory']);
	});
});

describe('reportOf', () => {
	it('states the date, the machine, and the versions', () => {
		expect(reportOf([], environment)).toContain('`npm run bench`, 2026-11-28. 2 cores. Node 24.');
	});

	it('has a section for each measurement, with its tables and notes', () => {
		const table = { title: 'Sizes', header: ['', 'Time'], rows: [['Small', '1 ms']] };
		const report = reportOf(
			[outcome('Uploads', { introduction: 'How.', tables: [table], notes: ['Why.'] })],
			environment,
		);
		expect(report).toContain(
			[
				'## Uploads',
				'How.',
				'**Sizes**',
				'|  | Time |\n| --- | ---: |\n| Small | 1 ms |',
				'Why.',
				'Took 2 min; load 0.3 before, 1.0 after.',
			].join('\n\n'),
		);
	});

	it('names a measurement that failed', () => {
		expect(reportOf([outcome('Loading')], environment)).toContain('## Loading\n\nIt failed.\n\nTook 2 min');
	});

	it('ends with a line break', () => {
		expect(reportOf([outcome('Loading')], environment)).toMatch(/after\.\n$/);
	});
});
