import type { INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';
import { API_KEY, get, inMemory, submit, type Setup } from './harness';
import { type LocalServer, type SeenRequest, sendJson, startServer } from './localServer';
import { RECORDING, samplesFolder, TEXT } from './recording';

jest.setTimeout(30_000);
const PROVIDER = { provider: 'instantTranscriber' };
const SRT = '1\n00:00:00,000 --> 00:00:01,500\nSpeaker 1: Hi there.\n';

let sandbox: Sandbox;
beforeAll(async () => {
	const accounts = [
		{ name: 'main', apiKey: API_KEY, balance: 'ok' as const },
		{ name: 'bare', apiKey: 'bare-key', balance: 'ok' as const },
	];
	sandbox = await startSandbox({ port: 0, jobSeconds: 0, samplesFolder: samplesFolder(), accounts: { instantTranscriber: accounts } });
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const servers: LocalServer[] = [];
afterEach(async () => await Promise.all(servers.splice(0).map(async (server) => await server.close())));

/** Submits, waits for the end, and gets. */
async function fetched(parameters: INodeParameters, apiKey = API_KEY, options: INodeParameters = {}) {
	const setup: Setup = { baseUrl: sandbox.baseUrl('instantTranscriber'), credential: { apiKey } };
	const { json } = await submit({ ...PROVIDER, callback: 'none', options }, [inMemory(RECORDING)], setup);
	await sandbox.settled();
	return await get({ ...PROVIDER, transcriptId: String(json[0]?.id), ...parameters }, [{ json: {} }], setup);
}

/** A service of the test's own: an answer to GET, and files by path. */
async function answering(job: (origin: string) => unknown, files: Record<string, string> = {}) {
	const server = await startServer((request, response) => {
		if (request.url.startsWith('/v1/')) return sendJson(response, 200, job(server.origin));
		const content = files[request.url];
		response.writeHead(content === undefined ? 404 : 200, { 'content-type': 'text/plain' }).end(content ?? 'gone');
	});
	servers.push(server);
	const outcome = await get({ ...PROVIDER, transcriptId: 'job-1', output: 'utterances' }, [{ json: {} }], { baseUrl: server.origin });
	return { ...outcome, server };
}
const paths = (server: LocalServer) => server.seen.map(({ url }: SeenRequest) => url);

describe('Get from InstantTranscriber', () => {
	it('brings text, words and speakers', async () => {
		const { json } = await fetched({ output: 'words' });
		expect(json[0]).toMatchObject({ text: TEXT, language: 'en', durationSeconds: 20, speakers: ['Speaker 1', 'Speaker 2'] });
		expect(json[0]?.words).toHaveLength(8);
		expect(json[0]?.utterances).toEqual([
			expect.objectContaining({ start: 0, end: 7.5, speaker: 'Speaker 1', text: 'Hello, this is Ada.' }),
			expect.objectContaining({ start: 8, end: 15.5, speaker: 'Speaker 2' }),
		]);
	});

	it('brings no speakers where they were not told apart', async () => {
		expect((await fetched({}, API_KEY, { diarize: false })).json[0]).not.toHaveProperty('speakers');
	});

	it('brings summaries with Output: Raw', async () => {
		const { json } = await fetched({ output: 'raw' }, API_KEY, { summaries: 'short' });
		expect(json[0]?.raw).toMatchObject({ summaries: { short: expect.any(String) } });
	});

	it('asks once where the answer is complete', async () => {
		await fetched({});
		expect(sandbox.requests.list().filter(({ method }) => method === 'GET')).toHaveLength(1);
	});

	it('says that there is no such transcript, and names it', async () => {
		const setup = { baseUrl: sandbox.baseUrl('instantTranscriber') };
		const { error } = await get({ ...PROVIDER, transcriptId: 'no-such' }, [{ json: {} }], setup);
		expect(error?.message).toContain('“no-such”');
	});

	it('says that it does not understand an answer without status and text', async () => {
		const { error } = await answering(() => ({ ok: true }));
		expect(error?.message).toContain('does not understand');
	});
});

describe('where InstantTranscriber answers with links alone', () => {
	it('text, times and speakers come from its exports', async () => {
		const { json } = await fetched({ output: 'utterances' }, 'bare-key');
		expect(json[0]).toMatchObject({ status: 'completed', text: TEXT, speakers: ['Speaker 1', 'Speaker 2'] });
		expect(json[0]?.utterances).toEqual([
			{ speaker: 'Speaker 1', text: 'Hello, this is Ada.', start: 0, end: 7.5 },
			{ speaker: 'Speaker 2', text: 'Hi Ada, Charles here.', start: 8, end: 15.5 },
		]);
	});

	it('a completed job without text and links is put out with a warning', async () => {
		const { json } = await answering(() => ({ id: 'job-1', status: 'completed' }));
		expect(json[0]).toMatchObject({ status: 'completed', warning: expect.stringContaining('Output: Raw') });
		expect(json[0]).not.toHaveProperty('text');
	});

	it('a recording in which nothing is said needs no warning', async () => {
		const { json } = await answering(() => ({ id: 'job-1', status: 'completed', text: '' }));
		expect(json[0]).not.toHaveProperty('warning');
	});

	it('nothing is downloaded for a job that failed', async () => {
		sandbox.jobs.failNext('No speech');
		const { json } = await fetched({}, 'bare-key');
		expect(json[0]).toMatchObject({ status: 'failed', errorMessage: 'No speech' });
		expect(sandbox.requests.list().map(({ path }) => path).filter((path) => path.includes('/export/'))).toEqual([]);
	});

	it('the text is enough where there are no subtitles', async () => {
		const { json } = await answering((origin) => ({ id: 'job-1', status: 'completed', download_urls: { txt: `${origin}/t.txt` } }), { '/t.txt': '\ufeffHi there.\n' });
		expect(json[0]).toMatchObject({ text: 'Hi there.' });
		expect(json[0]).not.toHaveProperty('utterances');
	});

	it('the text is enough where the subtitles cannot be had', async () => {
		const job = (origin: string) => ({ id: 'job-1', status: 'completed', download_urls: { txt: `${origin}/t.txt`, srt: `${origin}/t.srt` } });
		expect((await answering(job, { '/t.txt': 'Hi there.' })).json[0]).toMatchObject({ text: 'Hi there.' });
	});

	it('the subtitles are enough where there is no text', async () => {
		const { json } = await answering((origin) => ({ id: 'job-1', status: 'completed', download_urls: { srt: `${origin}/t.srt` } }), { '/t.srt': SRT });
		expect(json[0]).toMatchObject({ text: 'Hi there.', speakers: ['Speaker 1'] });
	});

	it('it is said that the text is no longer there', async () => {
		const { error } = await answering((origin) => ({ id: 'job-1', status: 'completed', download_urls: { txt: `${origin}/t.txt` } }));
		expect(error?.message).toContain('no longer has the file');
	});

	it('the transcript has no text where there are no links either', async () => {
		const { json } = await answering(() => ({ id: 'job-1', status: 'completed' }));
		expect(json[0]).toMatchObject({ status: 'completed' });
		expect(json[0]).not.toHaveProperty('text');
	});

	it('a link without a host is on its own', async () => {
		const { server, json } = await answering(() => ({ id: 'job-1', status: 'completed', download_urls: { txt: '/export/t.txt' } }), { '/export/t.txt': 'Hi' });
		expect(json[0]).toMatchObject({ text: 'Hi' });
		expect(paths(server)).toEqual(['/v1/transcriptions/job-1', '/export/t.txt']);
	});

	it.each(['ftp://127.0.0.1/t.txt', 'javascript:alert(1)'])('a link to %s is not followed', async (txt) => {
		const { error } = await answering(() => ({ id: 'job-1', status: 'completed', download_urls: { txt } }));
		expect(error?.message).toContain('download link that is none');
	});

	it('its own host gets the API key, another does not', async () => {
		const storage = await startServer((_request, response) => void response.end(SRT));
		servers.push(storage);
		const job = (origin: string) => ({ id: 'job-1', status: 'completed', download_urls: { txt: `${origin}/t.txt`, srt: `${storage.origin}/t.srt?sig=1` } });
		const { server, json } = await answering(job, { '/t.txt': 'Hi there.' });
		expect(json[0]?.utterances).toHaveLength(1);
		expect(server.seen[1]?.headers.authorization).toBe(`Bearer ${API_KEY}`);
		expect(storage.seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([['/t.srt?sig=1', undefined]]);
	});
});

describe('files of InstantTranscriber', () => {
	it('are attached as they are', async () => {
		const { outputs } = await fetched({ options: { serviceFiles: ['txt'] } });
		const file = outputs[0]?.[0]?.binary?.service_txt;
		expect(file).toMatchObject({ mimeType: 'text/plain', fileName: expect.stringMatching(/\.txt$/) });
	});

	it('that do not exist are named, with those that do', async () => {
		const { error } = await fetched({ options: { serviceFiles: ['vtt'] } }, API_KEY, { timestamps: false });
		expect(error?.message).toContain('offers no vtt file');
		expect(error?.description).toContain('It offers: txt');
	});
});

describe('what InstantTranscriber repeats of the request', () => {
	const CALLBACK = `https://n8n.example.com/webhook/wf/instantTranscriber?contactId=4711&ref=r&token=very-secret`;

	it('gives the metadata back, and not the token', async () => {
		const { json } = await answering(() => ({ id: 'job-1', status: 'completed', text: 'Hi', callback_url: CALLBACK }));
		expect(json[0]).toMatchObject({ metadata: { contactId: '4711' }, ref: 'r' });
		expect(JSON.stringify(json)).not.toContain('very-secret');
	});

	it('is without token and secret at the level Raw', async () => {
		const server = await startServer((_request, response) => sendJson(response, 200, { id: 'job-1', status: 'completed', text: 'Hi', request: { callback_url: CALLBACK, callback_secret: 'very-secret' } }));
		servers.push(server);
		const { json } = await get({ ...PROVIDER, transcriptId: 'job-1', output: 'raw' }, [{ json: {} }], { baseUrl: server.origin });
		expect(json[0]?.raw).toMatchObject({ request: { callback_secret: '[redacted]' } });
		expect(JSON.stringify(json)).not.toContain('very-secret');
	});
});
