import { requestBody } from '../../../../nodes/Transcription/providers/assemblyAi/requestBody';

const DETECT = { language_detection: true };
const rl = (value: string) => ({ __rl: true, mode: 'list', value });
const detection = (values: object) => ({ languageDetectionOptions: { detection: values } });
const REDACT = { redactPii: true, redactPiiPolicies: ['person_name'] };
const REDACTED = { ...DETECT, redact_pii: true, redact_pii_policies: ['person_name'] };

describe('the request to AssemblyAI', () => {
	it('asks for language detection, and nothing else, without options', () => {
		expect(requestBody({})).toEqual(DETECT);
	});

	it.each([
		['model', { model: rl('assemblyai-stt-3-7, universal-2') }, { speech_models: ['assemblyai-stt-3-7', 'universal-2'] }],
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
		['expectedLanguages', detection({ expectedLanguages: 'en, es' }), { language_detection_options: { expected_languages: ['en', 'es'] } }],
		['fallbackLanguage', detection({ fallbackLanguage: 'en' }), { language_detection_options: { fallback_language: 'en' } }],
		['onLowLanguageConfidence', detection({ onLowLanguageConfidence: 'fallback' }), { language_detection_options: { on_low_language_confidence: 'fallback' } }],
		['multichannel', { multichannel: true }, { multichannel: true }],
	])('sends %s', (_option, options, fields) => {
		expect(requestBody(options)).toEqual({ ...DETECT, ...fields });
	});

	it.each([
		['redactPii with its policies', {}, {}],
		['redactPiiSub', { redactPiiSub: 'entity_name' }, { redact_pii_sub: 'entity_name' }],
		['redactPiiAudio', { redactPiiAudio: true }, { redact_pii_audio: true }],
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
	])('sends the %s in place of language detection', (_what, options) => {
		expect(requestBody(options)).toEqual({ language_code: 'de' });
	});

	it('detects the language where Language was added but left empty', () => {
		expect(requestBody({ language: rl('') })).toEqual(DETECT);
	});

	it.each([
		['switches', { diarize: false, multichannel: false, redactPii: false, redactPiiAudio: false }],
		['texts', { model: rl(''), keyterms: '', additionalFields: '{}' }],
		['detection options at their defaults', detection({ codeSwitching: false, expectedLanguages: '', fallbackLanguage: 'auto', onLowLanguageConfidence: 'error' })],
		['Redact PII Policies', { redactPiiPolicies: [] }],
	])('leaves out %s that are off or empty', (_what, options) => {
		expect(requestBody(options)).toEqual(DETECT);
	});

	it('does not send the callback base URL, which is ours', () => {
		expect(requestBody({ callbackBaseUrl: 'https://n8n.example.com/webhook' })).toEqual(DETECT);
	});

	it('passes additional fields through as they are', () => {
		expect(requestBody({ additionalFields: '{"punctuate":false,"custom_spelling":[{"from":["a"],"to":"b"}]}' })).toEqual({
			...DETECT,
			punctuate: false,
			custom_spelling: [{ from: ['a'], to: 'b' }],
		});
	});

	it.each([{ language_codes: ['en', 'es'] }, { language_code: 'en' }, { language_detection: false }])(
		'leaves the language to additional fields that name it: %p',
		(fields) => {
			expect(requestBody({ additionalFields: JSON.stringify(fields) })).toEqual(fields);
		},
	);
});
