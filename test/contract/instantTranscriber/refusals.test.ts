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

test.each(['wrong', ''])('the key “%s” is refused, whatever is asked for', async (key) => {
	const paths = [`${SUBMIT}/00000000-0000-4000-8000-000000000000`, '/export/00000000.txt', '/v1/other'];
	const answers = await Promise.all(paths.map((path) => call(sandbox, path, { key })));
	expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
	expect(answers[0]!.body).toEqual({ error: { code: 'unauthorized', message: 'Invalid API key' } });
});

test('a key without the word Bearer is refused', async () => {
	const answer = await call(sandbox, `${SUBMIT}/x`, { headers: { authorization: keyOf(sandbox) } });
	expect(answer.status).toBe(401);
});

test('an account without hours left can read but not submit', async () => {
	const key = keyOf(sandbox, 'empty');
	expect((await call(sandbox, SUBMIT, { json: { file_url: url() }, key })).status).toBe(402);
	expect((await call(sandbox, `${SUBMIT}/x`, { key })).status).toBe(404);
	expect(sandbox.jobs.list()).toEqual([]);
});

test('a transcription of another account is unknown', async () => {
	const { body } = await call(sandbox, SUBMIT, { form: formWith('thank-you.wav') });
	const answer = await call(sandbox, `${SUBMIT}/${body.id}`, { key: keyOf(sandbox, 'other') });
	expect([answer.status, answer.body]).toEqual([404, { error: { code: 'not_found', message: 'Transcription not found' } }]);
});

test('keys do not show in the log of requests', async () => {
	await call(sandbox, `${SUBMIT}/x`);
	await call(sandbox, `${SUBMIT}/x`, { key: 'secret-but-wrong' });
	expect(sandbox.requests.list().map(({ authorized, account }) => [authorized, account])).toEqual([[true, 'main'], [false, null]]);
	expect(JSON.stringify(sandbox.requests.list())).not.toMatch(/instanttranscriber-key|secret-but-wrong/);
});

test.each<[string, object, RegExp]>([
	['labels it does not know', { speaker_labels: 'best' }, /speaker_labels/],
	['summaries it does not know', { summaries: 'long' }, /summaries/],
	['a switch that is none', { timestamps: 'perhaps' }, /timestamps/],
	['a name detection it does not know', { speaker_name_detection: 'on' }, /speaker_name_detection/],
	['no speaker', { num_speakers: 0 }, /num_speakers/],
	['a number of speakers and a range', { num_speakers: 2, max_speakers: 3 }, /num_speakers/],
	['a range the wrong way round', { min_speakers: 3, max_speakers: 2 }, /min_speakers/],
	['too long a wait', { wait: 71 }, /wait/],
	['a callback URL that is none', { callback_url: 'somewhere' }, /callback_url/],
	['a secret without a callback', { callback_secret: 'x' }, /callback_secret/],
	['an address that is none', { file_url: 'recording.mp3' }, /file_url/],
	['no address', { file_url: undefined }, /file or file_url is required/],
])('refuses %s', async (_what, fields, message) => {
	const { status, body } = await call(sandbox, SUBMIT, { json: { file_url: url(), ...fields } });
	expect([status, body.error.code]).toEqual([422, 'invalid_request']);
	expect(body.error.message).toMatch(message);
	expect(sandbox.jobs.list()).toEqual([]);
});

test('refuses a form whose file has another name', async () => {
	const form = formWith('thank-you.wav');
	form.set('audio', form.get('file') as Blob);
	form.delete('file');
	expect((await call(sandbox, SUBMIT, { form })).body.error.message).toMatch(/file or file_url is required/);
});

test('refuses a file together with an address', async () => {
	expect((await call(sandbox, SUBMIT, { form: formWith('thank-you.wav', { file_url: url() }) })).status).toBe(422);
});

test.each<[string, string, string, number]>([
	['broken JSON', 'application/json', '{', 400],
	['a form without a boundary', 'multipart/form-data', 'x', 400],
	['bare bytes', 'application/octet-stream', 'x', 415],
])('refuses %s', async (_what, type, body, status) => {
	expect((await call(sandbox, SUBMIT, { method: 'POST', body, headers: { 'content-type': type } })).status).toBe(status);
});

test('refuses a private callback URL when told to behave like a service on the internet', async () => {
	const json = { file_url: url(), callback_url: 'http://127.0.0.1:5678/webhook' };
	sandbox.configure({ allowPrivateCallbacks: false });
	expect((await call(sandbox, SUBMIT, { json })).body.error.message).toMatch(/internet/);
	sandbox.configure({ allowPrivateCallbacks: true });
	expect((await call(sandbox, SUBMIT, { json })).status).toBe(201);
});

test('an export of a job that is still under way is refused', async () => {
	sandbox.jobs.hold('processing');
	const { body } = await call(sandbox, SUBMIT, { form: formWith('thank-you.wav') });
	expect((await call(sandbox, `/export/${body.id.slice(0, 8)}.txt`)).status).toBe(409);
});

test('there is no list', async () => {
	expect((await call(sandbox, `${SUBMIT}?limit=1`)).status).toBe(404);
});
