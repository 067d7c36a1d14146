import { listed, listedBy } from './listed';
import { useSandbox } from './sandbox';

const service = useSandbox();
const item = (n: number, more: object = {}) => ({
	id: `job-${n}`,
	status: 'completed',
	created: `2026-06-01T00:00:${60 - n}.123456`,
	audio_url: 'https://x.example/a.mp3',
	...more,
});
const page = (items: object[], older: string | null) => ({ transcripts: items, page_details: { prev_url: older } });

it('follows the cursor in the URL of older transcripts on the credential’s host', async () => {
	const { ids, asked } = await listedBy('assemblyAi', (query) =>
		query.has('before_id')
			? page([item(3)], null)
			: page([item(1), item(2)], 'https://elsewhere.example.com/v2/transcript?limit=2&before_id=job-2'),
	);
	expect(ids).toEqual(['job-1', 'job-2', 'job-3']);
	expect(asked.map((query) => query.get('before_id'))).toEqual([null, 'job-2']);
});

it('omits deleted transcripts, which keep the status completed', async () => {
	const { ids } = await listedBy('assemblyAi', () =>
		page([item(1, { audio_url: 'http://deleted_by_user' }), item(2)], null),
	);
	expect(ids).toEqual(['job-2']);
});

it('finds transcripts after many pages of deleted ones', async () => {
	const { ids } = await listedBy('assemblyAi', (query) => {
		const n = Number(query.get('before_id')?.replace('job-', '') ?? 0);
		return n < 30
			? page([item(n + 1, { audio_url: 'http://deleted_by_user' })], `?before_id=job-${n + 1}`)
			: page([item(31)], null);
	});
	expect(ids).toEqual(['job-31']);
});

it('treats times without a time zone as UTC', async () => {
	const { jobs } = await listedBy('assemblyAi', () => page([item(1)], null), {
		createdAfter: new Date('2026-06-01T00:00:59Z'),
	});
	expect(jobs[0]?.transcript.createdAt).toBe('2026-06-01T00:00:59.123456Z');
});

it('filters by status at the service', async () => {
	const { asked } = await listedBy('assemblyAi', () => page([], null), { status: 'failed' });
	expect(asked[0]?.get('status')).toBe('error');
});

it('stops when all remaining transcripts are too old', async () => {
	const { ids, asked } = await listedBy('assemblyAi', () => page([item(1), item(2)], '?before_id=job-2'), {
		createdAfter: new Date('2027-01-01'),
	});
	expect([ids, asked.length]).toEqual([[], 1]);
});

it('requests only as many pages as needed', async () => {
	const { ids, asked } = await listedBy('assemblyAi', () => page([item(1), item(2)], '?before_id=job-2'), {}, 1);
	expect([ids, asked.length]).toEqual([['job-1'], 1]);
});

it('fails if the list repeats itself', async () => {
	const { failure } = await listedBy('assemblyAi', () => page([item(1)], '?before_id=job-1'));
	expect(failure?.message).toContain('repeats itself');
});

it('fails if the response isn’t a list', async () => {
	const { failure } = await listedBy('assemblyAi', () => ({ items: [] }));
	expect(failure?.message).toContain('can’t read');
});

it('is empty for an empty account', async () => {
	expect(await listed('assemblyAi', service.setup())).toEqual([]);
});
