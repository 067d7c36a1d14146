import { startSandbox, type Sandbox } from '../../../sandbox';
import { aConfig, aForm, call, finished } from '../support/speechmatics';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02, speed: 1000 });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

const submit = async (config: object | string, sample?: string | null, account?: string) =>
	await call(sandbox, '/v2/jobs', { method: 'POST', form: aForm(config, sample), account });

describe('keys', () => {
	test.each(['', 'Bearer wrong', 'sandbox-speechmatics-key', 'bearer sandbox-speechmatics-key'])('“%s” is refused', async (authorization) => {
		expect(await call(sandbox, '/v2/jobs', { headers: { authorization } })).toMatchObject({ status: 401, body: { code: 401, error: 'Permission Denied' } });
	});

	test('an account without entitlement can read but not submit', async () => {
		expect((await call(sandbox, '/v2/jobs', { account: 'empty' })).status).toBe(200);
		expect((await submit(aConfig(), undefined, 'empty')).body).toEqual({ code: 403, error: 'Forbidden', detail: 'Entitlement check failed' });
	});

	test('a job of another account is unknown', async () => {
		const id = await finished(sandbox);
		expect((await call(sandbox, `/v2/jobs/${id}`, { account: 'other' })).body).toEqual({ code: 404, error: 'Job not found' });
	});

	test('keys do not show in the log of requests', async () => {
		await call(sandbox, '/v2/jobs');
		expect(JSON.stringify(sandbox.requests.list())).not.toContain('sandbox-speechmatics-key');
	});
});

const URL = 'https://example.com/hook';
test.each<[string, object | string]>([
	['no JSON', '{'],
	['no type', { transcription_config: { language: 'en' } }],
	['no language', { type: 'transcription', transcription_config: {} }],
	['an unknown field', aConfig({}, { colour: 'red' })],
	['an unknown field of the transcription', aConfig({ colour: 'red' })],
	['an unknown model', aConfig({ model: 'best' })],
	['an unknown diarization', aConfig({ diarization: 'speaker_change' })],
	['a label with a blank', aConfig({ diarization: 'channel', channel_diarization_labels: ['Agent 1'] })],
	['1,001 words of vocabulary', aConfig({ additional_vocab: Array(1001).fill({ content: 'word' }) })],
	['a sensitivity above 1', aConfig({ speaker_diarization_config: { speaker_sensitivity: 2 } })],
	['six languages to translate into', aConfig({}, { translation_config: { target_languages: ['a', 'b', 'c', 'd', 'e', 'f'] } })],
	['Melia 1 and auto', aConfig({ model: 'melia-1', language: 'auto' })],
	['an output locale and auto', aConfig({ output_locale: 'en-GB', language: 'auto' })],
	['four callbacks', aConfig({}, { notification_config: Array(4).fill({ url: URL }) })],
	['a callback without a URL', aConfig({}, { notification_config: [{ contents: [] }] })],
	['unknown contents', aConfig({}, { notification_config: [{ url: URL, contents: ['everything'] }] })],
	['a header with a line break', aConfig({}, { notification_config: [{ url: URL, auth_headers: ['A: b\r\nC: d'] }] })],
])('a config with %s is refused', async (_what, config) => {
	expect((await submit(config)).body).toMatchObject({ code: 400, error: 'Job rejected', detail: expect.stringContaining('Job config JSON is invalid') });
});

test('a job without a recording is refused', async () => {
	expect((await submit(aConfig(), null)).body).toEqual({ code: 400, error: 'Missing data_file' });
});

test('a callback inside the own network is refused where that was wished', async () => {
	sandbox.configure({ allowPrivateCallbacks: false });
	expect((await submit(aConfig({}, { notification_config: [{ url: 'http://localhost/hook' }] }))).status).toBe(400);
});

test('an unknown format is refused', async () => {
	const id = await finished(sandbox);
	expect((await call(sandbox, `/v2/jobs/${id}/transcript?format=vtt`)).body.error).toBe('Format Not Supported');
});
