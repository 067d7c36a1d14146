import { UserError } from '../../../../nodes/Transcription/core/userError';
import type { IDataObject } from 'n8n-workflow';
import { jobOptions } from '../../../../nodes/Transcription/providers/revAi/request';

/** Returns the error's message and description as one string. */
function errorOf(options: IDataObject): string {
	try {
		jobOptions(options);
	} catch (error) {
		if (error instanceof UserError) return `${error.explanation.message}\n${error.explanation.description}`;
		throw error;
	}
	throw new Error('The options were accepted');
}

const additional = (fields: object) => ({ additionalFields: JSON.stringify(fields) });

describe('Rev AI job options', () => {
	it('are empty by default, so that the service’s defaults apply', () => {
		expect(jobOptions({})).toEqual({});
	});

	it.each<[string, IDataObject, IDataObject]>([
		['a model from the list', { model: { mode: 'list', value: 'fusion' } }, { transcriber: 'fusion' }],
		['a language', { language: 'en/es' }, { language: 'en/es' }],
		['speakers, which are distinguished by default', { diarize: true }, {}],
		['no speakers', { diarize: false }, { skip_diarization: true }],
		['no speakers, with an expression’s text', { diarize: 'false' }, { skip_diarization: true }],
		[
			'details about speakers',
			{ speakerCount: 3, diarizationType: 'premium' },
			{ speakers_count: 3, diarization_type: 'premium' },
		],
		['channels', { speakerChannelsCount: 2 }, { speaker_channels_count: 2 }],
		[
			'channels without diarization',
			{ speakerChannelsCount: 2, diarize: false },
			{ speaker_channels_count: 2, skip_diarization: true },
		],
		[
			'keyterms',
			{ keyterms: 'Ada Lovelace, gnocchi', strictCustomVocabulary: false },
			{ custom_vocabularies: [{ phrases: ['Ada Lovelace', 'gnocchi'] }], strict_custom_vocabulary: false },
		],
		['a vocabulary', { customVocabularyId: 'cv1' }, { custom_vocabulary_id: 'cv1' }],
		['the shortest retention', { deleteAfterSeconds: 3600 }, { delete_after_seconds: 3600 }],
		['toggles that are off, where the default is on', { verbatim: false }, { verbatim: false }],
		[
			'sounds to keep while disfluencies are removed',
			{ removeDisfluencies: true, removeAtmospherics: false },
			{ remove_disfluencies: true, remove_atmospherics: false },
		],
		[
			'toggles that are off, where the default is off',
			{ filterProfanity: false, forcedAlignment: false, skipPunctuation: false, skipPostprocessing: false },
			{},
		],
		['a summary with default settings', { summarize: true }, { summarization_config: {} }],
		[
			'a summary',
			{ summarize: true, summarizationType: 'bullets', summarizationModel: 'premium' },
			{ summarization_config: { type: 'bullets', model: 'premium' } },
		],
		[
			'a prompt',
			{ summarize: true, summarizationPrompt: 'List decisions' },
			{ summarization_config: { prompt: 'List decisions' } },
		],
		[
			'translations, each with the model',
			{ targetLanguages: 'de, fr', translationModel: 'premium' },
			{
				translation_config: {
					target_languages: [
						{ language: 'de', model: 'premium' },
						{ language: 'fr', model: 'premium' },
					],
				},
			},
		],
		[
			'additional fields that only differ from the default',
			{ model: 'low_cost', ...additional({ forced_alignment: false, delete_after_seconds: 7200 }) },
			{ transcriber: 'low_cost', forced_alignment: false, delete_after_seconds: 7200 },
		],
		['additional fields', additional({ rush: true, test_mode: true }), { rush: true, test_mode: true }],
		[
			'additional fields inside an option’s object',
			{ summarize: true, ...additional({ summarization_config: { depth: 2 } }) },
			{ summarization_config: { depth: 2 } },
		],
	])('contain %s', (_what, options, expected) => {
		expect(jobOptions(options)).toEqual(expected);
	});

	it.each<[string, IDataObject, string]>([
		[
			'keyterms and a vocabulary',
			{ keyterms: 'Ada', customVocabularyId: 'cv1' },
			'“Keyterms” can’t be combined with “Custom Vocabulary ID”',
		],
		[
			'keyterms and an additional vocabulary',
			{ keyterms: 'Ada', ...additional({ custom_vocabulary_id: 'x' }) },
			'“Keyterms” can’t be combined with “custom_vocabulary_id”',
		],
		[
			'a vocabulary and additional keyterms',
			{ customVocabularyId: 'x', ...additional({ custom_vocabularies: [] }) },
			'“Custom Vocabulary ID” can’t be combined with “custom_vocabularies”',
		],
		['a digit in a keyterm', { keyterms: 'Route 66' }, '“Route 66”, which Rev AI doesn’t accept'],
		['a keyterm with 13 words', { keyterms: 'a '.repeat(13) }, 'which Rev AI doesn’t accept'],
		['a keyterm with a word of 35 characters', { keyterms: 'x'.repeat(35) }, 'which Rev AI doesn’t accept'],
		['6,001 keyterms', { keyterms: Array(6001).fill('Ada') }, 'contains 6001 terms'],
		[
			'channels and speakers',
			{ speakerChannelsCount: 2, diarize: true },
			'“Diarize” can’t be combined with “Speaker Channels Count”',
		],
		[
			'channels and a speaker count',
			{ speakerChannelsCount: 2, speakerCount: 2 },
			'“Speaker Count” can’t be combined with “Speaker Channels Count”',
		],
		[
			'a diarization type without speakers',
			{ diarize: false, diarizationType: 'premium' },
			'“Diarization Type” is set, but “Diarize” is off',
		],
		[
			'a diarization type with Reverb Turbo',
			{ model: 'low_cost', diarizationType: 'premium' },
			'Reverb Turbo doesn’t support “Diarization Type”',
		],
		[
			'alignment with Reverb Turbo',
			{ ...additional({ transcriber: 'low_cost' }), forcedAlignment: true },
			'Reverb Turbo doesn’t support “Forced Alignment”',
		],
		[
			'an additional diarization type with Reverb Turbo',
			{ model: 'low_cost', ...additional({ diarization_type: 'premium' }) },
			'Reverb Turbo doesn’t support “Diarization Type”',
		],
		[
			'additional alignment with Reverb Turbo',
			{ model: 'low_cost', ...additional({ forced_alignment: true }) },
			'Reverb Turbo doesn’t support “Forced Alignment”',
		],
		[
			'contradictions among additional fields',
			additional({ transcriber: 'low_cost', diarization_type: 'standard' }),
			'Reverb Turbo doesn’t support “Diarization Type”',
		],
		[
			'an additional prompt and a summary’s type',
			{ summarize: true, summarizationType: 'bullets', ...additional({ summarization_config: { prompt: 'x' } }) },
			'“Summarization Type” can’t be combined with “Summarization Prompt”',
		],
		[
			'additional deletion that could be faster than the callback',
			additional({ delete_after_seconds: 0 }),
			'“delete_after_seconds” in “Additional Fields (JSON)” has an invalid value: 0',
		],
		[
			'additional channels and speakers',
			{ speakerCount: 2, ...additional({ speaker_channels_count: 2 }) },
			'“Speaker Count” can’t be combined with “Speaker Channels Count”',
		],
		[
			'an additional speaker count without speakers',
			{ diarize: false, ...additional({ speakers_count: 2 }) },
			'“Speaker Count” is set, but “Diarize” is off',
		],
		[
			'both kinds of additional vocabularies',
			additional({ custom_vocabularies: [{ phrases: ['Ada'] }], custom_vocabulary_id: 'x' }),
			'“Keyterms” can’t be combined with “Custom Vocabulary ID”',
		],
		['nine channels', { speakerChannelsCount: 9 }, '“Speaker Channels Count” has an invalid value'],
		['no speakers to count', { speakerCount: 0 }, '“Speaker Count” has an invalid value'],
		[
			'deletion before a callback can be repeated',
			{ deleteAfterSeconds: 60 },
			'“Delete After (Seconds)” has an invalid value',
		],
		['an unknown diarization type', { diarizationType: 'best' }, '“Diarization Type” has an invalid value'],
		[
			'an unknown type of summary',
			{ summarize: true, summarizationType: 'poem' },
			'“Summarization Type” has an invalid value',
		],
		[
			'a summary’s type and prompt',
			{ summarize: true, summarizationType: 'bullets', summarizationPrompt: 'x' },
			'“Summarization Type” can’t be combined with “Summarization Prompt”',
		],
		['a prompt without a summary', { summarizationPrompt: 'x' }, '“Summarization Prompt” requires “Summarize”'],
		[
			'a type without a summary',
			{ summarize: false, summarizationType: 'bullets' },
			'“Summarization Type” requires “Summarize”',
		],
		[
			'a translation model without languages',
			{ translationModel: 'premium' },
			'“Translation Model” requires “Translate Into”',
		],
		['six languages', { targetLanguages: 'a, b, c, d, e, f' }, '“Translate Into” contains 6 languages'],
		[
			'a language that is also an additional field',
			{ language: 'en', ...additional({ language: 'de' }) },
			'“language” is set both',
		],
		...['source_config', 'media_url', 'notification_config', 'callback_url', 'metadata'].map(
			(name): [string, IDataObject, string] => [name, additional({ [name]: 'x' }), `sets “${name}”`],
		),
	])('are rejected with %s', (_what, options, message) => {
		expect(errorOf(options)).toContain(message);
	});
});
