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
	sandbox = await startSandbox({
		port: 0,
		jobSeconds: 0,
		samplesFolder: samplesFolder(),
		accounts: { instantTranscriber: accounts },
	});
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const servers: LocalServer[] = [];
afterEach(async () => await Promise.all(servers.splice(0).map(async (server) => await server.close())));

/** Submits a recording, waits until it is done, and gets the transcript. */
async function fetched(parameters: INodeParameters, apiKey = API_KEY, options: INodeParameters = {}) {
	const setup: Setup = { baseUrl: sandbox.baseUrl('instantTranscriber'), credential: { apiKey } };
	const { json } = await submit({ ...PROVIDER, callback: 'none', options }, [inMemory(RECORDING)], setup);
	await sandbox.settled();
	return await get({ ...PROVIDER, transcriptId: String(json[0]?.id), ...parameters }, [{ json: {} }], setup);
}

/** Starts a service with a fixed response to GET and files by path. */
async function answering(job: (origin: string) => unknown, files: Record<string, string> = {}) {
	const server = await startServer((request, response) => {
		if (request.url.startsWith('/v1/')) return sendJson(response, 200, job(server.origin));
		const content = files[request.url];
		response.writeHead(content === undefined ? 404 : 200, { 'content-type': 'text/plain' }).end(content ?? 'gone');
	});
	servers.push(server);
	const outcome = await get({ ...PROVIDER, transcriptId: 'job-1', output: 'utterances' }, [{ json: {} }], {
		baseUrl: server.origin,
	});
	return { ...outcome, server };
}
const paths = (server: LocalServer) => server.seen.map(({ url }: SeenRequest) => url);

describe('Get from InstantTranscriber', () => {
	it('returns text, words, and speakers', async () => {
		const { json } = await fetched({ output: 'words' });
		expect(json[0]).toMatchObject({
			text: TEXT,
			language: 'en',
			durationSeconds: 20,
			speakers: ['Speaker 1', 'Speaker 2'],
		});
		expect(json[0]?.words).toHaveLength(8);
		expect(json[0]?.utterances).toEqual([
			expect.objectContaining({ start: 0, end: 7.5, speaker: 'Speaker 1', text: 'Hello, this is Ada.' }),
			expect.objectContaining({ start: 8, end: 15.5, speaker: 'Speaker 2' }),
		]);
	});

	it('returns no speakers without diarization', async () => {
		expect((await fetched({}, API_KEY, { diarize: false })).json[0]).not.toHaveProperty('speakers');
	});

	it('returns summaries with Output set to Raw', async () => {
		const { json } = await fetched({ output: 'raw' }, API_KEY, { summaries: 'short' });
		expect(json[0]?.raw).toMatchObject({ summaries: { short: expect.any(String) } });
	});

	it('sends one request if the response is complete', async () => {
		await fetched({});
		expect(sandbox.requests.list().filter(({ method }) => method === 'GET')).toHaveLength(1);
	});

	it('names an unknown transcript', async () => {
		const setup = { baseUrl: sandbox.baseUrl('instantTranscriber') };
		const { error } = await get({ ...PROVIDER, transcriptId: 'no-such' }, [{ json: {} }], setup);
		expect(error?.message).toContain('“no-such”');
	});

	it('rejects a response without status and text', async () => {
		const { error } = await answering(() => ({ ok: true }));
		expect(error?.message).toContain('can’t read the response');
	});
});

describe('Get from InstantTranscriber with a response that only contains links', () => {
	it('reads text, times, and speakers from the exports', async () => {
		const { json } = await fetched({ output: 'utterances' }, 'bare-key');
		expect(json[0]).toMatchObject({ status: 'completed', text: TEXT, speakers: ['Speaker 1', 'Speaker 2'] });
		expect(json[0]?.utterances).toEqual([
			{ speaker: 'Speaker 1', text: 'Hello, this is Ada.', start: 0, end: 7.5 },
			{ speaker: 'Speaker 2', text: 'Hi Ada, Charles here.', start: 8, end: 15.5 },
		]);
	});

	it('returns a completed job without text and links with a warning', async () => {
		const { json } = await answering(() => ({ id: 'job-1', status: 'completed' }));
		expect(json[0]).toMatchObject({ status: 'completed', warnings: [expect.stringContaining('“Output” to Raw')] });
		expect(json[0]).not.toHaveProperty('text');
	});

	it('returns a silent recording without a warning', async () => {
		const { json } = await answering(() => ({ id: 'job-1', status: 'completed', text: '' }));
		expect(json[0]).not.toHaveProperty('warnings');
	});

	it('downloads nothing for a failed job', async () => {
		sandbox.jobs.failNext('No speech');
		const { json } = await fetched({}, 'bare-key');
		expect(json[0]).toMatchObject({ status: 'failed', errorMessage: 'No speech' });
		expect(
			sandbox.requests
				.list()
				.map(({ path }) => path)
				.filter((path) => path.includes('/export/')),
		).toEqual([]);
	});

	it('accepts text without subtitles', async () => {
		const { json } = await answering(
			(origin) => ({ id: 'job-1', status: 'completed', download_urls: { txt: `${origin}/t.txt` } }),
			{ '/t.txt': '\ufeffHi there.\n' },
		);
		expect(json[0]).toMatchObject({ text: 'Hi there.' });
		expect(json[0]).not.toHaveProperty('utterances');
	});

	it('accepts text if the subtitles can’t be downloaded', async () => {
		const job = (origin: string) => ({
			id: 'job-1',
			status: 'completed',
			download_urls: { txt: `${origin}/t.txt`, srt: `${origin}/t.srt` },
		});
		expect((await answering(job, { '/t.txt': 'Hi there.' })).json[0]).toMatchObject({ text: 'Hi there.' });
	});

	it('accepts subtitles without text', async () => {
		const { json } = await answering(
			(origin) => ({ id: 'job-1', status: 'completed', download_urls: { srt: `${origin}/t.srt` } }),
			{ '/t.srt': SRT },
		);
		expect(json[0]).toMatchObject({ text: 'Hi there.', speakers: ['Speaker 1'] });
	});

	it('warns if the subtitles lack part of the text', async () => {
		const job = (origin: string) => ({
			id: 'job-1',
			status: 'completed',
			download_urls: { txt: `${origin}/t.txt`, srt: `${origin}/t.srt` },
		});
		const { json } = await answering(job, { '/t.txt': 'Hi there. Please call back.', '/t.srt': SRT });
		expect(json[0]?.warnings).toEqual([expect.stringContaining('“Please call back.”')]);
	});

	it('explains that the text no longer exists', async () => {
		const { error } = await answering((origin) => ({
			id: 'job-1',
			status: 'completed',
			download_urls: { txt: `${origin}/t.txt` },
		}));
		expect(error?.message).toContain('download link no longer works');
	});

	it('returns no text without links', async () => {
		const { json } = await answering(() => ({ id: 'job-1', status: 'completed' }));
		expect(json[0]).toMatchObject({ status: 'completed' });
		expect(json[0]).not.toHaveProperty('text');
	});

	it('follows a relative link on its own host', async () => {
		const { server, json } = await answering(
			() => ({ id: 'job-1', status: 'completed', download_urls: { txt: '/export/t.txt' } }),
			{ '/export/t.txt': 'Hi' },
		);
		expect(json[0]).toMatchObject({ text: 'Hi' });
		expect(paths(server)).toEqual(['/v1/transcriptions/job-1', '/export/t.txt']);
	});

	it.each(['ftp://127.0.0.1/t.txt', 'javascript:alert(1)'])('doesn’t follow a link to %s', async (txt) => {
		const { error } = await answering(() => ({ id: 'job-1', status: 'completed', download_urls: { txt } }));
		expect(error?.message).toContain('invalid download link');
	});

	it('sends the API key only to its own host', async () => {
		const storage = await startServer((_request, response) => void response.end(SRT));
		servers.push(storage);
		const job = (origin: string) => ({
			id: 'job-1',
			status: 'completed',
			download_urls: { txt: `${origin}/t.txt`, srt: `${storage.origin}/t.srt?sig=1` },
		});
		const { server, json } = await answering(job, { '/t.txt': 'Hi there.' });
		expect(json[0]?.utterances).toHaveLength(1);
		expect(server.seen[1]?.headers.authorization).toBe(`Bearer ${API_KEY}`);
		expect(storage.seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([['/t.srt?sig=1', undefined]]);
	});
});

describe('InstantTranscriber files', () => {
	it('are attached unchanged', async () => {
		const { outputs } = await fetched({ options: { serviceFiles: ['txt'] } });
		const file = outputs[0]?.[0]?.binary?.service_txt;
		expect(file).toMatchObject({ mimeType: 'text/plain', fileName: expect.stringMatching(/\.txt$/) });
	});

	it('are listed if the requested one doesn’t exist', async () => {
		const { error } = await fetched({ options: { serviceFiles: ['vtt'] } }, API_KEY, { timestamps: false });
		expect(error?.message).toContain('has no vtt file');
		expect(error?.description).toContain('Available formats: txt');
	});
});

describe('Data that InstantTranscriber repeats', () => {
	const CALLBACK = `https://n8n.example.com/webhook/wf/instantTranscriber?contactId=4711&ref=r&token=very-secret`;

	it('includes the metadata but not the token', async () => {
		const { json } = await answering(() => ({ id: 'job-1', status: 'completed', text: 'Hi', callback_url: CALLBACK }));
		expect(json[0]).toMatchObject({ metadata: { contactId: '4711' }, ref: 'r' });
		expect(JSON.stringify(json)).not.toContain('very-secret');
	});

	it('has no token and secret with Output set to Raw', async () => {
		const server = await startServer((_request, response) =>
			sendJson(response, 200, {
				id: 'job-1',
				status: 'completed',
				text: 'Hi',
				request: { callback_url: CALLBACK, callback_secret: 'very-secret' },
			}),
		);
		servers.push(server);
		const { json } = await get({ ...PROVIDER, transcriptId: 'job-1', output: 'raw' }, [{ json: {} }], {
			baseUrl: server.origin,
		});
		expect(json[0]?.raw).toMatchObject({ request: { callback_secret: '[redacted]' } });
		expect(JSON.stringify(json)).not.toContain('very-secret');
	});
});
