import { callbackSecret } from '../../nodes/Transcription/callback/secrets';
import { tokenFor } from '../../nodes/Transcription/callback/token';
import { API_KEY, everyTextIn, get, inFilesystem, inMemory, type Result, submit, WORKFLOW_ID } from './harness';
import { type LocalServer, sendJson, startServer } from './localServer';
import { RECORDING, TEXT } from './recording';
import { EMPTY_ACCOUNT_KEY, useSandbox } from './sandbox';

jest.setTimeout(30_000);
const service = useSandbox('instantTranscriber');
const PROVIDER = { provider: 'instantTranscriber' };
const NO_CALLBACK = { ...PROVIDER, callback: 'none' };
const SECRET = callbackSecret({ apiKey: API_KEY }, `${WORKFLOW_ID}/instantTranscriber`);

let server: LocalServer | undefined;
afterEach(async () => {
	await server?.close();
	server = undefined;
});

/** Returns the raw response to Get for every job that Submit returned. */
async function jobsOf({ json }: Result): Promise<Array<Record<string, never>>> {
	await service.sandbox.settled();
	const items = json.map(({ id }) => ({ json: { id } }));
	const result = await get({ ...PROVIDER, transcriptId: '={{ $json.id }}', output: 'raw' }, items, service.setup());
	return result.json as Array<Record<string, never>>;
}

describe('Submit to InstantTranscriber', () => {
	it.each([
		['in memory', async () => inMemory(RECORDING)],
		['in the filesystem', async () => await inFilesystem(RECORDING)],
	])('uploads a file stored %s in one request', async (_where, item) => {
		const result = await submit(NO_CALLBACK, [await item()], service.setup());
		expect(result.error).toBeUndefined();
		expect(service.asked()).toEqual(['POST /v1/transcriptions']);
		expect((await jobsOf(result)).map(({ text }) => text)).toEqual([TEXT]);
	});

	it('submits a URL', async () => {
		const audioUrl = `${service.sandbox.origin}/samples/call.wav`;
		const result = await submit({ ...NO_CALLBACK, source: 'url', audioUrl }, [{ json: {} }], service.setup());
		expect((await jobsOf(result)).map(({ text }) => text)).toEqual([TEXT]);
	});

	it.each([
		['a file', {}, inMemory(RECORDING)],
		['a URL', { source: 'url', audioUrl: '={{ $json.url }}' }, { json: {} }],
	])('sends options that the service accepts with %s', async (_what, source, item) => {
		const options = {
			language: { __rl: true, mode: 'id', value: 'en' },
			speakerLabels: 'enhanced',
			speakerNameDetection: true,
			minSpeakers: 2,
			maxSpeakers: 3,
			summaries: 'both',
			timestamps: false,
			additionalFields: '{"tier":"best"}',
		};
		const json = { url: `${service.sandbox.origin}/samples/call.wav` };
		const result = await submit({ ...NO_CALLBACK, ...source, options }, [{ ...item, json }], service.setup());
		expect(result.error).toBeUndefined();
		const [job] = await jobsOf(result);
		expect((job?.raw as unknown as { options: object }).options).toEqual({
			language: 'en',
			speaker_labels: 'enhanced',
			speaker_name_detection: 'auto',
			min_speakers: 2,
			max_speakers: 3,
			summaries: 'both',
			timestamps: false,
		});
	});

	it('returns only the job and the recording’s name by default', async () => {
		const { json } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		const id = service.sandbox.jobs.list()[0]?.id;
		expect(json).toEqual([
			{
				eventId: `instantTranscriber:${id}:queued`,
				provider: 'instantTranscriber',
				id,
				status: 'queued',
				recordingName: 'call.wav',
			},
		]);
	});

	it('sends no request if options contradict each other', async () => {
		const options = { diarize: false, speakerCount: 2 };
		const { error } = await submit({ ...NO_CALLBACK, options }, [inMemory(RECORDING)], service.setup());
		expect(error?.message).toContain('“Speaker Count” is set, but “Diarize” is off');
		expect(service.asked()).toEqual([]);
	});
});

describe('Request that Submit sends to InstantTranscriber', () => {
	const JOB_URL = 'http://127.0.0.1:9/webhook';
	const withCallback = { ...PROVIDER, options: { skipTriggerCheck: true, diarize: true } };

	/** Returns the request that Submit sent and the data that n8n would store. */
	async function sent(
		parameters: object,
		credential: Record<string, string> = {},
		answer: object = { id: 'job-1', status: 'queued' },
		status = 202,
	) {
		server = await startServer((request, response) =>
			sendJson(response, status, { ...answer, message: request.body.toString('latin1').slice(0, 3000) }),
		);
		const baseUrl = server.origin;
		const result = await submit({ ...withCallback, ...parameters }, [await inFilesystem(RECORDING)], {
			baseUrl,
			credential,
			webhookBase: JOB_URL,
		});
		return { result, request: server.seen[0], stored: `${everyTextIn(result.run)}${JSON.stringify(result.run)}` };
	}

	it('is a form with the bearer key, its exact length, the file in “file”, and the callback', async () => {
		const { request } = await sent({});
		expect(request).toMatchObject({ method: 'POST', url: '/v1/transcriptions' });
		expect(request?.headers).toMatchObject({
			authorization: `Bearer ${API_KEY}`,
			'content-type': expect.stringMatching(/^multipart\/form-data/),
			'content-length': String(request?.body.length),
		});
		const form = await new Response(new Uint8Array(request?.body as Buffer), {
			headers: { 'content-type': String(request?.headers['content-type']) },
		}).formData();
		expect([...form.keys()]).toEqual(['speaker_labels', 'callback_url', 'callback_secret', 'file']);
		expect(form.get('callback_secret')).toBe(SECRET);
		const url = new URL(String(form.get('callback_url')));
		expect(url.origin + url.pathname).toBe(`${JOB_URL}/${WORKFLOW_ID}/instantTranscriber`);
		expect(url.searchParams.get('token')).toBe(tokenFor(SECRET, `${WORKFLOW_ID}/instantTranscriber`));
		expect(Buffer.from(await (form.get('file') as File).arrayBuffer()).equals(RECORDING)).toBe(true);
	});

	it('is JSON with only the URL and the callback for a URL', async () => {
		const { request } = await sent({
			source: 'url',
			audioUrl: 'http://127.0.0.1/a.mp3',
			options: { skipTriggerCheck: true },
		});
		expect(JSON.parse(String(request?.body))).toEqual({
			file_url: 'http://127.0.0.1/a.mp3',
			callback_url: expect.stringContaining(`token=${tokenFor(SECRET, `${WORKFLOW_ID}/instantTranscriber`)}`),
			callback_secret: SECRET,
		});
	});

	it('uses the file field of the credential', async () => {
		const { request } = await sent({}, { fileFieldName: 'audio' });
		expect(request?.body.toString('latin1')).toContain('name="audio"; filename="call.wav"');
	});

	it.each<[string, number]>([
		['its response', 200],
		['an error', 400],
		['a rejected key', 401],
	])('doesn’t let n8n store token, secret or key that the service repeats in %s', async (_what, status) => {
		const { stored } = await sent(
			{ source: 'url', audioUrl: 'http://127.0.0.1/a.mp3' },
			{},
			{ id: 'job-1', status: 'queued' },
			status,
		);
		for (const secret of [API_KEY, SECRET, tokenFor(SECRET, `${WORKFLOW_ID}/instantTranscriber`)])
			expect(stored.includes(secret)).toBe(false);
	});

	it.each(['transcription_id', 'job_id'])('reads the ID of the job from %s', async (name) => {
		const { result } = await sent({}, {}, { [name]: 'job-7', status: 'accepted' });
		expect(result.json[0]).toMatchObject({ id: 'job-7', status: 'processing' });
	});
});

describe('InstantTranscriber errors are explained', () => {
	it.each<[string, object, string]>([
		['a wrong key', { credential: { apiKey: 'wrong' } }, 'it_live_'],
		['an account without hours', { credential: { apiKey: EMPTY_ACCOUNT_KEY } }, 'quota'],
		['a form with an unknown file field', { credential: { fileFieldName: 'audio' } }, 'File Field Name'],
	])('for %s', async (_what, more, help) => {
		const { error } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup(more));
		expect(error?.description).toContain(help);
		expect(service.sandbox.jobs.list()).toEqual([]);
	});

	it.each([
		[413, '1 GiB'],
		[409, 'Try again'],
		[415, 'MP3'],
	])('for status %d', async (status, help) => {
		service.sandbox.httpFaults.add({ kind: 'status', status });
		const { error } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		expect(error?.description).toContain(help);
	});

	it('and too many jobs are retried', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 429, retryAfter: 0 });
		const { error, json } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		expect(error).toBeUndefined();
		expect(json).toHaveLength(1);
	});
});
