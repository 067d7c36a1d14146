import { listedBy } from './listed';

/** Creates jobs, newest first. */
const jobs = (count: number) =>
	Array.from({ length: count }, (_, n) => ({
		id: `job-${n}`,
		status: 'done',
		kind: 'pre-recorded',
		created_at: new Date(Date.parse('2026-06-01T00:00:00Z') - n * 1000).toISOString(),
	}));

/** Lists jobs as documented: by offset, with a link to the next page. */
const serving = (all: object[]) => (query: URLSearchParams) => {
	const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))];
	const next = offset + limit < all.length ? `https://api.gladia.io/v2/transcription?offset=${offset + limit}` : null;
	return { first: 'x', current: 'x', next, items: all.slice(offset, offset + limit) };
};

it('continues where the previous page ended', async () => {
	expect((await listedBy('gladia', serving(jobs(250)))).ids).toEqual(jobs(250).map(({ id }) => id));
});

it('skips no job if some are deleted while the list is read', async () => {
	const all = jobs(250);
	const { ids } = await listedBy('gladia', (query) => {
		if (query.get('offset') !== '0') all.splice(0, all.length > 245 ? 5 : 0);
		return serving(all)(query);
	});
	expect(ids).toEqual(jobs(250).map(({ id }) => id));
});

it('ends with an empty page, even if there is a link to another one', async () => {
	const { ids } = await listedBy('gladia', (query) => ({
		next: 'https://api.gladia.io/v2/pre-recorded',
		items: query.get('offset') === '0' ? jobs(3) : [],
	}));
	expect(ids).toHaveLength(3);
});

it('fails if the list repeats itself', async () => {
	const { failure } = await listedBy('gladia', () => ({ next: 'x', items: jobs(30) }));
	expect(failure?.message).toContain('repeats itself');
});

it('requests the period with a margin', async () => {
	const asked: string[] = [];
	const createdAfter = new Date('2026-05-01T00:00:00Z');
	const createdBefore = new Date('2026-06-02T00:00:00Z');
	const respond = (query: URLSearchParams) => {
		asked.push(`${query.get('after_date')} ${query.get('before_date')}`);
		return serving(jobs(3))(query);
	};
	expect((await listedBy('gladia', respond, { createdAfter, createdBefore })).ids).toHaveLength(3);
	expect(asked).toEqual(['2026-04-30T23:59:59.000Z 2026-06-02T00:00:01.000Z']);
});

it('omits live sessions and transcripts, and redacts tokens', async () => {
	const token = 'a'.repeat(43);
	const url = `https://n8n.example.com/webhook/w/gladia?ref=a`;
	const { jobs: listed } = await listedBy('gladia', () => ({
		next: null,
		items: [
			{ id: 'live', status: 'done', kind: 'live' },
			{
				id: 'a',
				status: 'done',
				kind: 'pre-recorded',
				custom_metadata: { callback_url: url },
				request_params: { callback_config: { url: `${url}&token=${token}` } },
				result: { transcription: { full_transcript: 'Secret words' } },
			},
			{ id: 'b', status: 'error', request_params: { callback_config: { url } } },
			{ status: 'no ID' },
		],
	}));
	expect(listed.map(({ transcript }) => [transcript.id, transcript.status])).toEqual([
		['a', 'completed'],
		['b', 'failed'],
	]);
	expect(listed.map(({ callbackUrl }) => callbackUrl)).toEqual([url, url]);
	expect(JSON.stringify(listed)).not.toMatch(new RegExp(`${token}|Secret words`));
});
