import { requestBody } from '../../../../nodes/Transcription/providers/assemblyAi/request';

const DETECT = { language_detection: true };
const rl = (value: string) => ({ __rl: true, mode: 'list', value });
const detection = (values: object) => ({ languageDetectionOptions: { detection: values } });
const range = (values: object) => ({ speakerOptions: { range: values } });
const formatting = (values: object) => ({ textFormatting: { formatting: values } });
const understanding = (tasks: object) => ({ speechUnderstanding: tasks });
const REDACT = { redactPii: true, redactPiiPolicies: ['person_name'] };
const REDACTED = { ...DETECT, redact_pii: true, redact_pii_policies: ['person_name'] };

describe('AssemblyAI request', () => {
	it('only enables language detection without options', () => {
		expect(requestBody({})).toEqual(DETECT);
	});

	it.each([
		[
			'model',
			{ model: rl('assemblyai-stt-3-7, universal-2') },
			{ speech_models: ['assemblyai-stt-3-7', 'universal-2'] },
		],
		['model as text', { model: 'universal-2' }, { speech_models: ['universal-2'] }],
		['diarize', { diarize: true }, { speaker_labels: true }],
		['speakerCount', { diarize: true, speakerCount: 3 }, { speaker_labels: true, speakers_expected: 3 }],
		['keyterms', { keyterms: 'Ada Lovelace, engine' }, { keyterms_prompt: ['Ada Lovelace', 'engine'] }],
		['keyterms as a list', { keyterms: ['Lovelace, Ada'] }, { keyterms_prompt: ['Lovelace, Ada'] }],
		['audioStartFrom', { audioStartFrom: 1.2345 }, { audio_start_from: 1235 }],
		['audioStartFrom at the beginning', { audioStartFrom: 0 }, { audio_start_from: 0 }],
		['audioEndAt', { audioEndAt: 60 }, { audio_end_at: 60_000 }],
		['languageConfidenceThreshold', { languageConfidenceThreshold: 0.5 }, { language_confidence_threshold: 0.5 }],
		['languageConfidenceThreshold of 0', { languageConfidenceThreshold: 0 }, { language_confidence_threshold: 0 }],
		['codeSwitching', detection({ codeSwitching: true }), { language_detection_options: { code_switching: true } }],
		[
			'expectedLanguages',
			detection({ expectedLanguages: 'en, es' }),
			{ language_detection_options: { expected_languages: ['en', 'es'] } },
		],
		[
			'fallbackLanguage',
			detection({ fallbackLanguage: 'en' }),
			{ language_detection_options: { fallback_language: 'en' } },
		],
		[
			'onLowLanguageConfidence',
			detection({ onLowLanguageConfidence: 'fallback' }),
			{ language_detection_options: { on_low_language_confidence: 'fallback' } },
		],
		[
			'an expected fallbackLanguage',
			detection({ expectedLanguages: 'en, es', fallbackLanguage: 'es' }),
			{ language_detection_options: { expected_languages: ['en', 'es'], fallback_language: 'es' } },
		],
		[
			'codeSwitchingConfidenceThreshold',
			detection({ codeSwitching: true, codeSwitchingConfidenceThreshold: 0.2 }),
			{ language_detection_options: { code_switching: true, code_switching_confidence_threshold: 0.2 } },
		],
		['localization', detection({ localization: 'en_uk' }), { language_detection_options: { localization: ['en_uk'] } }],
		[
			'onNoSpeechDetected',
			detection({ onNoSpeechDetected: 'fallback', fallbackLanguage: 'en' }),
			{ language_detection_options: { on_no_speech_detected: 'fallback', fallback_language: 'en' } },
		],
		['swissGerman', detection({ swissGerman: true }), { language_detection_options: { swiss_german: true } }],
		['multichannel', { multichannel: true }, { multichannel: true }],
		[
			'speakerOptions',
			{ diarize: true, ...range({ minSpeakersExpected: 2, maxSpeakersExpected: 4 }) },
			{ speaker_labels: true, speaker_options: { min_speakers_expected: 2, max_speakers_expected: 4 } },
		],
		[
			'speakerOptions without a maximum',
			{ diarize: true, ...range({ minSpeakersExpected: 2, maxSpeakersExpected: 0 }) },
			{ speaker_labels: true, speaker_options: { min_speakers_expected: 2 } },
		],
		[
			'speakerOptions with one number',
			{ diarize: true, ...range({ minSpeakersExpected: 2, maxSpeakersExpected: 2 }) },
			{ speaker_labels: true, speaker_options: { min_speakers_expected: 2, max_speakers_expected: 2 } },
		],
		[
			'keytermsMatchStrength',
			{ keyterms: 'Ada', keytermsMatchStrength: 'high' },
			{ keyterms_prompt: ['Ada'], keyterms_prompt_options: { keyterms_match_strength: 'high' } },
		],
		['prompt', { prompt: ' A call.\nTwo people. ' }, { prompt: 'A call.\nTwo people.' }],
		['a prompt and keyterms', { prompt: 'A call.', keyterms: 'Ada' }, { prompt: 'A call.', keyterms_prompt: ['Ada'] }],
		['temperature of 0', { temperature: 0 }, { temperature: 0 }],
		['domain', { domain: 'medical-v1' }, { domain: 'medical-v1' }],
		['an unknown domain', { domain: 'legal-v1' }, { domain: 'legal-v1' }],
		['speechThreshold', { speechThreshold: 0.25 }, { speech_threshold: 0.25 }],
		['punctuate off', formatting({ punctuate: false }), { punctuate: false }],
		['formatText off', formatting({ formatText: 'false' }), { format_text: false }],
		['disfluencies', formatting({ disfluencies: true }), { disfluencies: true }],
		['filterProfanity', formatting({ filterProfanity: true }), { filter_profanity: true }],
		['removeAudioTags: speaker', formatting({ removeAudioTags: 'speaker' }), { remove_audio_tags: 'speaker' }],
		['removeAudioTags: none', formatting({ removeAudioTags: 'none' }), { remove_audio_tags: null }],
		[
			'customSpelling',
			{
				customSpelling: {
					spelling: [
						{ from: 'sequel, s q l', to: 'SQL' },
						{ from: 'ada', to: 'Ada' },
					],
				},
			},
			{
				custom_spelling: [
					{ from: ['sequel', 's q l'], to: 'SQL' },
					{ from: ['ada'], to: 'Ada' },
				],
			},
		],
		[
			'customSpelling from an expression that returns a single entry',
			{ customSpelling: { spelling: { from: ['a, b'], to: 'C' } } },
			{ custom_spelling: [{ from: ['a, b'], to: 'C' }] },
		],
		[
			'analyses',
			{ analyses: ['auto_highlights', 'sentiment_analysis'] },
			{ auto_highlights: true, sentiment_analysis: true },
		],
		[
			'every analysis',
			{ analyses: 'content_safety, entity_detection, iab_categories', contentSafetyConfidence: 25 },
			{ content_safety: true, entity_detection: true, iab_categories: true, content_safety_confidence: 25 },
		],
		[
			'translation',
			understanding({ translation: { targetLanguages: 'es, de', formal: false } }),
			{ speech_understanding: { request: { translation: { target_languages: ['es', 'de'], formal: false } } } },
		],
		[
			'translation, formal by default',
			understanding({ translation: { targetLanguages: 'es' } }),
			{ speech_understanding: { request: { translation: { target_languages: ['es'], formal: true } } } },
		],
		[
			'matchOriginalUtterance',
			{
				multichannel: true,
				...understanding({ translation: { targetLanguages: 'es', matchOriginalUtterance: true } }),
			},
			{
				multichannel: true,
				speech_understanding: {
					request: { translation: { target_languages: ['es'], formal: true, match_original_utterance: true } },
				},
			},
		],
		[
			'speakerIdentification by name',
			{ diarize: true, ...understanding({ speakerIdentification: { speakerType: 'name', knownValues: '' } }) },
			{ speaker_labels: true, speech_understanding: { request: { speaker_identification: { speaker_type: 'name' } } } },
		],
		[
			'speakerIdentification by role',
			{
				diarize: true,
				...understanding({ speakerIdentification: { speakerType: 'role', knownValues: 'Agent, Customer' } }),
			},
			{
				speaker_labels: true,
				speech_understanding: {
					request: { speaker_identification: { speaker_type: 'role', known_values: ['Agent', 'Customer'] } },
				},
			},
		],
		[
			'customFormatting',
			understanding({ customFormatting: { date: 'mm/dd/yyyy', phoneNumber: '', emailAddress: 'a@b.c' } }),
			{ speech_understanding: { request: { custom_formatting: { date: 'mm/dd/yyyy', email: 'a@b.c' } } } },
		],
		[
			'summarization at its defaults',
			understanding({ summarization: {} }),
			{ speech_understanding: { request: { summarization: { summary_type: 'paragraph' } } } },
		],
		[
			'summarization',
			understanding({ summarization: { summaryType: 'bullets', effort: 'medium' } }),
			{ speech_understanding: { request: { summarization: { summary_type: 'bullets', effort: 'medium' } } } },
		],
		[
			'actionItems at their defaults',
			understanding({ actionItems: { effort: 'low', includeDecisions: false } }),
			{ speech_understanding: { request: { action_items: {} } } },
		],
		[
			'actionItems',
			understanding({ actionItems: { effort: 'medium', includeDecisions: true } }),
			{ speech_understanding: { request: { action_items: { effort: 'medium', include_decisions: true } } } },
		],
	])('sends %s', (_option, options, fields) => {
		expect(requestBody(options)).toEqual({ ...DETECT, ...fields });
	});

	it.each([
		['redactPii with its policies', {}, {}],
		['redactPiiSub', { redactPiiSub: 'entity_name' }, { redact_pii_sub: 'entity_name' }],
		['redactPiiAudio', { redactPiiAudio: true }, { redact_pii_audio: true }],
		['redactPiiReturnUnredacted', { redactPiiReturnUnredacted: true }, { redact_pii_return_unredacted: true }],
		[
			'redactStaticEntities',
			{
				redactStaticEntities: {
					entity: [
						{ label: 'TOOL', terms: 'Bearclaw, Cub claw' },
						{ label: 'CITY', terms: ['Brno'] },
					],
				},
			},
			{ redact_static_entities: { TOOL: ['Bearclaw', 'Cub claw'], CITY: ['Brno'] } },
		],
		[
			'redactPiiAudioOptions',
			{
				redactPiiAudio: true,
				redactPiiAudioOptions: {
					audio: { returnRedactedNoSpeechAudio: true, overrideAudioRedactionMethod: 'silence' },
				},
			},
			{
				redact_pii_audio: true,
				redact_pii_audio_options: { return_redacted_no_speech_audio: true, override_audio_redaction_method: 'silence' },
			},
		],
		[
			'no redactPiiAudioOptions at their defaults',
			{
				redactPiiAudio: true,
				redactPiiAudioOptions: { audio: { returnRedactedNoSpeechAudio: false, overrideAudioRedactionMethod: 'beep' } },
			},
			{ redact_pii_audio: true },
		],
		[
			'redactPiiAudioQuality',
			{ redactPiiAudio: true, redactPiiAudioQuality: 'wav' },
			{ redact_pii_audio: true, redact_pii_audio_quality: 'wav' },
		],
	])('sends %s', (_option, options, fields) => {
		expect(requestBody({ ...REDACT, ...options })).toEqual({ ...REDACTED, ...fields });
	});

	it.each([
		['language from the list', { language: rl('de') }],
		['language as text', { language: 'de' }],
	])('sends the %s instead of language detection', (_what, options) => {
		expect(requestBody(options)).toEqual({ language_code: 'de' });
	});

	it('sends several languages instead of language detection', () => {
		expect(requestBody({ languageCodes: 'en_us, es' })).toEqual({ language_codes: ['en_us', 'es'] });
	});

	it('detects the language if Language is added but empty', () => {
		expect(requestBody({ language: rl('') })).toEqual(DETECT);
	});

	it.each([
		['switches', { diarize: false, multichannel: false, redactPii: false, redactPiiAudio: false }],
		['texts', { model: rl(''), keyterms: '', additionalFields: '{}' }],
		[
			'detection options at their defaults',
			detection({
				codeSwitching: false,
				expectedLanguages: '',
				fallbackLanguage: 'auto',
				onLowLanguageConfidence: 'error',
			}),
		],
		['Redact PII Policies', { redactPiiPolicies: [] }],
		[
			'empty groups',
			{
				textFormatting: {},
				customSpelling: {},
				redactStaticEntities: {},
				speechUnderstanding: {},
				redactPiiAudioOptions: {},
			},
		],
		[
			'formatting at its defaults',
			formatting({
				disfluencies: false,
				filterProfanity: false,
				formatText: true,
				punctuate: true,
				removeAudioTags: 'default',
			}),
		],
		[
			'texts and lists',
			{ prompt: ' ', languageCodes: '', analyses: [], domain: '', temperature: '', speechThreshold: '' },
		],
		[
			'thresholds of disabled options',
			detection({
				codeSwitching: false,
				codeSwitchingConfidenceThreshold: 0.3,
				localization: '',
				onNoSpeechDetected: 'error',
				swissGerman: false,
			}),
		],
	])('omits %s that are off or empty', (_what, options) => {
		expect(requestBody(options)).toEqual(DETECT);
	});

	it('doesn’t send Callback Base URL', () => {
		expect(requestBody({ callbackBaseUrl: 'https://n8n.example.com/webhook' })).toEqual(DETECT);
	});

	it('sends additional fields unchanged', () => {
		expect(
			requestBody({ additionalFields: '{"punctuate":false,"custom_spelling":[{"from":["a"],"to":"b"}]}' }),
		).toEqual({
			...DETECT,
			punctuate: false,
			custom_spelling: [{ from: ['a'], to: 'b' }],
		});
	});

	it('adds additional fields to the tasks and groups that options set', () => {
		const additional = {
			speech_understanding: { request: { translation: { force_translation: true }, mood: {} } },
			language_detection_options: { language_detection_model: 'x' },
		};
		expect(
			requestBody({
				...understanding({ translation: { targetLanguages: 'es' } }),
				...detection({ swissGerman: true }),
				additionalFields: JSON.stringify(additional),
			}),
		).toEqual({
			...DETECT,
			language_detection_options: { swiss_german: true, language_detection_model: 'x' },
			speech_understanding: {
				request: { translation: { target_languages: ['es'], formal: true, force_translation: true }, mood: {} },
			},
		});
	});

	it.each([{ language_codes: ['en', 'es'] }, { language_code: 'en' }, { language_detection: false }])(
		'uses the language in additional fields: %p',
		(fields) => {
			expect(requestBody({ additionalFields: JSON.stringify(fields) })).toEqual(fields);
		},
	);
});
