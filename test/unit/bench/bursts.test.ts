import { comparisonsOf, countResponses, sectionOf } from '../../../bench/measurements/bursts/results';
import type { Try } from '../../../bench/measurements/bursts/tries';

const aTry = (changes: Partial<Try> = {}): Try => ({
	responses: { counts: { 200: 2 }, delaysMs: [500, 12_000] },
	peaks: { resident: 3e9, areas: 100, threads: 10 },
	blockedMs: 40,
	succeeded: 2,
	totalMs: 13_000,
	...changes,
});
const ended = aTry({ ended: 'SIGKILL', responses: { counts: { ECONNRESET: 2 }, delaysMs: [] }, succeeded: 0 });
const ours = { side: { title: 'Ours', receiver: 'ours' as const }, tries: [aTry(), ended] };
const other = { side: { title: 'Webhook', receiver: 'builtIn' as const }, tries: [aTry(), aTry()] };

it('counts the responses of all tries by status or error', () => {
	expect(countResponses([aTry(), aTry(), ended])).toEqual({ 200: 4, ECONNRESET: 2 });
});

it('counts the bursts that n8n survived', () => {
	expect(comparisonsOf([ours, other], 1000)[0]).toMatchObject({
		label: '1,000 callbacks at the same moment: bursts that n8n survived',
		ours: { values: [1] },
		baseline: { name: 'Webhook', figure: { values: [2] } },
		target: 'all 2',
		met: false,
	});
});

it('separates late responses from those that a service waits for', () => {
	const inTime = comparisonsOf([ours, other], 1000).find(({ label }) => label.endsWith('within 10 s'));
	expect(inTime).toMatchObject({ ours: { values: [1, 0] }, baseline: { figure: { values: [1, 1] } } });
});

it('shows all responses of a side, and the results with other settings', () => {
	const settings = { ...other, side: { ...other.side, title: 'legacy' } };
	const rows = sectionOf([ours, other], [settings], 1000).tables?.[0]?.rows ?? [];
	expect(rows.map((row) => row.slice(0, 3))).toEqual([
		['Ours', '1 of 2', '2 × 200, 2 × ECONNRESET'],
		['Webhook', '2 of 2', '4 × 200'],
		['legacy', '2 of 2', '4 × 200'],
	]);
});
