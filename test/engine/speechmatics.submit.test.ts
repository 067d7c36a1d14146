import { API_KEY, get, inFilesystem, inMemory, type Result, type Setup, submit } from './harness';
import { type INodeParameters } from 'n8n-workflow';
import { type LocalServer, sendJson, startServer } from './localServer';
import { RECORDING, TEXT } from './recording';
import { EMPTY_ACCOUNT_KEY, useSandbox } from './sandbox';

const service = useSandbox('speechmatics');
const PROVIDER: INodeParameters = { provider: 'speechmatics' };
const NO_CALLBACK: INodeParameters = { ...PROVIDER, callback: 'none' };
const SUBMIT = { method: 'POST', path: '/v2/jobs' };

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

describe('Submit to Speechmatics', () => {
	it.each([
		['in memory', async () => inMemory(RECORDING)],
		['from the filesystem', async () => await inFilesystem(RECORDING)],
	])('uploads a file %s in one request', async (_where, file) => {
		const { json, error } = await submit(NO_CALLBACK, [await file()], service.setup());
		expect(error).toBeUndefined();
		expect(service.asked()).toEqual(['POST /v2/jobs']);
		await service.sandbox.settled();
		expect((await fetched(json[0]?.id)).json[0]).toMatchObject({ status: 'completed', text: TEXT });
	});

	it('submits a URL without an upload', async () => {
		const audioUrl = `${service.sandbox.origin}/samples/call.wav`;
		const { json } = await submit({ ...NO_CALLBACK, source: 'url', audioUrl }, [{ json: {} }], service.setup());
		expect(service.sandbox.requests.list()[0]?.requestBytes).toBeLessThan(1000);
		await service.sandbox.settled();
		expect((await fetched(json[0]?.id)).json[0]).toMatchObject({ text: TEXT });
	});

	it('returns only the job and the recording’s name by default', async () => {
		const { json } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		const id = service.sandbox.jobs.list()[0]?.id;
		expect(json).toEqual([
			{
				eventId: `speechmatics:${id}:queued`,
				provider: 'speechmatics',
				id,
				status: 'queued',
				recordingName: 'call.wav',
			},
		]);
	});

	it('sends options that the service accepts', async () => {
		const id = await aFinishedJob({
			model: { __rl: true, mode: 'list', value: 'enhanced' } as never,
			language: { __rl: true, mode: 'list', value: 'en' } as never,
			diarize: true,
			speakerSensitivity: 0.6,
			preferCurrentSpeaker: true,
			keyterms: 'Ada, Charles',
			outputLocale: 'en-GB',
			domain: 'medical',
			enableEntities: true,
			removeDisfluencies: true,
			targetLanguages: 'de',
			additionalFields:
				'{"tracking":{"title":"A call"},"transcription_config":{"punctuation_overrides":{"sensitivity":0.4}}}',
		});
		const { json } = await fetched(id, { output: 'raw' });
		expect(json[0]).toMatchObject({
			model: 'enhanced',
			speakers: ['S1', 'S2'],
			raw: { job: { tracking: { title: 'A call' } } },
		});
	});

	it.each<[string, INodeParameters, object]>([
		[
			'Melia 1',
			{ model: 'melia-1', languageHints: 'en, ar', languageHintsStrict: true, diarize: true, outputLocale: 'en-GB' },
			{ model: 'melia-1', speakers: ['S1', 'S2'] },
		],
		['Oak 1', { model: 'oak-1', language: 'multi', keyterms: 'Ada', domain: 'medical' }, { model: 'oak-1' }],
		['the Spanish and English pack', { language: 'es+bilingual-en' }, { language: 'es' }],
	])('sends options that the service accepts with %s', async (_what, options, expected) => {
		const { json } = await fetched(await aFinishedJob(options));
		expect(json[0]).toMatchObject({ status: 'completed', text: TEXT, ...expected });
	});

	it.each([
		['speakers and channels', { diarize: true, channelDiarization: true }, '“Channel Diarization”'],
		['a locale without a language', { outputLocale: 'en-GB' }, '“Output Locale”'],
		['a domain with the default model', { language: 'en', domain: 'medical' }, '“Domain”'],
		['a domain without a language', { model: 'enhanced', domain: 'medical' }, '“Domain”'],
		['multi with the default model', { language: 'multi' }, '“Language” set to multi'],
		['keyterms with Melia 1', { model: 'melia-1', keyterms: 'Ada' }, '“Keyterms”'],
		['a translation with Melia 1', { model: 'melia-1', targetLanguages: 'de' }, '“Translate Into”'],
		['hints with Enhanced', { model: 'enhanced', languageHints: 'en' }, '“Language Hints”'],
		['an expected language that can’t be identified', { expectedLanguages: 'yue' }, '“Expected Languages”'],
	])('rejects %s before any request', async (_what, options, name) => {
		const { error } = await submit({ ...NO_CALLBACK, options }, [inMemory(RECORDING)], service.setup());
		expect(error?.message).toContain(name);
		expect(service.asked()).toEqual([]);
	});

	it('quotes errors of the service', async () => {
		const options = { additionalFields: '{"colour":"red"}' };
		const { error } = await submit({ ...NO_CALLBACK, options }, [inMemory(RECORDING)], service.setup());
		expect(error?.description).toContain('Job config JSON is invalid');
	});

	it.each<[string, string, string]>([
		['a wrong key', 'wrong', 'didn’t accept the API key'],
		['an account that isn’t allowed to submit', EMPTY_ACCOUNT_KEY, 'doesn’t allow this API key'],
	])('explains %s', async (_what, apiKey, message) => {
		const { error } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup({ credential: { apiKey } }));
		expect(error?.message).toContain(message);
	});

	it('is retried if the service definitely rejected it', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 429, retryAfter: 0, match: SUBMIT });
		expect((await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup())).json).toHaveLength(1);
		expect(service.asked()).toHaveLength(2);
	});

	it.each([
		['a response is lost', { kind: 'dropAnswer', match: SUBMIT } as const],
		['there is a server error', { kind: 'status', status: 500, match: SUBMIT } as const],
	])('isn’t retried if %s', async (_what, fault) => {
		service.sandbox.httpFaults.add(fault);
		const { error } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		expect(error?.message).toContain('may or may not have accepted the job');
		expect(service.asked()).toHaveLength(1);
	});

	it('reads the ID from a damaged response', async () => {
		server = await startServer((_request, response) => void response.end('{"id":"a1b2c3d4e5","sta'));
		const { json } = await submit(NO_CALLBACK, [inMemory(RECORDING)], { baseUrl: server.origin });
		expect(json[0]).toMatchObject({ id: 'a1b2c3d4e5', status: 'queued' });
	});

	it('redacts secrets that an error repeats', async () => {
		server = await startServer(({ body, headers }, response) =>
			sendJson(response, 400, {
				code: 400,
				error: 'Job rejected',
				detail: `${headers.authorization} ${body.toString('latin1', 0, 1500)}`,
			}),
		);
		const parameters = { ...PROVIDER, callback: 'url', callbackUrl: 'http://127.0.0.1:9/hook' };
		const setup: Setup = { baseUrl: server.origin, credential: { webhookSecret: 'the-chosen-secret' } };
		const result = await submit(parameters, [inMemory(RECORDING)], setup);
		expect(server.seen[0]?.body.toString('latin1')).toContain('X-Transcription-Webhook-Secret: the-chosen-secret');
		expect(result.error?.description).toContain('[redacted]');
		expect(JSON.stringify(result.run)).not.toMatch(new RegExp(`the-chosen-secret|${API_KEY}`));
	});
});

describe('Get from Speechmatics', () => {
	it('returns words with punctuation and utterances', async () => {
		const id = await aFinishedJob({ diarize: true });
		const { json } = await fetched(id, { output: 'words' });
		expect(json[0]).toMatchObject({
			status: 'completed',
			text: TEXT,
			language: 'en',
			languageConfidence: 0.98,
			durationSeconds: 20,
		});
		expect(json[0]?.words).toHaveLength(8);
		expect(json[0]?.utterances).toMatchObject([
			{ speaker: 'S1', text: 'Hello, this is Ada.', start: 0, end: 7.5 },
			{ speaker: 'S2', text: 'Hi Ada, Charles here.', start: 8 },
		]);
	});

	it('returns the status of a job in progress', async () => {
		service.sandbox.jobs.hold('processing');
		const { json } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		expect((await fetched(json[0]?.id)).json[0]).toMatchObject({ status: 'processing' });
	});

	it('returns the error of a failed job without failing', async () => {
		const audioUrl = `${service.sandbox.origin}/samples/none.wav`;
		const { json } = await submit({ ...NO_CALLBACK, source: 'url', audioUrl }, [{ json: {} }], service.setup());
		await service.sandbox.settled();
		const { json: failed, error } = await fetched(json[0]?.id);
		expect(error).toBeUndefined();
		expect(failed[0]).toMatchObject({ status: 'failed', errorMessage: 'unable to fetch audio: http status code 404' });
	});

	it('redacts headers in the raw output of a failed job', async () => {
		const job = {
			id: 'job-1',
			status: 'rejected',
			config: {
				fetch_data: { url: 'https://example.com/a.wav', auth_headers: ['Authorization: Bearer for-the-recording'] },
				notification_config: [
					{ url: 'https://example.com/hook', auth_headers: ['Authorization: Bearer of-another-program'] },
				],
			},
		};
		server = await startServer((_request, response) => sendJson(response, 200, { job }));
		const { json } = await get({ ...PROVIDER, transcriptId: 'job-1', output: 'raw' }, [{ json: {} }], {
			baseUrl: server.origin,
		});
		expect(json[0]?.raw).toMatchObject({
			job: { config: { notification_config: [{ url: 'https://example.com/hook', auth_headers: ['[redacted]'] }] } },
		});
		expect(JSON.stringify(json)).not.toContain('Bearer');
	});

	it('attaches files generated by the service', async () => {
		const { outputs } = await fetched(await aFinishedJob({ diarize: true }), {
			options: { serviceFiles: ['srt', 'txt'] },
		});
		const { service_srt: srt, service_txt: txt } = outputs[0]?.[0]?.binary ?? {};
		expect([srt?.fileExtension, txt?.fileExtension]).toEqual(['srt', 'txt']);
		expect(txt?.mimeType).toBe('text/plain');
	});

	it('deletes the job, which then can’t be found', async () => {
		const id = await aFinishedJob();
		const { json, hints } = await fetched(id, { options: { deleteAfterFetching: 'everything' } });
		expect([json[0]?.text, hints]).toEqual([TEXT, []]);
		expect((await fetched(id)).error?.message).toContain('no longer has transcript');
	});

	it('accepts a job that was already deleted', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 404, match: { method: 'DELETE', path: '/v2/jobs/*' } });
		const { hints, error } = await fetched(await aFinishedJob(), { options: { deleteAfterFetching: 'everything' } });
		expect([hints, error]).toEqual([[], undefined]);
	});

	it('warns if deletion fails', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 403, match: { method: 'DELETE', path: '/v2/jobs/*' } });
		const { hints } = await fetched(await aFinishedJob(), { options: { deleteAfterFetching: 'everything' } });
		expect(hints).toEqual([expect.stringContaining('still has the data of job')]);
	});

	it.each([404, 410])('names the ID and explains what to check with %d', async (status) => {
		service.sandbox.httpFaults.add({ kind: 'status', status, match: { method: 'GET', path: '/v2/jobs/*' } });
		const { error } = await fetched('a1b2c3d4e5');
		expect(error?.message).toContain('“a1b2c3d4e5”');
		expect(error?.description).toContain('region');
	});

	it('sends no request for an invalid ID', async () => {
		expect((await fetched('../jobs')).error?.message).toContain('isn’t a valid transcript ID');
		expect(service.asked()).toEqual([]);
	});
});
