import { startSandbox, type Sandbox } from '../../../sandbox';
import { call, formWith, keyOf } from '../support/instantTranscriber';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02 });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

const SUBMIT = '/v1/transcriptions';
const url = () => `${sandbox.origin}/samples/thank-you.wav`;

it.each(['wrong', ''])('rejects the key “%s” on every path', async (key) => {
	const paths = [`${SUBMIT}/00000000-0000-4000-8000-000000000000`, '/export/00000000.txt', '/v1/other'];
	const responses = await Promise.all(paths.map((path) => call(sandbox, path, { key })));
	expect(responses.map(({ status }) => status)).toEqual([401, 401, 401]);
	expect(responses[0]!.body).toEqual({ error: { code: 'unauthorized', message: 'Invalid API key' } });
});

it('rejects a key without the Bearer prefix', async () => {
	const response = await call(sandbox, `${SUBMIT}/x`, { headers: { authorization: keyOf(sandbox) } });
	expect(response.status).toBe(401);
});

it('lets an account without hours left read but not submit', async () => {
	const key = keyOf(sandbox, 'empty');
	expect((await call(sandbox, SUBMIT, { json: { file_url: url() }, key })).status).toBe(402);
	expect((await call(sandbox, `${SUBMIT}/x`, { key })).status).toBe(404);
	expect(sandbox.jobs.list()).toEqual([]);
});

it('hides transcriptions of other accounts', async () => {
	const { body } = await call(sandbox, SUBMIT, { form: formWith('thank-you.wav') });
	const response = await call(sandbox, `${SUBMIT}/${body.id}`, { key: keyOf(sandbox, 'other') });
	expect([response.status, response.body]).toEqual([
		404,
		{ error: { code: 'not_found', message: 'Transcription not found' } },
	]);
});

it('keeps keys out of the request log', async () => {
	await call(sandbox, `${SUBMIT}/x`);
	await call(sandbox, `${SUBMIT}/x`, { key: 'secret-but-wrong' });
	expect(sandbox.requests.list().map(({ authorized, account }) => [authorized, account])).toEqual([
		[true, 'main'],
		[false, null],
	]);
	expect(JSON.stringify(sandbox.requests.list())).not.toMatch(/instanttranscriber-key|secret-but-wrong/);
});

it.each<[string, object, RegExp]>([
	['an unknown kind of speaker labels', { speaker_labels: 'best' }, /speaker_labels/],
	['an unknown kind of summaries', { summaries: 'long' }, /summaries/],
	['an invalid boolean', { timestamps: 'perhaps' }, /timestamps/],
	['an unknown name detection', { speaker_name_detection: 'on' }, /speaker_name_detection/],
	['zero speakers', { num_speakers: 0 }, /num_speakers/],
	['both a number of speakers and a range', { num_speakers: 2, max_speakers: 3 }, /num_speakers/],
	['a range whose minimum exceeds its maximum', { min_speakers: 3, max_speakers: 2 }, /min_speakers/],
	['a wait above the maximum', { wait: 71 }, /wait/],
	['an invalid callback URL', { callback_url: 'somewhere' }, /callback_url/],
	['a secret without a callback', { callback_secret: 'x' }, /callback_secret/],
	['an invalid file URL', { file_url: 'recording.mp3' }, /file_url/],
	['a missing file URL', { file_url: undefined }, /file or file_url is required/],
])('rejects %s', async (_name, fields, message) => {
	const { status, body } = await call(sandbox, SUBMIT, { json: { file_url: url(), ...fields } });
	expect([status, body.error.code]).toEqual([422, 'invalid_request']);
	expect(body.error.message).toMatch(message);
	expect(sandbox.jobs.list()).toEqual([]);
});

it('rejects a form whose file field has another name', async () => {
	const form = formWith('thank-you.wav');
	form.set('audio', form.get('file') as Blob);
	form.delete('file');
	expect((await call(sandbox, SUBMIT, { form })).body.error.message).toMatch(/file or file_url is required/);
});

it('rejects a file together with a URL', async () => {
	expect((await call(sandbox, SUBMIT, { form: formWith('thank-you.wav', { file_url: url() }) })).status).toBe(422);
});

it.each<[string, string, string, number]>([
	['broken JSON', 'application/json', '{', 400],
	['a form without a boundary', 'multipart/form-data', 'x', 400],
	['raw bytes', 'application/octet-stream', 'x', 415],
])('rejects %s', async (_name, type, body, status) => {
	expect((await call(sandbox, SUBMIT, { method: 'POST', body, headers: { 'content-type': type } })).status).toBe(
		status,
	);
});

it('rejects a private callback URL if private hosts are blocked', async () => {
	const json = { file_url: url(), callback_url: 'http://127.0.0.1:5678/webhook' };
	sandbox.configure({ allowPrivateCallbacks: false });
	expect((await call(sandbox, SUBMIT, { json })).body.error.message).toMatch(/internet/);
	sandbox.configure({ allowPrivateCallbacks: true });
	expect((await call(sandbox, SUBMIT, { json })).status).toBe(201);
});

it('rejects an export of a running job', async () => {
	sandbox.jobs.hold('processing');
	const { body } = await call(sandbox, SUBMIT, { form: formWith('thank-you.wav') });
	expect((await call(sandbox, `/export/${body.id.slice(0, 8)}.txt`)).status).toBe(409);
});

it('does not list transcriptions', async () => {
	expect((await call(sandbox, `${SUBMIT}?limit=1`)).status).toBe(404);
});
