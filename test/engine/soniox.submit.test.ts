import type { INodeParameters } from 'n8n-workflow';
import { get, inFilesystem, inMemory, type Result, submit as submitAny } from './harness';
import { sendJson, startServer } from './localServer';
import { RECORDING, TEXT } from './recording';
import { EMPTY_ACCOUNT_KEY, useSandbox } from './sandbox';

// Retries use the same delays as in production.
jest.setTimeout(40_000);

const service = useSandbox('soniox');
const SONIOX = { provider: 'soniox', callback: 'none' };
const CREATE = { method: 'POST', path: '/v1/transcriptions' };
const FILE_UPLOAD = { method: 'POST', path: '/v1/files' };

const submit = async (parameters: INodeParameters = {}, setup = service.setup()) =>
	await submitAny({ ...SONIOX, ...parameters }, [inMemory(RECORDING)], setup);
const byUrl = async (audioUrl: string, parameters: INodeParameters = {}) =>
	await submitAny({ ...SONIOX, source: 'url', audioUrl, ...parameters }, [{ json: {} }], service.setup());

/** Returns the data that the service stores. */
async function kept(what: 'files' | 'transcriptions', account = 'main'): Promise<Array<Record<string, unknown>>> {
	const key = service.sandbox.accounts('soniox').find(({ name }) => name === account)?.apiKey;
	const answer = await fetch(`${service.sandbox.baseUrl('soniox')}/v1/${what}`, {
		headers: { authorization: `Bearer ${key}` },
	});
	return ((await answer.json()) as Record<string, Array<Record<string, unknown>>>)[what] ?? [];
}

async function textOf({ json }: Result): Promise<unknown> {
	await service.sandbox.settled();
	const parameters = { provider: 'soniox', transcriptId: String(json[0]?.id) };
	return (await get(parameters, [{ json: {} }], service.setup())).json[0]?.text;
}

describe('Submit to Soniox', () => {
	it.each([
		['in memory', async () => inMemory(RECORDING)],
		['in the filesystem', async () => await inFilesystem(RECORDING)],
	])('uploads a file %s, then submits its ID', async (_where, item) => {
		const result = await submitAny(SONIOX, [await item()], service.setup());
		expect(result.error).toBeUndefined();
		expect(service.asked()).toEqual(['POST /v1/files', 'POST /v1/transcriptions']);
		expect(await textOf(result)).toBe(TEXT);
	});

	it('submits a URL without an upload', async () => {
		const result = await byUrl(`${service.sandbox.origin}/samples/call.wav`);
		expect(service.asked()).toEqual(['POST /v1/transcriptions']);
		expect(await textOf(result)).toBe(TEXT);
	});

	it('returns only the job and the recording’s name by default', async () => {
		const { json } = await submit();
		const id = service.sandbox.jobs.list()[0]?.id;
		expect(json).toEqual([
			{ eventId: `soniox:${id}:queued`, provider: 'soniox', id, status: 'queued', recordingName: 'call.wav' },
		]);
	});

	it('sends the options and the callback with its secret', async () => {
		const options = {
			language: { __rl: true, mode: 'id', value: 'en, de' },
			languageHintsStrict: true,
			diarize: true,
			keyterms: 'Ada, Charles',
			contextGeneral: { fact: [{ key: 'topic', value: 'Engines' }] },
			translation: { oneWay: { targetLanguage: 'fr' } },
			clientReferenceId: 'order-1',
		};
		const setup = service.setup({ webhookBase: 'http://127.0.0.1:9/webhook' });
		const { json } = await submit(
			{ callback: 'workflowTrigger', options: { ...options, skipTriggerCheck: true } },
			setup,
		);
		const [job] = await kept('transcriptions');
		expect(job).toMatchObject({
			model: 'stt-async-v5',
			language_hints: ['en', 'de'],
			enable_speaker_diarization: true,
			context: { general: [{ key: 'topic', value: 'Engines' }], terms: ['Ada', 'Charles'] },
			translation: { type: 'one_way', target_language: 'fr' },
			client_reference_id: 'order-1',
			webhook_url: `${String(json[0]?.callbackUrl)}?ref=${String(json[0]?.ref)}`,
			webhook_auth_header_name: 'X-Transcription-Webhook-Secret',
			webhook_auth_header_value: '******************',
		});
		expect(await kept('files')).toEqual([
			expect.objectContaining({ filename: 'call.wav', client_reference_id: 'order-1' }),
		]);
	});

	it('streams the upload as a form with its length', async () => {
		const server = await startServer((request, response) => {
			const isUpload = request.url === '/v1/files';
			sendJson(response, 201, isUpload ? { id: 'file-1' } : { id: 'job-1', status: 'queued' });
		});
		await submitAny(SONIOX, [await inFilesystem(RECORDING)], { baseUrl: server.origin });
		await server.close();
		const [upload, job] = server.seen;
		expect(upload?.headers).toMatchObject({
			'content-type': expect.stringMatching(/^multipart\/form-data; boundary=/),
			'content-length': String(upload?.body.length),
			authorization: 'Bearer api-key-that-nobody-may-see',
		});
		expect(upload?.body.includes(RECORDING)).toBe(true);
		expect(JSON.parse(String(job?.body))).toEqual({ model: 'stt-async-v5', file_id: 'file-1' });
	});
});

describe('Submit to Soniox fails before the upload with', () => {
	it.each<[string, INodeParameters, string]>([
		['options that Soniox would reject', { options: { languageHintsStrict: true } }, 'Language Hints Strict'],
		['reserved fields', { options: { additionalFields: '{"file_id":"x"}' } }, 'file_id'],
		[
			'a callback URL with too much metadata',
			{ callback: 'workflowTrigger', metadata: { pair: [{ key: 'note', value: 'x'.repeat(250) }] } },
			'the limit is 256',
		],
	])('%s', async (_what, parameters, message) => {
		const { error } = await submit(parameters);
		expect(error?.message).toContain(message);
		expect(service.asked()).toEqual([]);
	});

	it('a callback URL that is too long without metadata', async () => {
		const callbackUrl = `http://127.0.0.1:9/${'x'.repeat(230)}/w/soniox`;
		const { error } = await submit({ callback: 'url', callbackUrl });
		expect(error?.message).toMatch(/^The callback URL has \d+ characters, but the limit is 256$/);
		expect(error?.description).toContain('shorter public address');
		expect(service.asked()).toEqual([]);
	});

	it('a Webhook Secret that is too long for a header', async () => {
		const setup = service.setup({ credential: { webhookSecret: 's'.repeat(257) } });
		const { error } = await submit({ callback: 'workflowTrigger' }, setup);
		expect(error?.message).toContain('longer than 256 characters');
		expect(service.asked()).toEqual([]);
	});

	it('an audio URL that is too long in a later item', async () => {
		const items = ['short', 'a'.repeat(4077)].map((path) => ({ json: { url: `https://example.com/${path}` } }));
		const parameters = { ...SONIOX, source: 'url', audioUrl: '={{ $json.url }}' };
		const { error } = await submitAny(parameters, items, service.setup());
		expect(error?.message).toContain('4097 characters; Soniox accepts at most 4096');
		expect(error?.context.itemIndex).toBe(1);
		expect(service.asked()).toEqual([]);
	});

	it('an audio URL that is too long', async () => {
		const { error } = await byUrl(`https://example.com/${'a'.repeat(4077)}`);
		expect(error?.message).toContain('4097 characters; Soniox accepts at most 4096');
		expect(service.asked()).toEqual([]);
	});
});

describe('Soniox error', () => {
	it('about the API key explains what to check', async () => {
		const { error } = await submit({}, service.setup({ credential: { apiKey: 'wrong' } }));
		expect(error?.message).toBe('Soniox didn’t accept the API key');
		expect(error?.description).toContain('region');
	});

	it('about an option names it', async () => {
		const { error } = await submit({ options: { model: 'stt-unknown' } });
		expect(error?.message).toContain('“Model”');
		expect(error?.description).toContain('Invalid model');
	});

	it('about a file that is too large suggests a URL', async () => {
		const body = JSON.stringify({
			error_type: 'invalid_request',
			message: 'Invalid.',
			validation_errors: [{ location: 'file.file', message: 'File size exceeds the limit' }],
		});
		service.sandbox.httpFaults.add({ kind: 'status', status: 400, body, match: FILE_UPLOAD });
		const { error } = await submit();
		expect(error?.message).toContain('larger than Soniox accepts');
		expect(error?.description).toContain('URL');
	});
});

describe('Uploaded file of a rejected job', () => {
	it.each([
		['without balance', {}, { credential: { apiKey: EMPTY_ACCOUNT_KEY } }, 'empty', 'out of funds'],
		['with a wrong option', { options: { model: 'stt-unknown' } }, {}, 'main', 'Model'],
	])('%s is deleted', async (_what, parameters, setup, account, message) => {
		const { error } = await submit(parameters as INodeParameters, service.setup(setup));
		expect(error?.message).toContain(message);
		expect(error?.description).not.toContain('was uploaded as file');
		expect(service.asked()).toEqual(['POST /v1/files', 'POST /v1/transcriptions', 'DELETE /v1/files/:id']);
		expect(await kept('files', account)).toEqual([]);
	});

	it('is kept and named if deleting it fails', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 403, match: { method: 'DELETE', path: '/v1/files/*' } });
		const { error } = await submit({ options: { model: 'stt-unknown' } });
		const [file] = await kept('files');
		expect(error?.message).toContain('“Model”');
		expect(error?.description).toContain(`file ${String(file?.id)}`);
	});

	it.each([
		['after a server error', { kind: 'status', status: 500, match: CREATE } as const],
		['after a timeout of the service', { kind: 'status', status: 408, match: CREATE } as const],
		['after a lost response', { kind: 'dropAnswer', match: CREATE } as const],
	])('is kept and named %s because the job may exist', async (_what, fault) => {
		service.sandbox.httpFaults.add(fault);
		const { error } = await submit();
		const [file] = await kept('files');
		expect(error?.message).toContain('may or may not have accepted');
		expect(error?.description).toContain(`file ${String(file?.id)}`);
		expect(service.asked().filter((request) => request.startsWith('DELETE'))).toEqual([]);
	});
});

describe('Retries with Soniox', () => {
	it.each([
		['a connection that is cut', { kind: 'cut', afterBytes: 100_000, match: FILE_UPLOAD } as const],
		['a server error', { kind: 'status', status: 503, match: FILE_UPLOAD } as const],
	])('repeat an upload after %s and leave one file', async (_what, fault) => {
		service.sandbox.httpFaults.add(fault);
		expect(await textOf(await submit())).toBe(TEXT);
		expect(await kept('files')).toHaveLength(1);
	});

	it('repeat a submit only if it was definitely rejected', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 429, match: CREATE });
		expect((await submit()).json).toEqual([expect.objectContaining({ status: 'queued' })]);
		expect(service.sandbox.jobs.list()).toHaveLength(1);
	});

	it('aren’t needed for a damaged response with an ID', async () => {
		service.sandbox.httpFaults.add({ kind: 'brokenJson', match: CREATE });
		expect((await submit()).json[0]?.id).toBe(service.sandbox.jobs.list()[0]?.id);
	});
});
