import type { Comparison, Section } from '../../../bench/bench';
import { comparisonsOf, type Outcome, reportOf, summaryOf } from '../../../bench/report';

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

describe('comparisonsOf', () => {
	it('shows ours, the baseline, their ratio, and whether the target was met', () => {
		expect(comparisonsOf([outcome('Uploads', { comparisons: [speed] })]).split('\n')).toEqual([
			'|  | Ours | Baseline |  | Ratio | Target | Met |',
			'| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
			'| Speed | 90 MB/s | `curl` | 100 MB/s | 0.9 | at least 0.8 | yes |',
		]);
	});

	it('shows no ratio for a negative value', () => {
		const shrunk = { ...speed, ours: { values: [-5], unit: 'MB/s' } };
		expect(comparisonsOf([outcome('Uploads', { comparisons: [shrunk] })])).toContain(
			'| -5 MB/s | `curl` | 100 MB/s | – |',
		);
	});

	it('shows a missed target', () => {
		expect(comparisonsOf([outcome('Uploads', { comparisons: [{ ...speed, met: false }] })])).toContain(
			'| at least 0.8 | **no** |',
		);
	});

	it('leaves cells empty without a baseline and a target', () => {
		const alone = { label: 'Size', ours: { values: [169], unit: 'kB' } };
		expect(comparisonsOf([outcome('Loading', { comparisons: [alone] })])).toContain('| Size | 169 kB |  |  |  |  |  |');
	});

	it('has the rows of all measurements except those that failed', () => {
		const other = { ...speed, label: 'Memory' };
		const table = comparisonsOf([
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

	const slow: Comparison = { ...speed, ours: { values: [45], unit: 'MB/s' }, met: false };
	const floor = { name: 'a pipe', figure: { values: [50], unit: 'MB/s' }, target: 'at least 0.8' };

	it.each([
		[true, 'yes'],
		[false, '**no**'],
	])('judges a missed target by the floor (met: %s)', (met, verdict) => {
		const row = comparisonsOf([outcome('Uploads', { comparisons: [{ ...slow, floor: { ...floor, met } }] })]);
		expect(row).toContain(`| out of reach; ${verdict} beside the floor (a pipe: 0.9, at least 0.8) |`);
	});

	it('doesn’t mention the floor if the target was met', () => {
		const row = comparisonsOf([outcome('Uploads', { comparisons: [{ ...speed, floor: { ...floor, met: true } }] })]);
		expect(row).toContain('| at least 0.8 | yes |');
	});
});

describe('summaryOf', () => {
	const summaryRow = (changes: Partial<Comparison>) =>
		summaryOf([outcome('Uploads', { comparisons: [{ ...speed, headline: 'Upload speed', ...changes }] })])
			.split('\n')
			.at(-1);
	const floor = { name: 'a pipe', figure: { values: [100], unit: 'MB/s' }, target: 'at least 0.8', met: true };

	it('contains only the comparisons with a headline', () => {
		const comparisons = [speed, { ...speed, headline: 'Upload speed' }];
		expect(summaryOf([outcome('Loading'), outcome('Uploads', { comparisons })]).split('\n')).toEqual([
			'| What matters | Ours | Theirs | Ratio | Verdict |',
			'| --- | ---: | ---: | ---: | ---: |',
			'| Upload speed | 90 MB/s | 100 MB/s (`curl`) | 0.9 | met: at least 0.8 |',
		]);
	});

	it('shows the value without its range', () => {
		expect(summaryRow({ ours: { values: [80, 90, 100], unit: 'MB/s' } })).toContain('| 90 MB/s |');
	});

	it('says that a target was missed', () => {
		expect(summaryRow({ met: false })).toContain('| **missed**: at least 0.8 |');
	});

	it('says that there is no target', () => {
		const { label, ours } = speed;
		const alone = { label, ours, headline: 'Upload speed' };
		expect(summaryOf([outcome('Uploads', { comparisons: [alone] })])).toContain(
			'| Upload speed | 90 MB/s |  |  | no target |',
		);
	});

	it('judges a target that is out of reach by the floor', () => {
		expect(summaryRow({ met: false, floor })).toContain(
			'| met: 0.9 of the floor (a pipe); at least 0.8 is out of reach |',
		);
		expect(summaryRow({ met: false, floor: { ...floor, met: false } })).toContain('| **missed**: 0.9 of the floor');
	});
});

describe('reportOf', () => {
	it('leads with the summary, followed by all comparisons and the sections', () => {
		const report = reportOf(
			[outcome('Uploads', { comparisons: [{ ...speed, headline: 'Upload speed' }] })],
			environment,
		);
		expect(report.match(/^## .*/gm)).toEqual(['## Summary', '## All comparisons', '## Uploads']);
		expect(report.indexOf('| Upload speed |')).toBeLessThan(report.indexOf('| Speed |'));
	});

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
