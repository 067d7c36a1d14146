import { startSandbox, type Sandbox } from '../../../sandbox';
import { call, samplePath, sdk } from '../support/assemblyAi';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02 });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

async function submit(fields: Record<string, unknown>): Promise<{ status: number; error: string | undefined }> {
	const body = JSON.stringify({ audio_url: `${sandbox.origin}/samples/thank-you.wav`, ...fields });
	const response = await call(sandbox, '/v2/transcript', { method: 'POST', body });
	return { status: response.status, error: ((await response.json()) as { error?: string }).error };
}

describe('keys', () => {
	it.each(['', 'wrong', 'Bearer sandbox-assemblyai-key'])('rejects the key "%s"', async (key) => {
		const response = await call(sandbox, '/v2/transcript?limit=1', { key });
		expect([response.status, await response.json()]).toEqual([
			401,
			{ error: 'Authentication error, API token missing/invalid' },
		]);
	});

	it('lets an account without balance read but not submit', async () => {
		const { transcripts } = sdk(sandbox, 'empty');
		expect((await transcripts.list()).transcripts).toEqual([]);
		await expect(transcripts.submit({ audio: `${sandbox.origin}/samples/thank-you.wav` })).rejects.toThrow(
			/balance is negative.*top up/,
		);
	});

	it.each(['00000000-0000-4000-8000-000000000000', 'not-a-uuid'])('returns 400 for the unknown ID %s', async (id) => {
		const response = await call(sandbox, `/v2/transcript/${id}`);
		expect([response.status, await response.json()]).toEqual([
			400,
			{ error: 'Transcript lookup error, transcript id not found' },
		]);
	});

	it('hides transcripts of other accounts', async () => {
		const { id } = await sdk(sandbox, 'other').transcripts.submit({ audio: samplePath('thank-you.wav') });
		await expect(sdk(sandbox).transcripts.get(id)).rejects.toThrow(/transcript id not found/);
	});

	it('keeps keys out of the request log', async () => {
		await sdk(sandbox).transcripts.list();
		await call(sandbox, '/v2/transcript', { key: 'secret-but-wrong' });
		const log = JSON.stringify(sandbox.requests.list());
		expect(sandbox.requests.list().map(({ authorized, account }) => [authorized, account])).toEqual([
			[true, 'main'],
			[false, null],
		]);
		expect(log).not.toMatch(/sandbox-assemblyai-key|secret-but-wrong/);
	});
});

const INVALID_FIELDS: Array<[string, Record<string, unknown>, RegExp]> = [
	['an unknown field', { color: 'red' }, /color/],
	['an unknown nested field', { speaker_options: { most: 2 } }, /speaker_options\.most/],
	['a boolean as a string', { format_text: 'yes' }, /format_text must be a Boolean/],
	['a number as a string', { audio_start_from: '5' }, /audio_start_from must be an? /],
	['a fraction out of range', { temperature: 1.5 }, /temperature must be at most 1/],
	['a confidence out of range', { content_safety_confidence: 10 }, /content_safety_confidence must be at least 25/],
	['an unknown policy', { redact_pii: true, redact_pii_policies: ['shoe_size'] }, /redact_pii_policies/],
	['an empty list of models', { speech_models: [] }, /non-empty list containing one or more of: "assemblyai-stt-3-7"/],
	...['best', 'slam-1', 'universal-3-pro', 'model-of-tomorrow'].map(
		(model): [string, Record<string, unknown>, RegExp] => [
			`the model ${model}`,
			{ speech_models: [model] },
			/"speech_models" must be a non-empty list/,
		],
	),
	['the former field for a single model', { speech_model: 'universal-2' }, /speech_model parameter is deprecated/],
	['sentiment without punctuation', { sentiment_analysis: true, punctuate: false }, /requires punctuate/],
	['a spelling of two words', { custom_spelling: [{ from: ['nyc'], to: 'New York' }] }, /to must be a single word/],
	[
		'a spelling for six words',
		{ custom_spelling: [{ from: ['a b c d e f'], to: 'SQL' }] },
		/from must not be longer than 5 words/,
	],
	[
		'a label with a dot',
		{ redact_pii: true, redact_static_entities: { 'A.B': ['x'] } },
		/labels must only contain letters/,
	],
	[
		'a label of 81 characters',
		{ redact_pii: true, redact_static_entities: { ['L'.repeat(81)]: ['x'] } },
		/longer than 80 characters/,
	],
	[
		'a variant other than of English',
		{ language_detection_options: { localization: ['es_mx'] } },
		/localization must be one of: en_au, en_uk/,
	],
	[
		'a fallback language that isn’t expected',
		{ language_detection_options: { expected_languages: ['en', 'es'], fallback_language: 'de' } },
		/fallback_language must be auto or one of/,
	],
	[
		'a summary without a type',
		{ speech_understanding: { request: { summarization: {} } } },
		/summarization\.summary_type is required/,
	],
	[
		'an unknown effort',
		{ speech_understanding: { request: { action_items: { effort: 'high' } } } },
		/effort must be one of: low, medium/,
	],
	['an invalid audio URL', { audio_url: 'recording.mp3' }, /audio_url/],
	[
		'a language together with detection',
		{ language_code: 'en', language_detection: true },
		/language_code and language_detection/,
	],
	[
		'both one language and several',
		{ language_code: 'en', language_codes: ['en', 'es'] },
		/language_code and language_codes/,
	],
	['several languages without English', { language_codes: ['de', 'es'] }, /language_codes must contain en/],
	['languages as a string', { language_codes: 'en,es' }, /language_codes must be an Array/],
	[
		'an unknown detection option',
		{ language_detection_options: { fallback: 'en' } },
		/language_detection_options\.fallback/,
	],
	[
		'a switching threshold out of range',
		{ language_detection_options: { code_switching_confidence_threshold: 3 } },
		/must be at most 1/,
	],
	[
		'a fallback without a language',
		{ language_detection_options: { on_no_speech_detected: 'fallback' } },
		/specific fallback_language/,
	],
	[
		'an unknown setting for silence',
		{ language_detection_options: { on_no_speech_detected: 'skip' } },
		/on_no_speech_detected must be one of/,
	],
	[
		'two variants of a language',
		{ language_detection_options: { localization: ['en_au', 'en_uk'] } },
		/one variant per language/,
	],
	[
		'Swiss German as a string',
		{ language_detection_options: { swiss_german: 'yes' } },
		/swiss_german must be a Boolean/,
	],
	['a minimum of 0 speakers', { speaker_labels: true, speaker_options: { min_speakers_expected: 0 } }, /at least 1/],
	[
		'an unknown match strength',
		{ keyterms_prompt: ['n8n'], keyterms_prompt_options: { keyterms_match_strength: 'low' } },
		/must be one of: high, standard/,
	],
	['a prompt as a list', { prompt: ['Names'] }, /prompt must be a String/],
	['an unknown domain', { domain: 'legal-v1' }, /domain must be one of: medical-v1/],
	['unknown tags', { remove_audio_tags: 'music' }, /remove_audio_tags must be one of: all, speaker/],
	['a spelling without words to replace', { custom_spelling: [{ from: [], to: 'SQL' }] }, /custom_spelling/],
	[
		'a spelling whose words are a string',
		{ custom_spelling: [{ from: 'sequel', to: 'SQL' }] },
		/from must be an Array/,
	],
	['a speech threshold out of range', { speech_threshold: 2 }, /speech_threshold must be at most 1/],
	['an analysis setting as a string', { sentiment_analysis: 'yes' }, /sentiment_analysis must be a Boolean/],
	[
		'a moderation confidence with a fraction',
		{ content_safety: true, content_safety_confidence: 50.5 },
		/must be an Integer/,
	],
	[
		'unredacted text without redaction',
		{ redact_pii_return_unredacted: true },
		/redact_pii_return_unredacted requires redact_pii/,
	],
	[
		'terms without redaction',
		{ redact_static_entities: { TOOL: ['Bearclaw'] } },
		/redact_static_entities requires redact_pii/,
	],
	[
		'101 labels',
		{
			redact_pii: true,
			redact_static_entities: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`L${i}`, ['x']])),
		},
		/100 labels/,
	],
	['201 terms', { redact_pii: true, redact_static_entities: { TOOL: Array(201).fill('x') } }, /too long/],
	[
		'an unknown audio redaction method',
		{ redact_pii: true, redact_pii_audio: true, redact_pii_audio_options: { override_audio_redaction_method: 'beep' } },
		/must be one of: silence/,
	],
	['speech understanding without a request', { speech_understanding: {} }, /speech_understanding\.request is required/],
	[
		'an unknown kind of speech understanding',
		{ speech_understanding: { request: { mood: {} } } },
		/speech_understanding\.request\.mood/,
	],
	[
		'a translation without target languages',
		{ speech_understanding: { request: { translation: { target_languages: [] } } } },
		/target_languages must not be empty/,
	],
	[
		'speaker identification without speaker labels',
		{ speech_understanding: { request: { speaker_identification: { speaker_type: 'name' } } } },
		/requires speaker_labels/,
	],
	[
		'identification by role without known roles',
		{ speaker_labels: true, speech_understanding: { request: { speaker_identification: { speaker_type: 'role' } } } },
		/known_values is required/,
	],
	[
		'a role of 36 characters',
		{
			speaker_labels: true,
			speech_understanding: {
				request: { speaker_identification: { speaker_type: 'role', known_values: ['x'.repeat(36)] } },
			},
		},
		/35 characters/,
	],
	[
		'an unknown type of speaker identification',
		{ speaker_labels: true, speech_understanding: { request: { speaker_identification: { speaker_type: 'voice' } } } },
		/must be one of: role, name/,
	],
	['a speaker count without speaker labels', { speakers_expected: 2 }, /requires speaker_labels/],
	[
		'a speaker count together with speaker options',
		{ speaker_labels: true, speakers_expected: 2, speaker_options: { min_speakers_expected: 1 } },
		/cannot be used together/,
	],
	[
		'a minimum of speakers above the maximum',
		{ speaker_labels: true, speaker_options: { min_speakers_expected: 3, max_speakers_expected: 2 } },
		/must not be greater/,
	],
	['speaker labels without punctuation', { speaker_labels: true, punctuate: false }, /requires punctuate/],
	['a key term of seven words', { keyterms_prompt: ['one two three four five six seven'] }, /6 words/],
	[
		'201 key terms for universal-2',
		{ speech_models: ['universal-2'], keyterms_prompt: Array(201).fill('word') },
		/200/,
	],
	['1001 key terms', { keyterms_prompt: Array(1001).fill('word') }, /1000/],
	['a prompt of 1501 words', { prompt: Array(1501).fill('word').join(' ') }, /1500/],
	['redaction without formatting', { redact_pii: true, format_text: false }, /requires format_text/],
	['redacted audio without redaction', { redact_pii_audio: true }, /redact_pii_audio requires redact_pii/],
	['policies without redaction', { redact_pii_policies: ['date'] }, /redact_pii_policies requires redact_pii/],
	['a substitution without redaction', { redact_pii_sub: 'hash' }, /redact_pii_sub requires redact_pii/],
	['an end before the start', { audio_start_from: 2000, audio_end_at: 1000 }, /audio_end_at/],
	['an invalid webhook URL', { webhook_url: 'somewhere' }, /webhook_url/],
	['an FTP webhook URL', { webhook_url: 'ftp://example.com/x' }, /http or https/],
	[
		'a header name without a value',
		{ webhook_url: 'https://example.com', webhook_auth_header_name: 'X-Key' },
		/used together/,
	],
	[
		'a header value without a name',
		{ webhook_url: 'https://example.com', webhook_auth_header_value: 'x' },
		/used together/,
	],
	[
		'a header without a webhook',
		{ webhook_auth_header_name: 'X-Key', webhook_auth_header_value: 'x' },
		/requires webhook_url/,
	],
	[
		'a header name with a space',
		{ webhook_url: 'https://example.com', webhook_auth_header_name: 'X Key', webhook_auth_header_value: 'x' },
		/invalid characters/,
	],
	[
		'a header value with a line break',
		{ webhook_url: 'https://example.com', webhook_auth_header_name: 'X-Key', webhook_auth_header_value: 'a\r\nb' },
		/line breaks/,
	],
];

describe('submit', () => {
	it.each(INVALID_FIELDS)('rejects %s', async (_name, fields, message) => {
		const { status, error } = await submit(fields);
		expect(status).toBe(400);
		expect(error).toMatch(message);
		expect(sandbox.jobs.list()).toEqual([]);
	});

	it.each(['', '{', '[]', '"text"'])('rejects the body %j', async (body) => {
		expect((await call(sandbox, '/v2/transcript', { method: 'POST', body })).status).toBe(400);
	});

	it('rejects a private webhook URL if private hosts are blocked', async () => {
		const fields = { webhook_url: 'http://127.0.0.1:5678/webhook' };
		expect((await submit(fields)).status).toBe(200);
		sandbox.configure({ allowPrivateCallbacks: false });
		expect(await submit(fields)).toMatchObject({ status: 400, error: expect.stringMatching(/internet/) as string });
		expect((await submit({ webhook_url: 'https://hooks.example.com/x' })).status).toBe(200);
	});

	it.each<[string, Record<string, unknown>]>([
		['every current model', { speech_models: ['assemblyai-stt-3-7', 'universal-3-5-pro', 'universal-2'] }],
		['key terms together with a prompt', { keyterms_prompt: ['n8n'], prompt: 'Names' }],
		[
			'an expected fallback language',
			{ language_detection_options: { expected_languages: ['en'], fallback_language: 'en' } },
		],
		[
			'every task',
			{ speech_understanding: { request: { summarization: { summary_type: 'bullets' }, action_items: {} } } },
		],
	])('accepts %s', async (_what, fields) => {
		expect(await submit(fields)).toEqual({ status: 200, error: undefined });
	});

	it('accepts unknown languages, null values, and deprecated fields', async () => {
		const fields = {
			language_code: 'tlh',
			speakers_expected: null,
			word_boost: ['n8n'],
			summarization: true,
		};
		expect((await submit(fields)).status).toBe(200);
	});

	it('returns 422 in plain text for an empty upload', async () => {
		const response = await call(sandbox, '/v2/upload', { method: 'POST', body: '' });
		expect([response.status, await response.text()]).toEqual([
			422,
			expect.stringMatching(/^Upload failed, please try again/),
		]);
	});

	it('returns 404 in AssemblyAI’s format for an unknown path', async () => {
		const response = await call(sandbox, '/v2/transcripts');
		expect([response.status, await response.json()]).toEqual([404, { error: 'Not found' }]);
	});
});
