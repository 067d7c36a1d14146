import { UserError } from '../../../../nodes/Transcription/core/userError';
import type { IDataObject } from 'n8n-workflow';
import { requestBody } from '../../../../nodes/Transcription/providers/assemblyAi/request';

/** Returns the error's message and description as one string. */
function errorOf(options: IDataObject): string {
	try {
		requestBody(options);
	} catch (error) {
		if (error instanceof UserError) return `${error.explanation.message}\n${error.explanation.description}`;
		throw error;
	}
	throw new Error('The options were accepted');
}

const REDACT = { redactPii: true, redactPiiPolicies: ['person_name'] };
const range = (min: unknown, max: unknown) => ({
	diarize: true,
	speakerOptions: { range: { minSpeakersExpected: min, maxSpeakersExpected: max } },
});
const formatting = (values: IDataObject) => ({ textFormatting: { formatting: values } });
const entity = (label: string, terms: string) => ({
	...REDACT,
	redactStaticEntities: {
		entity: [
			{ label: 'FIRST', terms: 'a' },
			{ label, terms },
		],
	},
});
const task = (name: string, values: IDataObject) => ({ speechUnderstanding: { [name]: values } });
const words = (count: number) => Array(count).fill('word').join(' ');
const DETECTION = { detection: { codeSwitching: true } };
const additional = (fields: object) => ({ additionalFields: JSON.stringify(fields) });

describe('Contradictory options for AssemblyAI', () => {
	it.each<[string, IDataObject, string[]]>([
		[
			'a language and detection options',
			{ language: 'de', languageDetectionOptions: DETECTION },
			['Language', 'Language Detection Options'],
		],
		[
			'a language and a confidence threshold',
			{ language: 'de', languageConfidenceThreshold: 0.5 },
			['Language', 'Min Language Confidence'],
		],
		[
			'a language and a threshold of 0',
			{ language: 'de', languageConfidenceThreshold: 0 },
			['Language', 'Min Language Confidence'],
		],
		[
			'a language and detection in additional fields',
			{ language: 'de', ...additional({ language_detection: true }) },
			['Language', 'language_detection'],
		],
		[
			'a language and languages in additional fields',
			{ language: 'de', ...additional({ language_codes: ['en'] }) },
			['Language', 'language_codes'],
		],
		[
			'detection options and a language in additional fields',
			{ languageDetectionOptions: DETECTION, ...additional({ language_code: 'de' }) },
			['language_code', 'Additional Fields (JSON)'],
		],
		[
			'diarizing in additional fields without punctuation',
			{ ...formatting({ punctuate: false }), ...additional({ speaker_labels: true }) },
			['Punctuate', 'speaker_labels'],
		],
		[
			'redaction in additional fields without formatted text',
			{ ...formatting({ formatText: false }), ...additional({ redact_pii: true }) },
			['Format Text', 'redact_pii'],
		],
		['a language and several', { language: 'de', languageCodes: 'de, en' }, ['Language', 'Languages']],
		[
			'several languages and detection options',
			{ languageCodes: 'de, en', languageDetectionOptions: DETECTION },
			['Languages', 'Language Detection Options'],
		],
		[
			'several languages and one in additional fields',
			{ languageCodes: 'de, en', ...additional({ language_code: 'en' }) },
			['Languages', 'language_code'],
		],
		[
			'an empty transcript without speech and no fallback language',
			{ languageDetectionOptions: { detection: { onNoSpeechDetected: 'fallback', fallbackLanguage: 'auto' } } },
			['On No Speech', 'Fallback Language'],
		],
		[
			'a speaker range without diarize',
			{ speakerOptions: { range: { minSpeakersExpected: 2 } } },
			['Speaker Range', 'Diarize'],
		],
		['a speaker range and a count', { ...range(2, 3), speakerCount: 2 }, ['Speaker Range', 'Speaker Count']],
		[
			'a speaker range and a count in additional fields',
			{ ...range(2, 3), ...additional({ speakers_expected: 2 }) },
			['Speaker Range', 'speakers_expected'],
		],
		['a match strength without keyterms', { keytermsMatchStrength: 'high' }, ['Keyterms Match Strength', 'Keyterms']],
		[
			'speakers and no punctuation',
			{ diarize: true, ...formatting({ punctuate: false }) },
			['Diarize', 'Punctuate', 'Text Formatting'],
		],
		[
			'redaction and no formatted text',
			{ ...REDACT, ...formatting({ formatText: false }) },
			['Redact PII', 'Format Text', 'Text Formatting'],
		],
		[
			'unredacted text without redaction',
			{ redactPiiReturnUnredacted: true },
			['Redact PII Return Unredacted', 'Redact PII'],
		],
		[
			'static entities without redaction',
			{ redactStaticEntities: { entity: [{ label: 'A', terms: 'b' }] } },
			['Redact Static Entities', 'Redact PII'],
		],
		[
			'audio options without redacted audio',
			{ ...REDACT, redactPiiAudioOptions: { audio: { overrideAudioRedactionMethod: 'silence' } } },
			['Redact PII Audio Options', 'Redact PII Audio'],
		],
		[
			'audio options without redaction',
			{ redactPiiAudioOptions: { audio: {} } },
			['Redact PII Audio Options', 'Redact PII'],
		],
		[
			'a moderation confidence without moderation',
			{ contentSafetyConfidence: 50, analyses: ['entity_detection'] },
			['Content Moderation Confidence', 'Analyses', 'Content Moderation'],
		],
		[
			'speaker identification without diarize',
			task('speakerIdentification', { speakerType: 'name' }),
			['Speaker Identification', 'Diarize'],
		],
		[
			'translated utterances without utterances',
			task('translation', { targetLanguages: 'es', matchOriginalUtterance: true }),
			['Match Original Utterance', 'Diarize', 'Multichannel'],
		],
		['a speaker count without diarize', { speakerCount: 2 }, ['Speaker Count', 'Diarize']],
		['a speaker count with diarize off', { speakerCount: 2, diarize: false }, ['Speaker Count', 'Diarize']],
		['an end before the beginning', { audioStartFrom: 10, audioEndAt: 5 }, ['Audio End At', 'Audio Start From']],
		['an end at the beginning', { audioStartFrom: 10, audioEndAt: 10 }, ['Audio End At', 'Audio Start From']],
		['an end of 0', { audioEndAt: 0 }, ['Audio End At', 'Audio Start From']],
		['redacted audio without redaction', { redactPiiAudio: true }, ['Redact PII Audio', 'Redact PII']],
		['policies without redaction', { redactPiiPolicies: ['person_name'] }, ['Redact PII Policies', 'Redact PII']],
		['a substitution without redaction', { redactPiiSub: 'hash' }, ['Redact PII Substitution', 'Redact PII']],
		[
			'an audio quality without redaction',
			{ redactPiiAudioQuality: 'wav' },
			['Redact PII Audio Quality', 'Redact PII'],
		],
		[
			'an audio quality without redacted audio',
			{ ...REDACT, redactPiiAudioQuality: 'wav' },
			['Redact PII Audio Quality', 'Redact PII Audio'],
		],
		['redaction without policies', { redactPii: true }, ['Redact PII', 'Redact PII Policies']],
		[
			'redaction without formatted text',
			{ ...REDACT, ...additional({ format_text: false }) },
			['Redact PII', 'format_text'],
		],
		['speakers without punctuation', { diarize: true, ...additional({ punctuate: false }) }, ['Diarize', 'punctuate']],
		[
			'a speaker count and a range',
			{ diarize: true, speakerCount: 2, ...additional({ speaker_options: {} }) },
			['Speaker Count', 'speaker_options'],
		],
		[
			'sentiment and no punctuation',
			{ analyses: ['sentiment_analysis'], ...formatting({ punctuate: false }) },
			['Sentiment', 'Analyses', 'Punctuate', 'Text Formatting'],
		],
		[
			'sentiment and no punctuation in additional fields',
			{ analyses: ['sentiment_analysis'], ...additional({ punctuate: false }) },
			['Sentiment', 'Punctuate', 'punctuate', 'Additional Fields (JSON)'],
		],
		[
			'a fallback language that isn’t expected',
			{ languageDetectionOptions: { detection: { expectedLanguages: 'en, es', fallbackLanguage: 'de' } } },
			['Fallback Language', 'Expected', 'de'],
		],
		[
			'a fallback language that additional fields don’t expect',
			{
				languageDetectionOptions: { detection: { fallbackLanguage: 'de' } },
				...additional({ language_detection_options: { expected_languages: ['en'] } }),
			},
			['Fallback Language', 'Expected', 'de'],
		],
		[
			'an option that additional fields repeat',
			{ diarize: true, ...additional({ speaker_labels: false }) },
			['speaker_labels', 'Additional Fields (JSON)'],
		],
	])('rejects %s and names both', (_what, options, names) => {
		const error = errorOf(options);
		for (const name of names) expect(error).toContain(`“${name}”`);
	});

	it.each([{}, { model: 'universal-2' }])('rejects the former field for a single model: %j', (options) => {
		const error = errorOf({ ...options, ...additional({ speech_model: 'universal-2' }) });
		expect(error).toMatch(/“speech_model”[^]*“Model”/);
	});

	it.each(['audio_url', 'webhook_url', 'webhook_auth_header_name', 'webhook_auth_header_value'])(
		'rejects %s in additional fields and names the parameter to use',
		(field) => {
			expect(errorOf(additional({ [field]: 'x' }))).toMatch(new RegExp(`“${field}”[^]*“(Source|Callback)”`));
		},
	);
});

describe('Invalid options for AssemblyAI', () => {
	it.each<[string, IDataObject, string]>([
		['a keyterm of seven words', { keyterms: 'ok, a b c d e f g' }, '“a b c d e f g” has more than 6 words'],
		['1,001 keyterms', { keyterms: Array.from({ length: 1001 }, (_, i) => `t${i}`) }, '1001 terms'],
		['a threshold above 1', { languageConfidenceThreshold: 2 }, '“Min Language Confidence”'],
		['a fractional speaker count', { diarize: true, speakerCount: 1.5 }, '“Speaker Count”'],
		['a speaker count of 0', { diarize: true, speakerCount: 0 }, '“Speaker Count”'],
		['a negative start', { audioStartFrom: -1 }, '“Audio Start From”'],
		['text as the end', { audioEndAt: 'late' }, '“Audio End At”'],
		['a single entry in Languages', { languageCodes: 'en' }, '“Languages” contains only one language'],
		['several languages without English', { languageCodes: 'de, fr' }, 'doesn’t include English'],
		['a code that only starts like English', { languageCodes: 'de, enx' }, 'doesn’t include English'],
		[
			'two variants of a language',
			{ languageDetectionOptions: { detection: { localization: 'en_uk, en_au' } } },
			'“en_au”',
		],
		[
			'a variant of another language',
			{ languageDetectionOptions: { detection: { localization: 'es_mx' } } },
			'“Localization” contains “es_mx”',
		],
		[
			'a variant of another language in additional fields',
			additional({ language_detection_options: { localization: ['es'] } }),
			'“Localization” contains “es”',
		],
		['a retired model', { model: 'universal-2, best' }, '“Model” contains “best”'],
		[
			'201 keyterms for Universal-2',
			{ model: 'universal-2', keyterms: Array.from({ length: 201 }, (_, i) => `t${i}`) },
			'“Keyterms” contains 201 terms',
		],
		[
			'a spelling of two words',
			{ customSpelling: { spelling: [{ from: 'nyc', to: 'New York' }] } },
			'“To” in “Custom Spelling” is “New York”',
		],
		[
			'a spelling for six words',
			{ customSpelling: { spelling: [{ from: 'ok, a b c d e f', to: 'X' }] } },
			'“a b c d e f” in “Custom Spelling” has more than 5 words',
		],
		[
			'a spelling of two words in additional fields',
			additional({ custom_spelling: [{ from: ['nyc'], to: 'New York' }] }),
			'“To” in “Custom Spelling” is “New York”',
		],
		['a label with a dot', entity('A.B', 'x'), 'The label “A.B” in “Redact Static Entities”'],
		['a label of 81 characters', entity('L'.repeat(81), 'x'), 'in “Redact Static Entities” has 81 characters'],
		['an unknown effort', task('actionItems', { effort: 'high' }), '“Effort” has an invalid value: "high"'],
		[
			'an unknown type of summary',
			task('summarization', { summaryType: 'gist' }),
			'“Summary Type” has an invalid value: "gist"',
		],
		[
			'a switching threshold above 1',
			{ languageDetectionOptions: { detection: { codeSwitching: true, codeSwitchingConfidenceThreshold: 30 } } },
			'“Code Switching Threshold”',
		],
		[
			'an unknown action for low confidence',
			{ languageDetectionOptions: { detection: { onLowLanguageConfidence: 'ignore' } } },
			'“On Low Confidence”',
		],
		['an inverted speaker range', range(3, 2), 'minimum (3) above its maximum (2)'],
		['a fractional minimum of speakers', range(1.5, 2), '“Speaker Range: Minimum”'],
		['a minimum of 0 speakers', range(0, 2), '“Speaker Range: Minimum”'],
		['a negative maximum of speakers', range(1, -1), '“Speaker Range: Maximum”'],
		[
			'an unknown match strength',
			{ keyterms: 'Ada', keytermsMatchStrength: 'low' },
			'“Keyterms Match Strength” has an invalid value: "low"',
		],
		['a prompt of 1,501 words', { prompt: words(1501) }, '“Prompt” has 1501 words'],
		['a temperature above 1', { temperature: 1.1 }, '“Temperature”'],
		['a speech threshold in percent', { speechThreshold: 50 }, '“Speech Threshold”'],
		['unknown tags', formatting({ removeAudioTags: 'music' }), '“Remove Audio Tags”'],
		['punctuation that isn’t a boolean', formatting({ punctuate: 'perhaps' }), '“Punctuate”'],
		['a spelling without “To”', { customSpelling: { spelling: [{ from: 'a', to: ' ' }] } }, 'no replacement for “a”'],
		[
			'a spelling without “From”',
			{ customSpelling: { spelling: [{ from: '', to: 'SQL' }] } },
			'no spelling to replace with “SQL”',
		],
		['a label without terms', entity('TOOL', ' , '), '“TOOL” in “Redact Static Entities” has no terms'],
		['terms without a label', entity('', 'a'), 'has no label'],
		['a duplicate label', entity('FIRST', 'b'), 'the label “FIRST” twice'],
		['201 terms', entity('TOOL', Array.from({ length: 201 }, (_, i) => `t${i}`).join()), '201 terms'],
		[
			'101 labels',
			{
				...REDACT,
				redactStaticEntities: { entity: Array.from({ length: 101 }, (_, i) => ({ label: `L${i}`, terms: 'a' })) },
			},
			'101 labels',
		],
		[
			'an unknown quality',
			{ ...REDACT, redactPiiAudio: true, redactPiiAudioQuality: 'ogg' },
			'“Redact PII Audio Quality”',
		],
		['an unknown analysis', { analyses: ['mood'] }, '“Analyses” contains an unknown value: "mood"'],
		[
			'a moderation confidence as a fraction',
			{ analyses: ['content_safety'], contentSafetyConfidence: 0.5 },
			'25 to 100',
		],
		['a translation without target languages', task('translation', { targetLanguages: '' }), '“Target Languages”'],
		[
			'identification by role without roles',
			{ diarize: true, ...task('speakerIdentification', { speakerType: 'role', knownValues: '' }) },
			'“Names or Roles”',
		],
		[
			'a name of 36 characters',
			{
				diarize: true,
				...task('speakerIdentification', { speakerType: 'name', knownValues: `Ada, ${'x'.repeat(36)}` }),
			},
			'36 characters',
		],
		[
			'an unknown identification method',
			{ diarize: true, ...task('speakerIdentification', { speakerType: 'voice' }) },
			'“Identify By”',
		],
		[
			'custom formatting without a format',
			task('customFormatting', { date: '', phoneNumber: '' }),
			'“Custom Formatting” has no format',
		],
		['broken JSON', { additionalFields: '{' }, '“Additional Fields (JSON)”'],
	])('rejects %s and names it', (_what, options, text) => {
		expect(errorOf(options)).toContain(text);
	});

	it.each<[string, IDataObject]>([
		['a prompt of 1,500 words', { prompt: words(1500) }],
		['a prompt and keyterms in additional fields', { prompt: 'A call.', ...additional({ keyterms_prompt: ['Ada'] }) }],
		['a model that it doesn’t know', { model: 'assemblyai-stt-9' }],
		[
			'1,000 keyterms for Universal-2 as a fallback',
			{
				model: 'assemblyai-stt-3-7, universal-2',
				keyterms: Array.from({ length: 1000 }, (_, i) => `t${i}`),
			},
		],
		['a label of 80 characters', entity('Label_1 - '.repeat(8), 'x')],
		['a spelling for five words', { customSpelling: { spelling: [{ from: 'a b c d e', to: 'X' }] } }],
		[
			'additional fields of undocumented types',
			additional({
				custom_spelling: 'x',
				redact_static_entities: ['x'],
				language_detection_options: { localization: 7, expected_languages: 'en', fallback_language: 'de' },
			}),
		],

		['200 terms', entity('TOOL', Array.from({ length: 200 }, (_, i) => `t${i}`).join())],
		[
			'a name of 35 characters',
			{ diarize: true, ...task('speakerIdentification', { speakerType: 'name', knownValues: 'x'.repeat(35) }) },
		],
		[
			'identification by role with the speakers in additional fields',
			{
				diarize: true,
				...task('speakerIdentification', { speakerType: 'role' }),
				...additional({
					speech_understanding: { request: { speaker_identification: { speakers: [{ role: 'Agent' }] } } },
				}),
			},
		],
		['1,000 keyterms', { keyterms: Array.from({ length: 1000 }, (_, i) => `t${i}`) }],
	])('accepts %s', (_what, options) => {
		expect(() => requestBody(options)).not.toThrow();
	});

	it('accepts keyterms of six words', () => {
		expect(requestBody({ keyterms: 'a b c d e f' })).toMatchObject({ keyterms_prompt: ['a b c d e f'] });
	});
});
