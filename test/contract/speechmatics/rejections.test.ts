import { startSandbox, type Sandbox } from '../../../sandbox';
import { buildConfig, aForm, call, finished } from '../support/speechmatics';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02, speed: 1000 });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

const submit = async (config: object | string, sample?: string | null, account?: string) =>
	await call(sandbox, '/v2/jobs', { method: 'POST', form: aForm(config, sample), account });

describe('keys', () => {
	it.each(['', 'Bearer wrong', 'sandbox-speechmatics-key', 'bearer sandbox-speechmatics-key'])(
		'rejects “%s”',
		async (authorization) => {
			expect(await call(sandbox, '/v2/jobs', { headers: { authorization } })).toMatchObject({
				status: 401,
				body: { code: 401, error: 'Permission Denied' },
			});
		},
	);

	it('lets an account without entitlement read but not submit', async () => {
		expect((await call(sandbox, '/v2/jobs', { account: 'empty' })).status).toBe(200);
		expect((await submit(buildConfig(), undefined, 'empty')).body).toEqual({
			code: 403,
			error: 'Forbidden',
			detail: 'Entitlement check failed',
		});
	});

	it('hides jobs of other accounts', async () => {
		const id = await finished(sandbox);
		expect((await call(sandbox, `/v2/jobs/${id}`, { account: 'other' })).body).toEqual({
			code: 404,
			error: 'Job not found',
		});
	});

	it('keeps keys out of the request log', async () => {
		await call(sandbox, '/v2/jobs');
		expect(JSON.stringify(sandbox.requests.list())).not.toContain('sandbox-speechmatics-key');
	});
});

const URL = 'https://example.com/hook';
it.each<[string, object | string]>([
	['invalid JSON', '{'],
	['no type', { transcription_config: { language: 'en' } }],
	['no language', { type: 'transcription', transcription_config: {} }],
	['an unknown field', buildConfig({}, { color: 'red' })],
	['an unknown transcription field', buildConfig({ color: 'red' })],
	['an unknown model', buildConfig({ model: 'best' })],
	['an unknown diarization', buildConfig({ diarization: 'speaker_change' })],
	['a label with a space', buildConfig({ diarization: 'channel', channel_diarization_labels: ['Agent 1'] })],
	['1,001 words of vocabulary', buildConfig({ additional_vocab: Array(1001).fill({ content: 'word' }) })],
	['a sensitivity above 1', buildConfig({ speaker_diarization_config: { speaker_sensitivity: 2 } })],
	[
		'six languages to translate into',
		buildConfig({}, { translation_config: { target_languages: ['a', 'b', 'c', 'd', 'e', 'f'] } }),
	],
	['Melia 1 and auto', buildConfig({ model: 'melia-1', language: 'auto' })],
	['an output locale and auto', buildConfig({ output_locale: 'en-GB', language: 'auto' })],
	['four callbacks', buildConfig({}, { notification_config: Array(4).fill({ url: URL }) })],
	['a callback without a URL', buildConfig({}, { notification_config: [{ contents: [] }] })],
	['unknown contents', buildConfig({}, { notification_config: [{ url: URL, contents: ['everything'] }] })],
	[
		'a header with a line break',
		buildConfig({}, { notification_config: [{ url: URL, auth_headers: ['A: b\r\nC: d'] }] }),
	],
])('rejects a config with %s', async (_name, config) => {
	expect((await submit(config)).body).toMatchObject({
		code: 400,
		error: 'Job rejected',
		detail: expect.stringContaining('Job config JSON is invalid'),
	});
});

describe('models', () => {
	const melia = (inside: object = {}, beside: object = {}) =>
		buildConfig({ model: 'melia-1', language: 'multi', ...inside }, beside);
	const IDENTIFIED = { language_identification_config: { expected_languages: ['en', 'zz', 'yue'] } };

	it.each<[string, object, string]>([
		[
			'a domain and auto',
			buildConfig({ language: 'auto', domain: 'medical' }),
			"Languagepack 'auto-medical' is not supported",
		],
		['a domain and Standard', buildConfig({ domain: 'medical' }), 'Domain medical is not supported for en-standard'],
		[
			'an unknown domain',
			buildConfig({ model: 'enhanced', domain: 'legal' }),
			'Domain legal is not supported for en-enhanced',
		],
		[
			'multi and Enhanced',
			buildConfig({ model: 'enhanced', language: 'multi' }),
			"Languagepack 'multi' is not supported",
		],
		['multi and no model', buildConfig({ language: 'multi' }), "Languagepack 'multi' is not supported"],
		[
			'hints and Standard',
			buildConfig({ language_hints: ['en'] }),
			'Additional property language_hints is not allowed',
		],
		[
			'unknown expected languages',
			buildConfig({ language: 'auto' }, IDENTIFIED),
			'Language(s) [zz, yue] are not supported for language id',
		],
		['keyterms and Melia 1', melia({ additional_vocab: [] }), 'Additional property additional_vocab is not allowed'],
		['entities and Melia 1', melia({ enable_entities: false }), 'Additional property enable_entities is not allowed'],
		['a domain and Melia 1', melia({ domain: 'medical' }), 'Additional property domain is not allowed'],
		[
			'a translation and Melia 1',
			melia({}, { translation_config: { target_languages: ['de'] } }),
			'Additional property translation_config is not allowed',
		],
		[
			'a summary and Melia 1',
			melia({}, { summarization_config: {} }),
			'Additional property summarization_config is not allowed',
		],
		['a language pack and Melia 1', melia({ language: 'cmn_en' }), "Languagepack 'cmn_en' is not supported"],
		['an unknown hint and Melia 1', melia({ language_hints: ['en', 'zz'] }), 'Language hint(s) [zz] are not supported'],
	])('reject %s', async (_what, config, reason) => {
		expect((await submit(config)).body).toMatchObject({
			code: 400,
			detail: `Job config JSON is invalid. Error: ${reason}`,
		});
	});

	it.each<[string, object]>([
		['the Spanish and English pack', buildConfig({ language: 'es', domain: 'bilingual-en' })],
		['a domain and Enhanced', buildConfig({ model: 'enhanced', domain: 'medical' })],
		['a domain and the old name of Enhanced', buildConfig({ operating_point: 'enhanced', domain: 'medical' })],
		[
			'hints and speakers with Melia 1',
			melia({ language_hints: ['en', 'ar'], language_hints_strict: true, diarization: 'speaker' }),
		],
		['a language with Melia 1', melia({ language: 'en' })],
		[
			'anything with Oak 1',
			buildConfig({ model: 'oak-1', language: 'multi', domain: 'medical', language_hints: ['zz'] }),
		],
	])('accept %s', async (_what, config) => {
		expect((await submit(config)).status).toBe(201);
	});

	it('give words a confidence of 1 with Melia 1', async () => {
		const { body } = await call(sandbox, `/v2/jobs/${await finished(sandbox, melia())}/transcript`);
		const words = (body.results as Array<{ alternatives: Array<{ confidence: number; language: string }> }>).map(
			({ alternatives }) => alternatives[0],
		);
		expect(new Set(words.map((word) => word?.confidence))).toEqual(new Set([1]));
		expect(words[0]?.language).toBe('en');
	});
});

it('rejects a job without a recording', async () => {
	expect((await submit(buildConfig(), null)).body).toEqual({ code: 400, error: 'Missing data_file' });
});

it('rejects a private callback URL if private hosts are blocked', async () => {
	sandbox.configure({ allowPrivateCallbacks: false });
	expect((await submit(buildConfig({}, { notification_config: [{ url: 'http://localhost/hook' }] }))).status).toBe(400);
});

it('rejects an unknown format', async () => {
	const id = await finished(sandbox);
	expect((await call(sandbox, `/v2/jobs/${id}/transcript?format=vtt`)).body.error).toBe('Format Not Supported');
});
