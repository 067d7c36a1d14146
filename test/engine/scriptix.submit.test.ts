import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { callbackSecret } from '../../nodes/Transcription/callback/secrets';
import { API_KEY, everyTextIn, inFilesystem, inMemory, submit, WORKFLOW_ID } from './harness';
import { type SeenRequest, sendJson, startServer } from './localServer';
import { RECORDING, TEXT } from './recording';
import { EMPTY_ACCOUNT_KEY } from './sandbox';
import {
	DEFAULTS,
	SESSION_PATH,
	SESSIONS,
	SESSIONS_TOKEN,
	SIGNING_SECRET,
	STT,
	STT_TOKEN,
	useScriptix,
} from './scriptix.setup';

jest.setTimeout(30_000);
const scriptix = useScriptix();
const { service } = scriptix;
const NO_CALLBACK = { callback: 'none' };
const fromUrl = () => ({ ...NO_CALLBACK, source: 'url', audioUrl: `${service.sandbox.origin}/samples/call.wav` });

describe.each<[string, ICredentialDataDecryptedObject]>([
	['sessions', SESSIONS],
	['batch upload', STT],
	['by default', DEFAULTS],
])('Submit to Scriptix with the API generation %s', (_name, credential) => {
	it('transcribes a file', async () => {
		const transcriptId = await scriptix.finished(credential);
		const { json } = await scriptix.get({ transcriptId, output: 'words' }, credential);
		expect(json[0]).toMatchObject({
			status: 'completed',
			text: TEXT,
			durationSeconds: 20,
			eventId: `scriptix:${transcriptId}:completed`,
		});
		expect(json[0]?.words).toHaveLength(8);
		expect((json[0]?.words as IDataObject[])[1]).toMatchObject({ text: 'this', start: 2, end: 3.5, kind: 'word' });
	});

	it('uploads a file from the filesystem', async () => {
		const setup = scriptix.setup(credential);
		const { json } = await submit({ provider: 'scriptix', ...NO_CALLBACK }, [await inFilesystem(RECORDING)], setup);
		await service.sandbox.settled();
		expect((await scriptix.get({ transcriptId: String(json[0]?.id) }, credential)).json[0]?.text).toBe(TEXT);
	});

	it('identifies speakers with Diarize', async () => {
		const transcriptId = await scriptix.finished(credential, { options: { diarize: true } });
		const { json } = await scriptix.get({ transcriptId, output: 'utterances' }, credential);
		expect(json[0]?.speakers).toHaveLength(2);
		expect(json[0]?.utterances).toEqual([
			expect.objectContaining({ start: 0, end: 7.5, text: 'Hello, this is Ada.' }),
			expect.objectContaining({ start: 8, end: 15.5, text: 'Hi Ada, Charles here.' }),
		]);
	});

	it('explains an account without credit', async () => {
		const { error } = await scriptix.submit(NO_CALLBACK, { ...credential, apiKey: EMPTY_ACCOUNT_KEY });
		expect(error?.message).toBe('The Scriptix account is out of funds');
		expect(service.sandbox.jobs.list()).toEqual([]);
	});

	it('explains a rejected key', async () => {
		const { error } = await scriptix.submit(NO_CALLBACK, { ...credential, apiKey: 'wrong' });
		expect(error?.message).toContain('didn’t accept the API key');
		expect(error?.description).toContain('“Authentication Header”');
	});
});

describe('A file larger than the limit', () => {
	afterEach(() => jest.restoreAllMocks());
	const submitted = async (credential: ICredentialDataDecryptedObject, fileSize: number) => {
		const item = await inFilesystem(RECORDING);
		jest.spyOn(Container.get(BinaryDataService), 'getMetadata').mockResolvedValue({ fileSize });
		return await submit({ provider: 'scriptix', ...NO_CALLBACK }, [item], scriptix.setup(credential));
	};

	it('is rejected before any request with the batch upload API, which accepts 500 MB', async () => {
		const { error } = await submitted(DEFAULTS, 600_000_000);
		expect(error?.message).toContain('is 600 MB, but Scriptix accepts uploads of up to 524 MB');
		expect(error?.description).toContain('Set “API Generation” in the credential to Sessions');
		expect(service.asked()).toEqual([]);
	});

	it('is rejected before any request with the sessions API, which accepts 5 GiB', async () => {
		const { error } = await submitted(SESSIONS, 6_000_000_000);
		expect(error?.message).toContain('is 6.0 GB, but Scriptix accepts uploads of up to 5.4 GB');
		expect(error?.description).toContain('Source: URL');
		expect(service.asked()).toEqual([]);
	});

	it('is explained if the service refuses it', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 413, match: { method: 'POST', path: '/api/v3/stt' } });
		const { error } = await scriptix.submit(NO_CALLBACK, DEFAULTS);
		expect(error?.message).toBe('The recording is larger than Scriptix accepts');
		expect(error?.description).toContain('“API Generation”');
	});
});

describe('Submit a URL to Scriptix', () => {
	it('sends the URL to the sessions API', async () => {
		const transcriptId = await scriptix.finished(SESSIONS, fromUrl());
		expect(service.asked().filter((request) => request.startsWith('P'))).toEqual([`POST ${SESSION_PATH}`]);
		expect((await scriptix.get({ transcriptId }, SESSIONS)).json[0]?.text).toBe(TEXT);
	});

	it('fails with the batch upload API before any request', async () => {
		const { error } = await scriptix.submit(fromUrl(), STT);
		expect(error?.message).toContain('only accepts files');
		expect(error?.description).toContain('Binary File');
		expect(service.asked()).toEqual([]);
	});

	it('fails before an earlier item is submitted', async () => {
		const parameters = {
			provider: 'scriptix',
			...NO_CALLBACK,
			source: '={{ $json.source }}',
			audioUrl: 'http://127.0.0.1/a.mp3',
		};
		const items = ['binary', 'url'].map((source) => ({ ...inMemory(RECORDING), json: { source } }));
		const { error } = await submit(parameters, items, scriptix.setup(STT));
		expect(error?.context.itemIndex).toBe(1);
		expect(service.asked()).toEqual([]);
	});

	it('is accepted with the batch upload API if an additional field contains the URL', async () => {
		const server = await startServer((_request, response) =>
			sendJson(response, 201, { id: 'stt_1', status: 'uploaded' }),
		);
		const audioUrl = 'http://127.0.0.1/a.mp3';
		const parameters = {
			...NO_CALLBACK,
			source: 'url',
			audioUrl,
			options: { additionalFields: JSON.stringify({ audio_url: audioUrl }) },
		};
		const { json } = await scriptix.submit(parameters, STT, { baseUrl: server.origin });
		await server.close();
		expect(json[0]).toMatchObject({ id: 'stt_1', status: 'queued' });
		expect(String(server.seen[0]?.body)).toMatch(/name="audio_url"\r\n\r\nhttp:\/\/127\.0\.0\.1\/a\.mp3/);
	});
});

describe('Requests that Submit sends to Scriptix', () => {
	const UPLOAD_PATH = '/storage/x?sig=signed-part';

	/** A service that accepts everything. */
	async function accepting() {
		const server = await startServer(({ url }, response) => {
			if (url.endsWith('/upload-url'))
				sendJson(response, 200, { result: { upload_url: `${server.origin}${UPLOAD_PATH}` } });
			else
				sendJson(
					response,
					201,
					url.endsWith('/stt') ? { id: 'stt_1', status: 'uploaded' } : { result: { session_id: 's-1', status: 'new' } },
				);
		});
		return server;
	}
	const keys = ({ headers }: SeenRequest | { headers: Record<string, never> } = { headers: {} }) => [
		headers.authorization,
		headers['x-zoom-s2t-key'],
	];
	const TO_URL = { callback: 'url', callbackUrl: `http://127.0.0.1:9/webhook/${WORKFLOW_ID}/scriptix` };
	const noPing = { ...TO_URL, options: { skipTriggerCheck: true } };

	it.each([
		['bearer', [`Bearer ${API_KEY}`, undefined]],
		['automatic', [undefined, API_KEY]],
		['x-zoom-s2t-key', [undefined, API_KEY]],
	])('contain the key in one header as %s, but not for the storage', async (authHeader, expected) => {
		const server = await accepting();
		const { error } = await scriptix.submit(NO_CALLBACK, { ...SESSIONS, authHeader }, { baseUrl: server.origin });
		await server.close();
		expect(error).toBeUndefined();
		expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
			`POST ${SESSION_PATH}`,
			`POST ${SESSION_PATH}/s-1/upload-url`,
			`PUT ${UPLOAD_PATH}`,
		]);
		expect(server.seen.map(keys)).toEqual([expected, expected, [undefined, undefined]]);
	});

	it.each([
		['bearer', [`Bearer ${API_KEY}`, undefined]],
		['automatic', [`Bearer ${API_KEY}`, undefined]],
		['x-zoom-s2t-key', [undefined, API_KEY]],
	])('contain the key in one header as %s with the batch upload API', async (authHeader, expected) => {
		const server = await accepting();
		await scriptix.submit(NO_CALLBACK, { ...DEFAULTS, authHeader }, { baseUrl: server.origin });
		await server.close();
		expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /api/v3/stt']);
		expect(server.seen.map(keys)).toEqual([expected]);
	});

	it('upload the file to the storage as one unchanged blob', async () => {
		const server = await accepting();
		await scriptix.submit(NO_CALLBACK, SESSIONS, { baseUrl: server.origin });
		await server.close();
		const put = server.seen[2];
		expect(put?.headers).toMatchObject({ 'x-ms-blob-type': 'BlockBlob', 'content-length': String(RECORDING.length) });
		expect(put?.body.equals(RECORDING)).toBe(true);
	});

	it('request our secret as a header of the session’s callback', async () => {
		const server = await accepting();
		await scriptix.submit(noPing, SESSIONS, { baseUrl: server.origin });
		await server.close();
		const secret = callbackSecret({ apiKey: API_KEY }, `${WORKFLOW_ID}/scriptix`);
		const body = JSON.parse(String(server.seen[0]?.body)) as IDataObject;
		expect(body).toEqual({
			language: 'auto',
			document: { document_type: 'document', filename: 'call.wav' },
			webhook_url: expect.stringMatching(/\?ref=[\w-]+$/),
			meta_data: { callbackUrl: body.webhook_url },
			webhook_method: 'POST',
			webhook_headers: [`X-Transcription-Webhook-Secret: ${secret}`],
		});
	});

	it('add a token to the session’s callback URL instead of a header if chosen', async () => {
		const server = await accepting();
		await scriptix.submit(noPing, SESSIONS_TOKEN, { baseUrl: server.origin });
		await server.close();
		const body = JSON.parse(String(server.seen[0]?.body)) as IDataObject;
		expect(body.webhook_url).toMatch(/&token=[\w-]{43}$/);
		expect(body).not.toHaveProperty('webhook_headers');
	});

	it('contain no secret except the token in the form of the batch upload API', async () => {
		const server = await accepting();
		await scriptix.submit(noPing, STT, { baseUrl: server.origin });
		await server.close();
		const form = String(server.seen[0]?.body.subarray(0, 2000));
		expect(form).toMatch(/name="language"\r\n\r\nauto\r\n/);
		expect(form).toMatch(/name="timestamps"\r\n\r\nword\r\n/);
		expect(form).toMatch(/name="webhook_url"\r\n\r\nhttp:\S+&token=[\w-]{43}\r\n/);
		expect(form).toMatch(/name="audio_file"; filename="call.wav"\r\nContent-Type: audio\/wav/);
		expect(form).not.toContain(SIGNING_SECRET);
	});

	it.each([
		['session_id', { session_id: 's-1' }],
		['id', { id: 's-1', status: 'new' }],
		['result.id', { result: { id: 's-1' } }],
	])('return the ID of the session from %s', async (_where, answer) => {
		const server = await startServer((_request, response) => sendJson(response, 201, answer));
		const { json } = await scriptix.submit(fromUrl(), SESSIONS, { baseUrl: server.origin });
		await server.close();
		expect(json[0]).toMatchObject({ id: 's-1', status: 'queued' });
	});
});

describe('Upload that fails after the session was created', () => {
	const UPLOAD = { method: 'PUT' as const, path: '/storage/uploads/*' };
	const sessionOf = () =>
		/session\/([0-9a-f-]{36})/.exec(
			service.sandbox.requests
				.list()
				.map(({ path }) => path)
				.join(' '),
		)?.[1] ?? 'none';

	it.each([
		['the storage rejects the file', { kind: 'status', status: 403, match: UPLOAD } as const],
		[
			'there is no upload URL',
			{ kind: 'status', status: 409, match: { path: `${SESSION_PATH}/*/upload-url` } } as const,
		],
	])('deletes the session and names it if %s', async (_why, fault) => {
		service.sandbox.httpFaults.add(fault);
		const { error } = await scriptix.submit(NO_CALLBACK, SESSIONS);
		expect(error?.description).toContain(`Session ${sessionOf()}, which was created for it, has been deleted`);
		expect(service.asked()).toContain(`DELETE ${SESSION_PATH}/:id`);
		expect((await scriptix.submit(NO_CALLBACK, SESSIONS)).error).toBeUndefined();
	});

	it('names the session if it can’t be deleted', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 403, match: UPLOAD });
		service.sandbox.httpFaults.add({ kind: 'status', status: 403, match: { method: 'DELETE' } });
		const { error } = await scriptix.submit(NO_CALLBACK, SESSIONS);
		expect(error?.description).toContain(`Session ${sessionOf()}, which was created for it, couldn’t be deleted`);
	});

	it('doesn’t let n8n store the signed URL', async () => {
		service.sandbox.httpFaults.add({
			kind: 'status',
			status: 403,
			match: UPLOAD,
			body: '{"error":{"message":"see /storage/uploads"}}',
		});
		const { run } = await scriptix.submit(NO_CALLBACK, SESSIONS);
		expect(`${everyTextIn(run)}${JSON.stringify(run)}`).not.toContain('sig=');
	});

	it('is retried from the beginning if the connection is lost', async () => {
		service.sandbox.httpFaults.add({ kind: 'cut', afterBytes: 100_000, match: UPLOAD });
		const transcriptId = await scriptix.finished(SESSIONS);
		expect((await scriptix.get({ transcriptId }, SESSIONS)).json[0]?.text).toBe(TEXT);
	});
});

describe('Credential with which callbacks can’t be verified', () => {
	it.each<[string, ICredentialDataDecryptedObject, string]>([
		[
			'batch upload with a signature, but without the signing secret',
			{ webhookVerification: 'hmac' },
			'“Webhook Secret” in the credential is empty',
		],
		['batch upload with a header', { ...STT, webhookVerification: 'header' }, 'doesn’t send custom headers'],
		['sessions with a signature', { ...SESSIONS, webhookVerification: 'hmac' }, 'doesn’t sign callbacks'],
	])('is rejected before any request: %s', async (_what, credential, message) => {
		const { error } = await scriptix.submit({}, credential);
		expect(error?.message).toContain(message);
		expect(service.asked()).toEqual([]);
	});

	it('is accepted without a callback', async () => {
		expect((await scriptix.submit(NO_CALLBACK, { webhookVerification: 'hmac' })).error).toBeUndefined();
	});
});

it('rejects an option of the other API generation before any request', async () => {
	const { error } = await scriptix.submit({ ...NO_CALLBACK, options: { keepSource: true } }, STT_TOKEN);
	expect(error?.message).toContain('“Keep Source” is an option for the sessions API');
	expect(service.asked()).toEqual([]);
});

it('explains a response without an ID', async () => {
	const server = await startServer((_request, response) => sendJson(response, 201, { ok: true }));
	const { error } = await scriptix.submit(fromUrl(), SESSIONS, { baseUrl: server.origin });
	await server.close();
	expect(error?.message).toContain('accepted the job, but its response couldn’t be read');
});

it('doesn’t retry a submit without a response', async () => {
	service.sandbox.httpFaults.add({ kind: 'dropAnswer', match: { method: 'POST', path: SESSION_PATH } });
	const { error } = await scriptix.submit(fromUrl(), SESSIONS);
	expect(error?.message).toContain('may or may not have accepted the job');
	expect(service.asked()).toEqual([`POST ${SESSION_PATH}`]);
});
