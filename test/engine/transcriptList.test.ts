import { LoadOptionsContext } from 'n8n-core';
import type { INodeParameters, NodeApiError } from 'n8n-workflow';
import { Transcription } from '../../nodes/Transcription/Transcription.node';
import { additionalData, aWorkflow, deleteTranscript, exportTranscript, get, type Setup } from './harness';
import { type LocalServer, sendJson, startServer } from './localServer';

let server: LocalServer | undefined;
afterEach(async () => {
	await server?.close();
	server = undefined;
});

/** Starts a service that responds to every request with the result of a function. */
async function serving(respond: (query: URLSearchParams) => unknown): Promise<void> {
	server = await startServer((request, response) =>
		sendJson(response, 200, respond(new URL(request.url, 'http://localhost').searchParams)),
	);
}

async function search(provider: string, filter?: string, token?: unknown, credential: Setup['credential'] = {}) {
	const setup: Setup = { baseUrl: server?.origin ?? 'http://127.0.0.1:9', credential };
	const { workflow, node } = aWorkflow('transcription', { provider }, setup);
	const data = { ...additionalData(setup), currentNodeParameters: node.parameters };
	const context = new LoadOptionsContext(workflow, node, data, '');
	return await new Transcription().methods.listSearch.searchTranscripts.call(context, filter, token);
}

const timeOf = (n: number) => new Date(Date.parse('2026-06-01T00:00:00Z') - n * 60_000).toISOString();
const valuesOf = ({ results }: Awaited<ReturnType<typeof search>>) => results.map(({ value }) => value);

describe('a service that lists the newest jobs first', () => {
	const ids = Array.from({ length: 450 }, (_, n) => `job-${n}`);
	/** AssemblyAI's list: a cursor, and a page size that the request chooses. */
	const list = (query: URLSearchParams) => {
		const start = query.get('before_id') === null ? 0 : ids.indexOf(query.get('before_id') ?? '') + 1;
		const page = ids.slice(start, start + Number(query.get('limit')));
		const last = page.at(-1);
		return {
			page_details: { prev_url: last === ids.at(-1) ? null : `https://x.example/v2/transcript?before_id=${last}` },
			transcripts: page.map((id) => ({ id, status: 'completed', created: timeOf(ids.indexOf(id)) })),
		};
	};

	it('requests one page for each part and ends with the last job', async () => {
		await serving(list);
		const all: unknown[] = [];
		let token: unknown;
		do {
			const part = await search('assemblyAi', '', token);
			all.push(...valuesOf(part));
			token = part.paginationToken;
		} while (token !== undefined);
		expect(all).toEqual(ids);
		expect(server?.seen).toHaveLength(9);
	});

	it.each([['JOB-449'], [' job-449 ']])('finds the ID “%s” on a later page', async (filter) => {
		await serving(list);
		expect(valuesOf(await search('assemblyAi', filter))).toEqual(['job-449']);
		expect(server?.seen).toHaveLength(3);
	});

	it('finds jobs by state', async () => {
		await serving(() => ({
			page_details: {},
			transcripts: [
				{ id: 'a', status: 'completed' },
				{ id: 'b', status: 'error' },
			],
		}));
		expect(valuesOf(await search('assemblyAi', 'failed'))).toEqual(['b']);
	});

	it('ends a search without a match after a limited number of pages and says how to use an older job', async () => {
		let count = 0;
		await serving(() => {
			count++;
			return {
				page_details: { prev_url: `https://x.example/v2/transcript?before_id=job-${count}` },
				transcripts: [{ id: `job-${count}`, status: 'completed' }],
			};
		});
		const error = (await search('assemblyAi', 'none').catch((thrown: unknown) => thrown)) as NodeApiError;
		expect(error.message).toContain('No match for “none” among the newest jobs');
		expect(error.description).toContain('By ID');
		expect(count).toBe(20);
	});

	it('is empty if the account has no jobs', async () => {
		await serving(() => ({ page_details: {}, transcripts: [] }));
		expect(await search('assemblyAi')).toEqual({ results: [], paginationToken: undefined });
	});
});

it('sorts the jobs of a service whose list has no order', async () => {
	const jobs = Array.from({ length: 120 }, (_, n) => ({ id: `job-${n}`, status: 'completed', created_at: timeOf(n) }));
	await serving(() => ({ transcriptions: [...jobs].reverse(), next_page_cursor: null }));
	const first = await search('soniox');
	const second = await search('soniox', '', first.paginationToken);
	const third = await search('soniox', '', second.paginationToken);
	expect([first, second, third].flatMap(valuesOf)).toEqual(jobs.map(({ id }) => id));
	expect(third.paginationToken).toBeUndefined();
});

it.each([
	['can’t list jobs with the credential', 'scriptix', { apiGeneration: 'stt' }, 'can’t list jobs', 'API Generation'],
	['has no list', 'elevenLabs', {}, 'ElevenLabs can’t list jobs', 'fetch transcripts by ID'],
	['lacks an API key', 'assemblyAi', { apiKey: '' }, 'no API key', ''],
])('explains in the editor that a provider %s', async (_what, provider, credential, message, description) => {
	const error = (await search(provider, '', undefined, credential).catch((thrown: unknown) => thrown)) as NodeApiError;
	expect([error.name, error.message]).toEqual(['NodeApiError', expect.stringContaining(message)]);
	expect(error.description).toContain(description);
});

describe('Transcript ID', () => {
	const job = { id: 'job-1', status: 'completed', text: 'Hello.', words: [] };
	const locator = (mode: string, value: string): INodeParameters => ({
		transcriptId: { __rl: true, mode, value },
	});

	it.each<[string, INodeParameters]>([
		['its default, the input item’s ID', {}],
		['plain text, as in older workflows', { transcriptId: 'job-1' }],
		['an expression, as in older workflows', { transcriptId: '={{ $json.id }}' }],
		['an ID', locator('id', ' job-1 ')],
		['an expression by ID', locator('id', '={{ $json.id }}')],
		['an entry of the list', locator('list', 'job-1')],
	])('can be %s', async (_what, parameters) => {
		await serving(() => job);
		const items = [{ json: { id: 'job-1' } }];
		const setup = { baseUrl: server?.origin ?? '' };
		expect((await get(parameters, items, setup)).json[0]).toMatchObject({ id: 'job-1', text: 'Hello.' });
		const exported = await exportTranscript(
			{ from: 'id', exportAs: 'search', terms: 'nothing', ...parameters },
			items,
			setup,
		);
		expect(exported.error).toBeUndefined();
		expect(server?.seen.every(({ url }) => url.includes('/job-1'))).toBe(true);
	});

	it.each([
		['assemblyAi', 'choose “From List”'],
		['elevenLabs', 'Submit or the trigger. If'],
	])('says what to do if the input of %s has no ID', async (provider, advice) => {
		for (const run of [get, deleteTranscript]) {
			const { error } = await run({ provider }, [{ json: {} }], { baseUrl: 'http://127.0.0.1:9' });
			expect(error?.message).toBe('“Transcript ID” is empty');
			expect(error?.description).toContain(advice);
			expect(error?.description).toContain('Connect a node that outputs “id”');
		}
	});
});
