import { idsOf, listed, listedBy } from './listed';
import { useSandbox } from './sandbox';
import { submit } from './harness';

const service = useSandbox('soniox');
const job = (id: string, day: number, status = 'completed') => ({
	id,
	status,
	created_at: `2026-06-${String(day).padStart(2, '0')}T00:00:00Z`,
});

/** A service with these pages. */
async function listOf(...pages: object[][]) {
	return await listedBy('soniox', (query) => {
		const index = Number(query.get('cursor')?.replace('page+/=', '') ?? 0);
		return { transcriptions: pages[index], next_page_cursor: index + 1 < pages.length ? `page+/=${index + 1}` : null };
	});
}

it('sorts jobs of all pages, newest first', async () => {
	const { ids, asked } = await listOf([job('a', 1)], [job('b', 9), job('c', 4)], [job('d', 3)]);
	expect([ids, asked.length]).toEqual([['b', 'c', 'd', 'a'], 3]);
});

it('omits entries without an ID and keeps jobs with an invalid status', async () => {
	const { jobs } = await listOf([{}, { id: null }, { id: 'a' }]);
	expect(jobs.map(({ transcript: { id, status } }) => [id, status])).toEqual([['a', 'processing']]);
});

it('continues after an empty page with a cursor', async () => {
	expect((await listOf([job('a', 1)], [], [job('b', 2)])).ids).toEqual(['b', 'a']);
});

it('returns a job once if it is on two pages', async () => {
	expect((await listOf([job('a', 1), job('b', 2)], [job('b', 2), job('c', 3)])).ids).toEqual(['c', 'b', 'a']);
});

it.each([
	['a repeated cursor', () => 'again'],
	['new cursors for the same jobs', (count: number) => `cursor-${count}`],
])('fails with %s', async (_what, cursor) => {
	let count = 0;
	const { failure, asked } = await listedBy('soniox', () => ({
		transcriptions: [job('a', 1)],
		next_page_cursor: cursor(++count),
	}));
	expect(failure?.message).toContain('repeats itself');
	expect(asked).toHaveLength(2);
});

it('lists the sandbox’s jobs with status and callback URL', async () => {
	const { json } = await submit(
		{
			provider: 'soniox',
			source: 'url',
			audioUrl: `${service.sandbox.origin}/samples/call.wav`,
			callback: 'url',
			callbackUrl: 'https://n8n.example.com/webhook/x/soniox',
			options: { skipTriggerCheck: true },
		},
		[{ json: {} }],
		service.setup(),
	);
	const jobs = await listed('soniox', service.setup());
	expect(idsOf(jobs)).toEqual([json[0]?.id]);
	expect(jobs[0]?.callbackUrl).toContain('https://n8n.example.com/webhook/x/soniox?');
	expect(jobs[0]?.transcript.text).toBeUndefined();
});
