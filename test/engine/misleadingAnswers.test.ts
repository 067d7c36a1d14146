import { PROVIDERS } from '../../nodes/Transcription/providers';
import { API_KEY, deleteTranscript, everyTextIn, get, inMemory, submit } from './harness';
import { type LocalServer, sendJson, startServer } from './localServer';
import { RECORDING } from './recording';
import { useSandbox } from './sandbox';

const service = useSandbox();
let server: LocalServer | undefined;
afterEach(async () => await server?.close());

const SUBMIT = { method: 'POST', path: '/v2/transcript' };
const AUDIO = { callback: 'none', source: 'url', audioUrl: 'https://example.com/a.mp3' };

async function aFinishedJob(): Promise<string> {
	const { json } = await submit({ callback: 'none' }, [inMemory(RECORDING)], service.setup());
	await service.sandbox.settled();
	return String(json[0]?.id);
}

describe('An error with a success status', () => {
	it('isn’t read as a job, is quoted without secrets, and is reported as uncertain', async () => {
		const body = JSON.stringify({ error: { id: 'err-123', message: `No route for ${API_KEY}` } });
		service.sandbox.httpFaults.add({ kind: 'answer', body, match: SUBMIT, next: 9 });
		const { error, run } = await submit({ callback: 'none' }, [inMemory(RECORDING)], service.setup());
		expect(error?.message).toContain('may or may not have accepted the job');
		expect(error?.description).toContain('No route for [redacted]');
		expect(everyTextIn(run)).not.toContain(API_KEY);
		expect(service.asked().filter((request) => request === 'POST /v2/transcript')).toHaveLength(1);
	});

	it.each(PROVIDERS.map(({ name }) => name))('isn’t read as a job of %s', async (provider) => {
		server = await startServer((_request, response) =>
			sendJson(response, 200, { error: { id: 'err-123', message: 'Out of order' } }),
		);
		const credential = { apiKey: API_KEY, apiGeneration: 'sessions', webhookVerification: 'header' };
		const { error, json } = await submit({ provider, ...AUDIO }, [{ json: {} }], {
			baseUrl: server.origin,
			credential,
		});
		expect(json).toEqual([]);
		expect(`${error?.message} ${error?.description}`).toContain('Out of order');
	});

	it('is quoted in place of an upload response', async () => {
		service.sandbox.httpFaults.add({
			kind: 'answer',
			body: '{"error":"Storage is full"}',
			match: { path: '/v2/upload' },
		});
		const { error } = await submit({ callback: 'none' }, [inMemory(RECORDING)], service.setup());
		expect(error?.description).toContain('AssemblyAI says: Storage is full');
	});

	it('accepts a numeric ID', async () => {
		service.sandbox.httpFaults.add({ kind: 'answer', body: '{"id":4711,"status":"queued"}', match: SUBMIT });
		const { json } = await submit({ callback: 'none' }, [inMemory(RECORDING)], service.setup());
		expect(json).toEqual([expect.objectContaining({ id: '4711' })]);
	});
});

describe('A response about another job', () => {
	it('is rejected by Get, which names both jobs', async () => {
		const asked = await aFinishedJob();
		service.sandbox.httpFaults.add({ kind: 'otherJob', asked, named: 'OTHER' });
		const { error, json } = await get({ transcriptId: asked }, [{ json: {} }], service.setup());
		expect(json).toEqual([]);
		expect(error?.message).toBe(`AssemblyAI responded with a different job than “${asked}”`);
		expect(error?.description).toMatch(/“OTHER”[^]*Base URL/);
	});

	it('deletes nothing', async () => {
		const asked = await aFinishedJob();
		service.sandbox.httpFaults.add({ kind: 'otherJob', asked, named: 'OTHER', next: 9 });
		const { error } = await deleteTranscript(
			{ transcriptId: asked, deleteScope: 'transcript' },
			[{ json: {} }],
			service.setup(),
		);
		expect(error?.message).toContain('a different job');
		expect(service.asked().filter((request) => request.startsWith('DELETE'))).toEqual([]);
	});

	it.each([
		['assemblyAi', { id: 'OTHER', status: 'completed', text: 'x' }],
		['soniox', { id: 'OTHER', status: 'queued' }],
		['scriptix', { result: { session_id: 'OTHER', status: 'queued' } }],
		['elevenLabs', { transcription_id: 'OTHER', text: 'x' }],
		['instantTranscriber', { id: 'OTHER', status: 'completed', text: 'x' }],
		['gladia', { id: 'OTHER', status: 'queued' }],
		['revAi', { id: 'OTHER', status: 'in_progress' }],
		['speechmatics', { job: { id: 'OTHER', status: 'running' } }],
	])('is rejected for %s', async (provider, body) => {
		server = await startServer((_request, response) => sendJson(response, 200, body));
		const credential = { apiGeneration: 'sessions' };
		const { error, json } = await get({ provider, transcriptId: 'asked-1' }, [{ json: {} }], {
			baseUrl: server.origin,
			credential,
		});
		expect(json).toEqual([]);
		expect(error?.message).toContain('a different job than “asked-1”');
	});
});

describe('A completed job without a transcript', () => {
	const ID = 'asked-1';
	const fetched = async (provider: string, respond: (path: string) => object) => {
		server = await startServer(({ url }, response) => sendJson(response, 200, respond(url)));
		return await get({ provider, transcriptId: ID }, [{ json: {} }], {
			baseUrl: server.origin,
			credential: { apiGeneration: 'sessions' },
		});
	};

	it.each<[string, (path: string) => object]>([
		['gladia', () => ({ id: ID, status: 'done', result: null })],
		['gladia', () => ({ id: ID, status: 'done', result: { metadata: { audio_duration: 3 } } })],
		['soniox', (path) => (path.endsWith('/transcript') ? { id: ID } : { id: ID, status: 'completed' })],
		[
			'speechmatics',
			(path) => (path.includes('/transcript') ? { job: { id: ID } } : { job: { id: ID, status: 'done' } }),
		],
		['elevenLabs', () => ({ transcription_id: ID, transcripts: [] })],
	])('is an error for %s', async (provider, respond) => {
		const { error, json } = await fetched(provider, respond);
		expect(json).toEqual([]);
		expect(error?.message).toContain('as completed, but returned no transcript');
	});

	it.each<[string, (path: string) => object]>([
		['gladia', () => ({ id: ID, status: 'done', result: { transcription: { utterances: [] } } })],
		['soniox', (path) => (path.endsWith('/transcript') ? { id: ID, tokens: [] } : { id: ID, status: 'completed' })],
		[
			'speechmatics',
			(path) => ({ job: { id: ID, status: 'done' }, ...(path.includes('/transcript') && { results: [] }) }),
		],
		['elevenLabs', () => ({ transcription_id: ID, text: '' })],
	])('isn’t a job of %s without speech', async (provider, respond) => {
		const { json, error } = await fetched(provider, respond);
		expect(error).toBeUndefined();
		expect(json).toEqual([expect.objectContaining({ status: 'completed', text: '' })]);
	});
});
