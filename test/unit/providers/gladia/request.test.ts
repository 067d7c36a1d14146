import { UserError } from '../../../../nodes/Transcription/core/userError';
import type { IDataObject } from 'n8n-workflow';
import { requestBody } from '../../../../nodes/Transcription/providers/gladia/request';

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

const additional = (fields: object) => ({ additionalFields: JSON.stringify(fields) });
const diarized = (config: object) => ({ diarization: true, diarization_config: config });
const translated = (more: object = {}) => ({
	translation: true,
	translation_config: { target_languages: ['de', 'fr'], ...more },
});

describe('Gladia request', () => {
	it('is empty by default, so that the service’s defaults apply', () => {
		expect(requestBody({})).toEqual({});
	});

	it.each<[string, IDataObject, IDataObject]>([
		['a model from the list', { model: { mode: 'list', value: 'solaria-1' } }, { model: 'solaria-1' }],
		['a language', { language: 'en' }, { language_config: { languages: ['en'] } }],
		[
			'several languages',
			{ language: 'en, fr', codeSwitching: true },
			{ language_config: { languages: ['en', 'fr'], code_switching: true } },
		],
		['speakers', { diarize: true }, { diarization: true }],
		['speakers, with an expression’s text', { diarize: 'true' }, { diarization: true }],
		['a speaker count', { diarize: true, speakerCount: 2 }, diarized({ number_of_speakers: 2 })],
		[
			'a range of speakers',
			{ diarize: true, minSpeakers: 0, maxSpeakers: 4 },
			diarized({ min_speakers: 0, max_speakers: 4 }),
		],
		[
			'a speaker count next to a range, as hints',
			{ diarize: true, speakerCount: 2, maxSpeakers: 3 },
			diarized({ number_of_speakers: 2, max_speakers: 3 }),
		],
		[
			'keyterms',
			{ keyterms: 'Ada, Charles', keytermsIntensity: 0 },
			{
				custom_vocabulary: true,
				custom_vocabulary_config: { vocabulary: ['Ada', 'Charles'], default_intensity: 0 },
			},
		],
		[
			'spellings, combined',
			{
				customSpelling: {
					spelling: [
						{ from: 'Aida, Eda', to: 'Ada' },
						{ from: 'Etta', to: 'Ada' },
					],
				},
			},
			{ custom_spelling: true, custom_spelling_config: { spelling_dictionary: { Ada: ['Aida', 'Eda', 'Etta'] } } },
		],
		['translations', { targetLanguages: 'de, fr' }, translated()],
		[
			'details about translations',
			{
				targetLanguages: 'de, fr',
				translationModel: 'enhanced',
				translationContext: 'A call',
				informal: true,
				matchOriginalUtterances: false,
			},
			translated({
				model: 'enhanced',
				context: 'A call',
				context_adaptation: true,
				informal: true,
				match_original_utterances: false,
			}),
		],
		['a summary', { summarize: true }, { summarization: true }],
		[
			'a summary’s type',
			{ summarize: true, summarizationType: 'concise' },
			{ summarization: true, summarization_config: { type: 'concise' } },
		],
		['subtitles', { subtitles: ['srt', 'vtt'] }, { subtitles: true, subtitles_config: { formats: ['srt', 'vtt'] } }],
		['no subtitles', { subtitles: [] }, {}],
		[
			'prompts with commas, one per line',
			{ audioToLlmPrompts: 'Who, and when?\n\nWhy?', audioToLlmModel: 'a/b' },
			{ audio_to_llm: true, audio_to_llm_config: { prompts: ['Who, and when?', 'Why?'], model: 'a/b' } },
		],
		[
			'prompts from an expression',
			{ audioToLlmPrompts: ['Who?', 'Why?'] },
			{ audio_to_llm: true, audio_to_llm_config: { prompts: ['Who?', 'Why?'] } },
		],
		[
			'redaction',
			{ piiRedaction: 'GDPR, NAME', piiRedactionText: 'MASK' },
			{
				pii_redaction: true,
				pii_redaction_config: { entity_types: ['GDPR', 'NAME'], processed_text_type: 'MASK' },
			},
		],
		[
			'toggles',
			{ namedEntityRecognition: true, sentimentAnalysis: true, punctuationEnhanced: true },
			{ named_entity_recognition: true, sentiment_analysis: true, punctuation_enhanced: true },
		],
		['toggles that are off', { namedEntityRecognition: false, summarize: false, diarize: false, informal: false }, {}],
		[
			'additional fields next to and inside an option’s object',
			{
				subtitles: ['srt'],
				...additional({ sentences: true, subtitles_config: { style: 'compliance' }, custom_metadata: { a: 1 } }),
			},
			{
				subtitles: true,
				subtitles_config: { formats: ['srt'], style: 'compliance' },
				sentences: true,
				custom_metadata: { a: 1 },
			},
		],
		[
			'Solaria 3 with one of its languages',
			{ model: 'solaria-3', language: 'it' },
			{ model: 'solaria-3', language_config: { languages: ['it'] } },
		],
		[
			'the old form of keyterms as an additional field',
			additional({ custom_vocabulary: ['Ada'] }),
			{ custom_vocabulary: ['Ada'] },
		],
		[
			'an additional field with its configuration',
			additional({ subtitles: true, subtitles_config: { style: 'compliance' } }),
			{ subtitles: true, subtitles_config: { style: 'compliance' } },
		],
	])('contains %s', (_what, options, expected) => {
		expect(requestBody(options)).toEqual(expected);
	});

	it.each<[string, IDataObject, string]>([
		['code switching without languages', { codeSwitching: true }, '“Code Switching” requires several languages'],
		['code switching with one language', { codeSwitching: true, language: 'en' }, '“Code Switching” requires several'],
		['Solaria 3 without a language', { model: 'solaria-3' }, 'Solaria 3 requires “Language”'],
		['Solaria 3 and another language', { model: 'solaria-3', language: 'en, ja' }, 'the language “ja”'],
		[
			'Solaria 3 and several languages',
			{ model: 'solaria-3', language: 'en, it' },
			'Solaria 3 supports only one language',
		],
		[
			'Solaria 3 and code switching',
			{ model: 'solaria-3', language: 'en, fr', codeSwitching: true },
			'Solaria 3 doesn’t support “Code Switching”',
		],
		[
			'an additional model and another language',
			{ language: 'ja', ...additional({ model: 'solaria-3' }) },
			'the language “ja”',
		],
		['a speaker count without speakers', { speakerCount: 2 }, '“Speaker Count” requires “Diarize”'],
		['a minimum without speakers', { minSpeakers: 2, diarize: false }, '“Min Speakers” requires “Diarize”'],
		['a maximum without speakers', { maxSpeakers: 2 }, '“Max Speakers” requires “Diarize”'],
		['an impossible range', { diarize: true, minSpeakers: 4, maxSpeakers: 3 }, 'greater than “Max Speakers”'],
		['no speakers to count', { diarize: true, speakerCount: 0 }, '“Speaker Count” has an invalid value'],
		['an intensity without keyterms', { keytermsIntensity: 0.4 }, '“Keyterms Intensity” requires “Keyterms”'],
		['an intensity above 1', { keyterms: 'Ada', keytermsIntensity: 2 }, '“Keyterms Intensity” has an invalid value'],
		['a spelling without a replacement', { customSpelling: { spelling: [{ from: 'a' }] } }, 'no replacement for “a”'],
		['a replacement without a spelling', { customSpelling: { spelling: [{ to: 'A' }] } }, 'replace with “A”'],
		['a translation model without languages', { translationModel: 'base' }, '“Translation Model” requires'],
		['a context without languages', { translationContext: 'x' }, '“Translation Context” requires “Translate Into”'],
		['informal without languages', { informal: true }, '“Informal Translations” requires “Translate Into”'],
		['matching without languages', { matchOriginalUtterances: true }, '“Match Original Utterances” requires'],
		['an unknown translation model', { targetLanguages: 'de', translationModel: 'x' }, 'has an invalid value'],
		[
			'a summary’s type without a summary',
			{ summarizationType: 'concise' },
			'“Summarization Type” requires “Summarize”',
		],
		['an unknown type of summary', { summarize: true, summarizationType: 'poem' }, 'has an invalid value'],
		['an unknown format of subtitles', { subtitles: ['ttml'] }, '“Subtitles” has an invalid value'],
		['a language model without prompts', { audioToLlmModel: 'a/b' }, '“Audio to LLM Model” requires'],
		['a redaction text without redaction', { piiRedactionText: 'MASK' }, '“PII Redaction Text” requires'],
		['an analysis that is also turned off', { summarize: true, ...additional({ summarization: false }) }, 'set both'],
		['metadata that isn’t an object', additional({ custom_metadata: 'x' }), 'isn’t an object'],
		['metadata that is too long', additional({ custom_metadata: { a: 'x'.repeat(400) } }), '400 characters'],
		...['chapterization', 'structured_data_extraction_config', 'code_switching_config'].map(
			(name): [string, IDataObject, string] => [
				`the discontinued field ${name}`,
				additional({ [name]: {} }),
				`no longer supports “${name}”`,
			],
		),
		...[
			'audio_to_llm',
			'custom_spelling',
			'custom_vocabulary',
			'diarization',
			'pii_redaction',
			'subtitles',
			'summarization',
			'translation',
		].map((name): [string, IDataObject, string] => [
			`${name}_config alone`,
			additional({ [`${name}_config`]: {} }),
			`“${name}_config” has no effect without “${name}”`,
		]),
		[
			'a configuration of something that is off',
			additional({ subtitles: false, subtitles_config: {} }),
			'“subtitles_config” has no effect without “subtitles”',
		],
		...Object.entries({
			audio_to_llm: 'prompts',
			custom_spelling: 'spelling_dictionary',
			custom_vocabulary: 'vocabulary',
			translation: 'target_languages',
		}).flatMap(([name, member]): Array<[string, IDataObject, string]> => {
			const message = `“${name}” requires “${name}_config” with “${member}”`;
			return [
				[`${name} alone`, additional({ [name]: true }), message],
				[`${name} and an empty configuration`, additional({ [name]: true, [`${name}_config`]: {} }), message],
			];
		}),
		...['audio_url', 'callback', 'callback_url', 'callback_config'].map((name): [string, IDataObject, string] => [
			name,
			additional({ [name]: 'x' }),
			`sets “${name}”`,
		]),
	])('is rejected with %s', (_what, options, message) => {
		expect(errorOf(options)).toContain(message);
	});
});
