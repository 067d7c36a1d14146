import type { INodeParameters } from 'n8n-workflow';
import { API_KEY, get, inFilesystem, inMemory, type Result, submit } from './harness';
import { type LocalServer, sendJson, startServer } from './localServer';
import { RECORDING, TEXT } from './recording';
import { EMPTY_ACCOUNT_KEY, useSandbox } from './sandbox';

const service = useSandbox('gladia');
const PROVIDER: INodeParameters = { provider: 'gladia' };
const NO_CALLBACK: INodeParameters = { ...PROVIDER, callback: 'none' };
const JOBS = '/v2/pre-recorded';
const SUBMIT = { method: 'POST', path: JOBS };

let server: LocalServer | undefined;
afterEach(async () => {
	await server?.close();
	server = undefined;
});

const fetched = async (id: unknown, more: INodeParameters = {}): Promise<Result> =>
	await get({ ...PROVIDER, transcriptId: String(id), ...more }, [{ json: {} }], service.setup());

/** Returns the ID of a job that has ended. */
async function aFinishedJob(options: INodeParameters = {}): Promise<string> {
	const { json, error } = await submit({ ...NO_CALLBACK, options }, [inMemory(RECORDING)], service.setup());
	expect(error).toBeUndefined();
	await service.sandbox.settled();
	return String(json[0]?.id);
}

describe('Submit to Gladia', () => {
	it.each([
		['in memory', async () => inMemory(RECORDING)],
		['from the filesystem', async () => await inFilesystem(RECORDING)],
	])('uploads a file %s, and then submits its URL', async (_where, file) => {
		const { json, error } = await submit(NO_CALLBACK, [await file()], service.setup());
		expect(error).toBeUndefined();
		expect(service.asked()).toEqual(['POST /v2/upload', `POST ${JOBS}`]);
		await service.sandbox.settled();
		expect((await fetched(json[0]?.id)).json[0]).toMatchObject({ status: 'completed', text: TEXT });
	});

	it('submits a URL without an upload', async () => {
		const audioUrl = `${service.sandbox.origin}/samples/call.wav`;
		const { json } = await submit({ ...NO_CALLBACK, source: 'url', audioUrl }, [{ json: {} }], service.setup());
		expect(service.asked()).toEqual([`POST ${JOBS}`]);
		await service.sandbox.settled();
		expect((await fetched(json[0]?.id)).json[0]).toMatchObject({ text: TEXT, recordingName: 'call.wav' });
	});

	it('returns only the job by default', async () => {
		const { json } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		const id = service.sandbox.jobs.list()[0]?.id;
		expect(json).toEqual([
			{ eventId: `gladia:${id}:queued`, provider: 'gladia', id, status: 'queued', recordingName: 'call.wav' },
		]);
	});

	it('sends options that the service accepts', async () => {
		const id = await aFinishedJob({
			model: { __rl: true, mode: 'list', value: 'solaria-1' } as never,
			language: { __rl: true, mode: 'id', value: 'en, fr' } as never,
			codeSwitching: true,
			diarize: true,
			minSpeakers: 1,
			maxSpeakers: 3,
			keyterms: 'Ada, Charles',
			keytermsIntensity: 0.4,
			customSpelling: { spelling: [{ from: 'Aida, Eda', to: 'Ada' }] },
			targetLanguages: 'de, fr',
			translationModel: 'enhanced',
			translationContext: 'A call',
			informal: true,
			matchOriginalUtterances: false,
			summarize: true,
			summarizationType: 'concise',
			namedEntityRecognition: true,
			sentimentAnalysis: true,
			punctuationEnhanced: true,
			subtitles: ['srt', 'vtt'],
			audioToLlmPrompts: 'List names\nIs it, in short, a call?',
			audioToLlmModel: 'openai/gpt-5.4-nano',
			piiRedaction: 'GDPR',
			piiRedactionText: 'MASK',
			additionalFields: '{"sentences":true,"subtitles_config":{"maximum_rows_per_caption":2}}',
		});
		const { json } = await fetched(id, { output: 'raw' });
		expect(json[0]).toMatchObject({
			model: 'solaria-1',
			speakers: ['0', '1'],
			summary: expect.any(String),
			translations: { de: `[de] ${TEXT}`, fr: `[fr] ${TEXT}` },
			raw: {
				request_params: { subtitles_config: { formats: ['srt', 'vtt'], maximum_rows_per_caption: 2 } },
				result: { audio_to_llm: { results: [{}, { results: { prompt: 'Is it, in short, a call?' } }] } },
			},
		});
	});

	it('sends the callback URL with a token, and without it as metadata', async () => {
		server = await startServer((_request, response) => sendJson(response, 201, { id: 'job-1' }));
		const parameters = {
			...PROVIDER,
			callback: 'url',
			callbackUrl: 'http://127.0.0.1:9/hook',
			source: 'url',
			audioUrl: 'http://127.0.0.1/a.wav',
			options: { additionalFields: '{"custom_metadata":{"mine":1}}' },
		};
		const credential = { webhookSecret: 'the-chosen-secret' };
		await submit(parameters, [{ json: {} }], { baseUrl: server.origin, credential });
		const body = server.seen[0]?.body.toString() ?? '';
		expect(JSON.parse(body)).toEqual({
			audio_url: 'http://127.0.0.1/a.wav',
			callback: true,
			callback_config: { url: expect.stringMatching(/\/hook\?ref=[\w-]+&token=[\w-]{43}$/), method: 'POST' },
			custom_metadata: { mine: 1, callback_url: expect.stringMatching(/\/hook\?ref=[\w-]+$/) },
		});
		expect(body).not.toContain('the-chosen-secret');
	});

	it.each<[string, INodeParameters, string]>([
		['code switching without languages', { codeSwitching: true }, '“Code Switching”'],
		['Solaria 3 without a language', { model: 'solaria-3' }, '“Language”'],
		['Solaria 3 and another language', { model: 'solaria-3', language: 'ja' }, '“ja”'],
		['Solaria 3 and several languages', { model: 'solaria-3', language: 'en, fr' }, 'only one language'],
		['a configuration alone', { additionalFields: '{"subtitles_config":{}}' }, '“subtitles_config”'],
		['a speaker count without speakers', { speakerCount: 2 }, '“Speaker Count”'],
		['a summary’s type without a summary', { summarizationType: 'concise' }, '“Summarization Type”'],
	])('rejects %s before any request', async (_what, options, name) => {
		const { error } = await submit({ ...NO_CALLBACK, options }, [inMemory(RECORDING)], service.setup());
		expect(error?.message).toContain(name);
		expect(service.asked()).toEqual([]);
	});

	it('quotes errors of the service', async () => {
		const options = { additionalFields: '{"colour":"red"}' };
		const { error } = await submit({ ...NO_CALLBACK, options }, [inMemory(RECORDING)], service.setup());
		expect(error?.description).toContain('colour is not a known property');
	});

	it.each<[string, string, string]>([
		['a wrong key', 'wrong', 'didn’t accept the API key'],
		['an account without credit', EMPTY_ACCOUNT_KEY, 'doesn’t allow this API key'],
	])('explains %s', async (_what, apiKey, message) => {
		const { error } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup({ credential: { apiKey } }));
		expect(error?.message).toContain(message);
	});

	it('explains an account that can’t upload files', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 403, match: { method: 'POST', path: '/v2/upload' } });
		const { error } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		expect(error?.description).toContain('zero data retention');
		expect(service.asked()).toEqual(['POST /v2/upload']);
	});

	it('is retried if the service definitely rejected it', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 429, retryAfter: 0, match: SUBMIT });
		expect((await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup())).json).toHaveLength(1);
		expect(service.sandbox.jobs.list()).toHaveLength(1);
	});

	it('continues when the account’s other jobs have ended', async () => {
		service.sandbox.configure({ concurrentJobs: 3 });
		service.sandbox.jobs.hold('processing');
		const before = await submit(
			NO_CALLBACK,
			[1, 2, 3].map(() => inMemory(RECORDING)),
			service.setup(),
		);
		expect(before.error).toBeUndefined();
		const refused = submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		const isRefused = () => service.sandbox.requests.list().some(({ status }) => status === 429);
		while (!isRefused()) await new Promise((resolve) => setTimeout(resolve, 20));
		service.sandbox.jobs.release();
		expect((await refused).json).toHaveLength(1);
	});

	it.each([
		['a response is lost', { kind: 'dropAnswer', match: SUBMIT } as const],
		['there is a server error', { kind: 'status', status: 500, match: SUBMIT } as const],
	])('isn’t retried if %s', async (_what, fault) => {
		service.sandbox.httpFaults.add(fault);
		const { error } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		expect(error?.message).toContain('may or may not have accepted the job');
		expect(service.asked().filter((request) => request === `POST ${JOBS}`)).toHaveLength(1);
	});

	it('reads the ID from a damaged response', async () => {
		server = await startServer((_request, response) => void response.end('{"id":"job-1","result_u'));
		const parameters = { ...NO_CALLBACK, source: 'url', audioUrl: 'http://127.0.0.1/a.wav' };
		const { json } = await submit(parameters, [{ json: {} }], { baseUrl: server.origin });
		expect(json[0]).toMatchObject({ id: 'job-1', status: 'queued' });
	});

	it('redacts secrets that an error repeats', async () => {
		server = await startServer(({ body, headers }, response) =>
			sendJson(response, 400, { statusCode: 400, message: `${headers['x-gladia-key']} ${body.toString()}` }),
		);
		const parameters = {
			...PROVIDER,
			callback: 'url',
			callbackUrl: 'http://127.0.0.1:9/hook',
			source: 'url',
			audioUrl: 'http://127.0.0.1/a.wav',
		};
		const result = await submit(parameters, [{ json: {} }], { baseUrl: server.origin });
		const token = /token=([\w-]{43})/.exec(server.seen[0]?.body.toString() ?? '')?.[1] ?? '';
		expect(token).not.toBe('');
		expect(result.error?.description).toContain('[redacted]');
		expect(JSON.stringify(result.run)).not.toContain(token);
		expect(JSON.stringify(result.run)).not.toContain(API_KEY);
	});
});

describe('Get from Gladia', () => {
	it('returns words and utterances', async () => {
		const { json } = await fetched(await aFinishedJob({ diarize: true }), { output: 'words' });
		expect(json[0]).toMatchObject({
			status: 'completed',
			text: TEXT,
			language: 'en',
			model: 'solaria-1',
			durationSeconds: 20,
		});
		expect(json[0]?.words).toHaveLength(8);
		expect(json[0]?.utterances).toMatchObject([
			{ speaker: '0', text: 'Hello, this is Ada.', start: 0, end: 7.5, confidence: 0.95 },
			{ speaker: '1', text: 'Hi Ada, Charles here.', start: 8 },
		]);
	});

	it('returns analyses', async () => {
		const options = { summarize: true, namedEntityRecognition: true, sentimentAnalysis: true };
		const { json } = await fetched(await aFinishedJob(options), { output: 'utterances' });
		expect(json[0]).toMatchObject({
			summary: 'Hello, this is Ada.',
			entities: [{ type: 'PERSON_NAME', text: 'Ada.', start: 6, end: 7.5 }],
			sentiments: [{ text: 'Hello, this is Ada.', sentiment: 'neutral' }, {}],
		});
	});

	it('returns the status of a job in progress', async () => {
		service.sandbox.jobs.hold('processing');
		const { json } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		expect((await fetched(json[0]?.id)).json[0]).toMatchObject({ status: 'processing' });
	});

	it('returns the code of a failed job without failing', async () => {
		const audioUrl = `${service.sandbox.origin}/samples/none.wav`;
		const { json } = await submit({ ...NO_CALLBACK, source: 'url', audioUrl }, [{ json: {} }], service.setup());
		await service.sandbox.settled();
		const { json: failed, error } = await fetched(json[0]?.id);
		expect(error).toBeUndefined();
		expect(failed[0]).toMatchObject({ status: 'failed', errorMessage: expect.stringContaining('error code 400') });
	});

	it('attaches the subtitles that were requested', async () => {
		const { outputs } = await fetched(await aFinishedJob({ subtitles: ['srt', 'vtt'] }), {
			options: { serviceFiles: ['srt', 'vtt'] },
		});
		const { service_srt: srt, service_vtt: vtt } = outputs[0]?.[0]?.binary ?? {};
		expect([srt?.mimeType, vtt?.mimeType]).toEqual(['application/x-subrip', 'text/vtt']);
	});

	it.each<[string, INodeParameters]>([
		['none', {}],
		['another format', { subtitles: ['srt'] }],
	])('explains that subtitles must be requested at Submit if there are %s', async (_what, options) => {
		const { json, hints, error } = await fetched(await aFinishedJob(options), { options: { serviceFiles: ['vtt'] } });
		expect(JSON.stringify([json, hints, error?.message, error?.description])).toContain('weren’t requested');
	});

	it('deletes the job, which then can’t be found', async () => {
		const id = await aFinishedJob();
		const { json, hints } = await fetched(id, { options: { deleteAfterFetching: 'everything' } });
		expect([json[0]?.text, hints]).toEqual([TEXT, []]);
		expect((await fetched(id)).error?.message).toContain(`no transcript with the ID “${id}”`);
	});

	it('accepts a job that was already deleted', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 404, match: { method: 'DELETE', path: `${JOBS}/*` } });
		const { hints, error } = await fetched(await aFinishedJob(), { options: { deleteAfterFetching: 'everything' } });
		expect([hints, error]).toEqual([[], undefined]);
	});

	it('warns if deletion fails', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 403, match: { method: 'DELETE', path: `${JOBS}/*` } });
		const { hints } = await fetched(await aFinishedJob(), { options: { deleteAfterFetching: 'everything' } });
		expect(hints).toEqual([expect.stringContaining('still has the data of job')]);
	});

	it('says why a transcript may be missing', async () => {
		const { error } = await fetched('3f0c9a51-7d4e-4b86-9a3b-0c5d1e2f4a6b');
		expect(error?.description).toContain('zero data retention');
	});

	it('sends no request for an invalid ID', async () => {
		expect((await fetched('../jobs')).error?.message).toContain('isn’t a valid transcript ID');
		expect(service.asked()).toEqual([]);
	});
});
