import { startSandbox, type Sandbox } from '../../../sandbox';
import { sampleAudio, sampleTruth } from '../support/assemblyAi';
import { startReceiver, type Receiver } from '../support/receiver';
import { type ApiResponse, call, SAMPLE, SESSIONS, uploadedSession } from '../support/scriptix';

let sandbox: Sandbox;
let receiver: Receiver;
beforeEach(async () => {
	receiver = await startReceiver();
	sandbox = await startSandbox({ jobSeconds: 0.02, speed: 1000 });
});
afterEach(async () => {
	await sandbox.close();
	await receiver.close();
});

const create = async (json: object = { language: 'en' }, account?: string | null) =>
	await call(sandbox, SESSIONS, { method: 'POST', json, account });

async function finished(fields: object = {}): Promise<string> {
	const id = await uploadedSession(sandbox, fields);
	await sandbox.settled();
	return id;
}

/** Creates a session. @returns the upload URL for its file */
async function place(): Promise<{ id: string; url: string }> {
	const id = (await create()).body.result.session_id as string;
	const { body } = await call(sandbox, `${SESSIONS}/${id}/upload-url`, { method: 'POST' });
	return { id, url: body.result.upload_url as string };
}
const BLOB = { 'x-ms-blob-type': 'BlockBlob' };
const put = async (url: string, headers: Record<string, string> = BLOB): Promise<ApiResponse> =>
	await call(sandbox, url, { method: 'PUT', headers, body: sampleAudio(SAMPLE), account: null });

it('accepts a batch key as x-zoom-s2t-key', async () => {
	const headers = { 'x-zoom-s2t-key': 'sandbox-scriptix-key' };
	expect((await call(sandbox, `${SESSIONS}?limit=1`, { headers, account: null })).status).toBe(200);
});

it.each<[string, Record<string, string>]>([
	['none', {}],
	['a wrong key', { 'x-zoom-s2t-key': 'wrong' }],
	['a bearer key', { authorization: 'Bearer sandbox-scriptix-key' }],
])('rejects %s', async (_name, headers) => {
	const { status, body } = await call(sandbox, `${SESSIONS}?limit=1`, { headers, account: null });
	expect([status, body]).toEqual([401, { error: { code: 'unauthorized', message: expect.any(String) } }]);
});

it('waits for the file of a session and then starts', async () => {
	const { id, url } = await place();
	expect((await call(sandbox, `${SESSIONS}/${id}`)).body.result).toMatchObject({ session_id: id, status: 'new' });
	expect((await put(url)).status).toBe(201);
	await sandbox.settled();
	expect((await call(sandbox, `${SESSIONS}/${id}`)).body.result.status).toBe('done');
});

it('starts a session with a media source immediately', async () => {
	const { status, body } = await create({ language: 'en', media_source: `${sandbox.origin}/samples/${SAMPLE}` });
	expect([status, body]).toEqual([201, { result: { session_id: expect.any(String), status: 'queued' } }]);
	await sandbox.settled();
	expect((await call(sandbox, `${SESSIONS}/${body.result.session_id}/result`)).status).toBe(200);
});

it('returns an upload URL with its size limit and expiry', async () => {
	const { body } = await create();
	const response = await call(sandbox, `${SESSIONS}/${body.result.session_id}/upload-url`, { method: 'POST' });
	expect(response.body.result).toMatchObject({
		upload_url: expect.stringContaining('/storage/uploads/'),
		expires_at: expect.any(String),
		session_id: body.result.session_id,
		max_file_size: 5368709120,
	});
});

it.each<[string, number, (url: string) => Promise<ApiResponse>]>([
	['without the blob type', 400, async (url) => await put(url, {})],
	['with a bearer key', 400, async (url) => await put(url, { ...BLOB, authorization: 'Bearer sandbox-scriptix-key' })],
	[
		'with a key in the other header',
		400,
		async (url) => await put(url, { ...BLOB, 'x-zoom-s2t-key': 'sandbox-scriptix-key' }),
	],
	['with another signature', 403, async (url) => await put(`${url}x`)],
	['without a signature', 403, async (url) => await put(url.split('?')[0]!)],
])('rejects an upload %s', async (_name, status, act) => {
	const { id, url } = await place();
	expect((await act(url)).status).toBe(status);
	expect((await call(sandbox, `${SESSIONS}/${id}`)).body.result.status).toBe('new');
});

it('returns the sample’s words as tuples, with times in seconds', async () => {
	const { body } = await call(sandbox, `${SESSIONS}/${await finished({ diarization: true })}/result`);
	const { results, ...rest } = body.result;
	const truth = sampleTruth(SAMPLE);
	const words = (results as Array<{ result: unknown[][] }>).flatMap(({ result }) => result);
	expect(words.map(([word]) => word).join(' ')).toBe(truth.text);
	expect(words.map(([, start]) => start)).toEqual(truth.words.map(({ start }) => start));
	expect((results as Array<{ text: string }>).map(({ text }) => text).join(' ')).toBe(truth.text);
	expect(results[0].speaker).toBe('S1');
	expect(rest).toMatchObject({ status: 'done', duration: truth.durationSeconds });
});

it('sends the session in body and headers, plus the custom headers, on success', async () => {
	const id = await finished({
		webhook_url: `${receiver.url}/hook?a=b%20c`,
		webhook_method: 'POST',
		webhook_headers: ['X-Internal-ID: a: b', 'X-Other:c'],
	});
	const [callback] = receiver.received;
	expect(callback!.path).toBe('/hook?a=b%20c');
	expect(JSON.parse(callback!.body)).toEqual({ sessionId: id, zoom_id: id });
	expect(callback!.headers).toMatchObject({
		'x-scriptix-session': id,
		'x-zoom-session': id,
		'x-internal-id': 'a: b',
		'x-other': 'c',
	});
	expect(callback!.headers).not.toHaveProperty('x-scriptix-signature');
});

it('sends no callback on failure, but reports it in the session', async () => {
	sandbox.jobs.failNext('No speech');
	const id = await finished({ webhook_url: `${receiver.url}/hook` });
	expect(receiver.received).toEqual([]);
	expect((await call(sandbox, `${SESSIONS}/${id}`)).body.result).toMatchObject({
		status: 'failed',
		error: 'No speech',
	});
});

it('retries after an unsuccessful response, up to six attempts in total', async () => {
	receiver.respondWith(404);
	const id = await finished({ webhook_url: `${receiver.url}/hook` });
	expect(sandbox.callbacks.deliveries(id)[0]!.attempts).toHaveLength(6);
});

it('exports a document by signed URL or directly', async () => {
	const id = await finished();
	const session = await call(sandbox, `${SESSIONS}/${id}`);
	const path = `${SESSIONS}/${id}/document/${session.body.result.document.id}`;
	const { body } = await call(sandbox, `${path}?format=srt&direct_download=true`);
	expect(body.result).toMatchObject({ expires_in: 3600, filename: `${id}.srt`, content_type: 'application/x-subrip' });
	const file = await call(sandbox, body.result.download_url as string, { account: null });
	expect(file.body).toMatch(/^1\n00:00:/);
	expect((await call(sandbox, `${path}?format=srt`)).body).toBe(file.body);
	expect((await call(sandbox, `${path}?format=mp9`)).status).toBe(400);
	expect((await call(sandbox, path)).body.result).toMatchObject({ segments: expect.any(Array) });
	expect((await call(sandbox, `${path}/export?format=srt&direct_download=true`)).status).toBe(404);
});

it('lists only the account’s sessions, newest first', async () => {
	const [first, second] = [await finished(), await finished()];
	const { body } = await call(sandbox, SESSIONS);
	expect((body.result as Array<{ session_id: string }>).map(({ session_id }) => session_id)).toEqual([second, first]);
	expect((await call(sandbox, SESSIONS, { account: 'other' })).body.result).toEqual([]);
});

it('doesn’t return a deleted session, and refuses to delete it again', async () => {
	const path = `${SESSIONS}/${await finished()}`;
	expect((await call(sandbox, path, { method: 'DELETE' })).status).toBe(200);
	expect([(await call(sandbox, path)).status, (await call(sandbox, `${path}/result`)).status]).toEqual([404, 404]);
	expect(await call(sandbox, path, { method: 'DELETE' })).toMatchObject({
		status: 400,
		body: { error: { message: 'The transcript is already marked as removed' } },
	});
	expect((await call(sandbox, path, { method: 'DELETE', account: 'other' })).status).toBe(404);
});

it.each<[number, string, () => Promise<ApiResponse>]>([
	[402, 'insufficient_credits', async () => await create({ language: 'en' }, 'empty')],
	[400, 'invalid_language', async () => await create({})],
	[400, 'bad_request', async () => await call(sandbox, SESSIONS, { method: 'POST', body: '{' })],
	[422, 'validation_error', async () => await create({ language: 'en', webhook_headers: ['no colon'] })],
	[422, 'validation_error', async () => await create({ language: 'en', document: { document_type: 'book' } })],
	[403, 'forbidden', async () => await call(sandbox, `${SESSIONS}/${await finished()}/result`, { account: 'other' })],
	[404, 'not_found', async () => await call(sandbox, `${SESSIONS}/${await finished()}`, { account: 'other' })],
	[409, 'conflict', async () => await call(sandbox, `${SESSIONS}/${(await place()).id}/result`)],
	[409, 'conflict', async () => await call(sandbox, `${SESSIONS}/${await finished()}/upload-url`, { method: 'POST' })],
])('rejects with %d %s', async (status, code, act) => {
	expect(await act()).toMatchObject({ status, body: { error: { code, message: expect.any(String) } } });
});

it.each([
	'http://hooks.example.com/x',
	'https://127.0.0.1/x',
	'https://93.184.215.14/x',
	'https://[2606:2800:21f:cb07::1]/x',
	'https://localhost/x',
	'https://hooks.localdomain/x',
])('rejects the callback URL %s if private hosts are blocked', async (webhook_url) => {
	sandbox.configure({ allowPrivateCallbacks: false });
	const { status, body } = await create({ language: 'en', webhook_url });
	expect([status, body.error.details]).toEqual([422, { field: 'webhook_url' }]);
});
