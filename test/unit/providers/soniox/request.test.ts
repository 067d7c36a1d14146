import { requestBody } from '../../../../nodes/Transcription/providers/soniox/request';

const rl = (value: string) => ({ __rl: true, mode: 'list', value });
const MODEL = { model: 'stt-async-v5' };
const oneWay = (targetLanguage: string) => ({ translation: { oneWay: { targetLanguage } } });
const twoWay = (languageA: string, languageB: string) => ({ translation: { twoWay: { languageA, languageB } } });

describe('Soniox request', () => {
	it('only contains the default model without options', () => {
		expect(requestBody({})).toEqual(MODEL);
	});

	it.each([
		['language', { language: rl('en') }, { language_hints: ['en'] }],
		['several languages', { language: 'en, es' }, { language_hints: ['en', 'es'] }],
		['languages as a list', { language: ['en', 'es'] }, { language_hints: ['en', 'es'] }],
		[
			'languageHintsStrict',
			{ language: 'en', languageHintsStrict: true },
			{ language_hints: ['en'], language_hints_strict: true },
		],
		['diarize', { diarize: true }, { enable_speaker_diarization: true }],
		['diarize as text', { diarize: 'true' }, { enable_speaker_diarization: true }],
		['enableLanguageIdentification', { enableLanguageIdentification: true }, { enable_language_identification: true }],
		['keyterms', { keyterms: 'Ada Lovelace, engine' }, { context: { terms: ['Ada Lovelace', 'engine'] } }],
		['keyterms as a list', { keyterms: ['Lovelace, Ada'] }, { context: { terms: ['Lovelace, Ada'] } }],
		['contextText', { contextText: 'A talk.' }, { context: { text: 'A talk.' } }],
		[
			'contextGeneral',
			{
				contextGeneral: {
					fact: [
						{ key: 'topic', value: 'Engines' },
						{ key: 'domain', value: 'History' },
					],
				},
			},
			{
				context: {
					general: [
						{ key: 'topic', value: 'Engines' },
						{ key: 'domain', value: 'History' },
					],
				},
			},
		],
		[
			'contextTranslationTerms',
			{ contextTranslationTerms: { term: [{ source: 'Mr.', target: 'Herr' }] } },
			{ context: { translation_terms: [{ source: 'Mr.', target: 'Herr' }] } },
		],
		['one-way translation', oneWay('fr'), { translation: { type: 'one_way', target_language: 'fr' } }],
		[
			'two-way translation',
			twoWay('en', 'es'),
			{ translation: { type: 'two_way', language_a: 'en', language_b: 'es' } },
		],
		['clientReferenceId', { clientReferenceId: 'order-1' }, { client_reference_id: 'order-1' }],
		['a numeric clientReferenceId', { clientReferenceId: 4711 }, { client_reference_id: '4711' }],
	])('sends %s', (_option, options, fields) => {
		expect(requestBody(options)).toEqual({ ...MODEL, ...fields });
	});

	it('combines the parts of the context', () => {
		const options = {
			keyterms: 'engine',
			contextText: 'A talk.',
			contextGeneral: { fact: [{ key: 'a', value: 'b' }] },
		};
		expect(requestBody(options)).toEqual({
			...MODEL,
			context: { terms: ['engine'], text: 'A talk.', general: [{ key: 'a', value: 'b' }] },
		});
	});

	it.each([
		['from the list', rl('stt-async-v6')],
		['as text', 'stt-async-v6'],
	])('sends the model %s instead of the default', (_what, model) => {
		expect(requestBody({ model })).toEqual({ model: 'stt-async-v6' });
	});

	it('uses the model in additional fields if the option isn’t set', () => {
		expect(requestBody({ additionalFields: { model: 'stt-async-v6' } })).toEqual({ model: 'stt-async-v6' });
	});

	it.each([
		['switches', { diarize: false, enableLanguageIdentification: 'false', languageHintsStrict: false }],
		[
			'texts',
			{
				model: rl(''),
				language: rl(''),
				keyterms: '',
				contextText: ' ',
				clientReferenceId: '',
				additionalFields: '{}',
			},
		],
		['collections', { contextGeneral: {}, contextTranslationTerms: { term: [] }, translation: {} }],
		['rows', { contextGeneral: { fact: [{ key: '', value: '' }] }, contextTranslationTerms: { term: [{}] } }],
	])('omits %s that are off or empty', (_what, options) => {
		expect(requestBody(options)).toEqual(MODEL);
	});

	it('doesn’t send options of the node itself', () => {
		expect(requestBody({ callbackBaseUrl: 'https://n8n.example.com/webhook', skipTriggerCheck: true })).toEqual(MODEL);
	});

	it('sends additional fields unchanged', () => {
		expect(requestBody({ additionalFields: '{"new_field":{"a":[1]}}' })).toEqual({ ...MODEL, new_field: { a: [1] } });
	});

	it('adds additional fields to the context that options set', () => {
		const options = { keyterms: 'Ada', additionalFields: { context: { text: 'A call.' } } };
		expect(requestBody(options)).toMatchObject({ context: { terms: ['Ada'], text: 'A call.' } });
	});

	it('restricts recognition to languages in additional fields', () => {
		const options = { languageHintsStrict: true, additionalFields: { language_hints: ['en'] } };
		expect(requestBody(options)).toEqual({ ...MODEL, language_hints_strict: true, language_hints: ['en'] });
	});

	it.each([
		['a model of 32 characters', { model: 'm'.repeat(32) }, { model: 'm'.repeat(32) }],
		['a language code of 10', { language: 'zh-Hant-TW' }, { ...MODEL, language_hints: ['zh-Hant-TW'] }],
		['a reference of 256', { clientReferenceId: 'é'.repeat(256) }, { ...MODEL, client_reference_id: 'é'.repeat(256) }],
		[
			'a reference of 256 emojis',
			{ clientReferenceId: '🎧'.repeat(256) },
			{ ...MODEL, client_reference_id: '🎧'.repeat(256) },
		],
		['100 languages', { language: 'en,'.repeat(100) }, { ...MODEL, language_hints: Array(100).fill('en') }],
	])('accepts %s', (_what, options, request) => {
		expect(requestBody(options)).toEqual(request);
	});
});

describe('Invalid options for Soniox', () => {
	it.each([
		['a model that is too long', { model: 'm'.repeat(33) }, '“Model” has 33 characters'],
		['a sentence as language', { language: 'English please' }, '“Language” contains “English please”'],
		['too many languages', { language: 'en,'.repeat(101) }, '“Language” contains 101 languages'],
		[
			'a reference that is too long',
			{ clientReferenceId: 'x'.repeat(257) },
			'“Client Reference ID” has 257 characters',
		],
		['strict hints without a language', { languageHintsStrict: true }, '“Language Hints Strict” requires “Language”'],
		['strict hints with an empty language', { languageHintsStrict: true, language: rl('') }, 'requires “Language”'],
		[
			'both kinds of translation',
			{ translation: { ...oneWay('fr').translation, ...twoWay('en', 'es').translation } },
			'both “One Way” and “Two Way”',
		],
		['translation without a target', oneWay(''), '“Target Language” in “Translation” is empty'],
		['translation without language A', twoWay('', 'es'), '“Language A” in “Translation” is empty'],
		['translation without language B', twoWay('en', ' '), '“Language B” in “Translation” is empty'],
		['translation between a language and itself', twoWay('en', 'en'), 'are both “en”'],
		['translation into a sentence', oneWay('into French'), '“Target Language” contains “into French”'],
		[
			'a fact without value',
			{ contextGeneral: { fact: [{ key: 'topic', value: '' }] } },
			'“Context General” has only one of key and value: “topic”',
		],
		[
			'a term without source',
			{ contextTranslationTerms: { term: [{ target: 'Herr' }] } },
			'“Context Translation Terms” has only one of source and target: “Herr”',
		],
		[
			'a model name in additional fields that is too long',
			{ additionalFields: { model: 'm'.repeat(33) } },
			'“model” in “Additional Fields (JSON)” has 33 characters',
		],
		[
			'a reference in additional fields that is too long',
			{ additionalFields: { client_reference_id: 'r'.repeat(257) } },
			'“client_reference_id” in “Additional Fields (JSON)” has 257 characters',
		],
		[
			'101 languages in additional fields',
			{ additionalFields: { language_hints: Array(101).fill('en') } },
			'“language_hints” in “Additional Fields (JSON)” contains 101 languages',
		],
		[
			'a sentence as a language in additional fields',
			{ additionalFields: { language_hints: ['into French'] } },
			'“language_hints” in “Additional Fields (JSON)” contains “into French”',
		],
		[
			'an unknown kind of translation in additional fields',
			{ additionalFields: { translation: { type: 'oneway', target_language: 'en' } } },
			'“translation.type” in “Additional Fields (JSON)” has an invalid value: “oneway”',
		],
		['a boolean with other text', { diarize: 'perhaps' }, '“Diarize” has an invalid value: "perhaps"'],
		['additional fields that aren’t JSON', { additionalFields: '{' }, 'isn’t valid JSON'],
		[
			'context by options and by additional fields',
			{ keyterms: 'a', additionalFields: { context: 'b' } },
			'“context” is set both by an option',
		],
		[
			'a model by option and by additional fields',
			{ model: 'a', additionalFields: { model: 'b' } },
			'“model” is set both by an option',
		],
	])('rejects %s', (_what, options, message) => {
		expect(() => requestBody(options)).toThrow(message);
	});

	it.each([
		['audio_url', 'Source'],
		['file_id', 'Source'],
		['webhook_url', 'Callback'],
		['webhook_auth_header_name', 'Callback'],
		['webhook_auth_header_value', 'Callback'],
	])('rejects %s in additional fields and names the parameter to use', (field, parameter) => {
		const act = () => requestBody({ additionalFields: { [field]: 'x' } });
		expect(act).toThrow(`sets “${field}”`);
		expect(act).toThrow(
			expect.objectContaining({
				explanation: expect.objectContaining({ description: expect.stringContaining(parameter) }),
			}),
		);
	});
});
