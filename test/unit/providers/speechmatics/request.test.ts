import { UserError } from '../../../../nodes/Transcription/core/userError';
import type { IDataObject } from 'n8n-workflow';
import { jobConfig } from '../../../../nodes/Transcription/providers/speechmatics/request';

/** Returns the error's message and description as one string. */
function errorOf(options: IDataObject): string {
	try {
		jobConfig(options);
	} catch (error) {
		if (error instanceof UserError) return `${error.explanation.message}\n${error.explanation.description}`;
		throw error;
	}
	throw new Error('The options were accepted');
}

const additional = (fields: object) => ({ additionalFields: JSON.stringify(fields) });
const inside = (fields: object) => additional({ transcription_config: fields });

describe('Speechmatics job config', () => {
	it('detects the language by default', () => {
		expect(jobConfig({})).toEqual({ type: 'transcription', transcription_config: { language: 'auto' } });
	});

	it('uses “multi” for Melia 1', () => {
		expect(jobConfig({ model: 'melia-1' }).transcription_config).toEqual({ model: 'melia-1', language: 'multi' });
	});

	it.each<[string, IDataObject, IDataObject]>([
		['a model from the list', { model: { mode: 'list', value: 'enhanced' } }, { model: 'enhanced' }],
		['speakers', { diarize: true }, { diarization: 'speaker' }],
		['speakers, with an expression’s text', { diarize: 'true' }, { diarization: 'speaker' }],
		[
			'speaker tuning',
			{ diarize: true, speakerSensitivity: 0, preferCurrentSpeaker: true },
			{ diarization: 'speaker', speaker_diarization_config: { speaker_sensitivity: 0, prefer_current_speaker: true } },
		],
		[
			'channels with their labels',
			{ channelDiarization: true, channelDiarizationLabels: 'Agent, Caller' },
			{ diarization: 'channel', channel_diarization_labels: ['Agent', 'Caller'] },
		],
		[
			'keyterms',
			{ keyterms: 'Ada Lovelace\nCEO' },
			{ additional_vocab: [{ content: 'Ada Lovelace' }, { content: 'CEO' }] },
		],
		['a spelling', { outputLocale: 'en-GB' }, { output_locale: 'en-GB' }],
		['a domain with Enhanced', { model: 'enhanced', domain: 'medical' }, { model: 'enhanced', domain: 'medical' }],
		['entities', { enableEntities: true }, { enable_entities: true }],
		['no disfluencies', { removeDisfluencies: true }, { transcript_filtering_config: { remove_disfluencies: true } }],
		[
			'disabled options',
			{ diarize: false, channelDiarization: false, enableEntities: false, removeDisfluencies: false },
			{},
		],
		['empty options', { model: '', keyterms: '', domain: ' ', channelDiarizationLabels: '' }, {}],
	])('contains %s', (_what, options, fields) => {
		expect(jobConfig({ language: 'en', ...options }).transcription_config).toEqual({ language: 'en', ...fields });
	});

	it('contains settings for language detection', () => {
		const options = { expectedLanguages: 'en, de', lowConfidenceAction: 'use_default_language', defaultLanguage: 'en' };
		expect(jobConfig(options).language_identification_config).toEqual({
			expected_languages: ['en', 'de'],
			low_confidence_action: 'use_default_language',
			default_language: 'en',
		});
	});

	it('contains target languages', () => {
		expect(jobConfig({ targetLanguages: ['de', 'fr'] }).translation_config).toEqual({ target_languages: ['de', 'fr'] });
		const more = additional({ translation_config: { enable_partials: false } });
		expect(jobConfig({ targetLanguages: 'de', ...more }).translation_config).toEqual({
			target_languages: ['de'],
			enable_partials: false,
		});
	});

	it('accepts additional fields next to the transcription config', () => {
		expect(jobConfig(additional({ summarization_config: { summary_length: 'brief' } }))).toEqual({
			type: 'transcription',
			transcription_config: { language: 'auto' },
			summarization_config: { summary_length: 'brief' },
		});
	});

	it('accepts additional fields inside the transcription config', () => {
		expect(
			jobConfig({ diarize: true, ...inside({ punctuation_overrides: { sensitivity: 0.4 } }) }).transcription_config,
		).toEqual({
			language: 'auto',
			diarization: 'speaker',
			punctuation_overrides: { sensitivity: 0.4 },
		});
	});

	it('uses the language in additional fields', () => {
		expect(jobConfig(inside({ language: 'cy' })).transcription_config).toEqual({ language: 'cy' });
	});
});

const config = (options: IDataObject) => jobConfig(options).transcription_config;

describe('Speechmatics models and languages', () => {
	it('sends the Spanish and English pack as a language and a domain', () => {
		expect(config({ language: 'es+bilingual-en' })).toEqual({ language: 'es', domain: 'bilingual-en' });
	});

	it('accepts the domain of the chosen pack', () => {
		expect(config({ language: 'es+bilingual-en', domain: 'bilingual-en' })).toEqual({
			language: 'es',
			domain: 'bilingual-en',
		});
	});

	it('accepts a domain with the old name of Enhanced', () => {
		const options = { language: 'en', domain: 'medical', ...inside({ operating_point: 'enhanced' }) };
		expect(config(options)).toEqual({ language: 'en', domain: 'medical', operating_point: 'enhanced' });
	});

	it('sends hints, speakers, and a spelling with Melia 1', () => {
		const options = { model: 'melia-1', languageHints: 'en, ar', languageHintsStrict: true, diarize: true };
		expect(config({ ...options, outputLocale: 'en-GB' })).toEqual({
			model: 'melia-1',
			language: 'multi',
			language_hints: ['en', 'ar'],
			language_hints_strict: true,
			diarization: 'speaker',
			output_locale: 'en-GB',
		});
	});

	it('sends a language with Melia 1', () => {
		expect(config({ model: 'melia-1', language: 'de' })).toEqual({ model: 'melia-1', language: 'de' });
	});

	it.each(['oak-1', 'a-future-model'])('sends %s with only what was asked for and checks nothing', (model) => {
		expect(config({ model })).toEqual({ model });
		expect(
			jobConfig({
				model,
				language: 'multi',
				languageHints: 'en_US',
				keyterms: 'Ada',
				domain: 'medical',
				enableEntities: true,
				targetLanguages: 'de',
				expectedLanguages: 'yue',
			}),
		).toMatchObject({
			transcription_config: { model, language: 'multi', language_hints: ['en_US'], domain: 'medical' },
			translation_config: { target_languages: ['de'] },
			language_identification_config: { expected_languages: ['yue'] },
		});
	});
});

const MELIA = { model: 'melia-1' };

describe('Options that the Speechmatics model doesn’t support', () => {
	it.each<[string, IDataObject, string[]]>([
		['a domain without a language', { model: 'enhanced', domain: 'medical' }, ['Domain', 'Language']],
		['a domain with detection', { model: 'enhanced', language: 'auto', domain: 'medical' }, ['Domain', 'Language']],
		['a domain without a model', { language: 'en', domain: 'medical' }, ['Domain', 'Model']],
		['a domain with Standard', { model: 'standard', language: 'en', domain: 'medical' }, ['Domain', 'Model']],
		[
			'a domain in additional fields',
			{ language: 'en', ...inside({ domain: 'medical' }) },
			['domain', 'Additional Fields (JSON)', 'Model'],
		],
		['another domain than the pack’s', { language: 'es+bilingual-en', domain: 'medical' }, ['Domain', 'Language']],
		['multi without a model', { language: 'multi' }, ['Language', 'Model']],
		['multi with Enhanced', { model: 'enhanced', language: 'multi' }, ['Language', 'Model']],
		['a pack with Melia 1', { ...MELIA, language: 'cmn_en' }, ['Language']],
		['the Spanish and English pack with Melia 1', { ...MELIA, language: 'es+bilingual-en' }, ['Language']],
		['hints without a model', { languageHints: 'en' }, ['Language Hints', 'Model']],
		['hints with Standard', { model: 'standard', languageHints: 'en' }, ['Language Hints', 'Model']],
		[
			'strict hints with Standard',
			{ model: 'standard', languageHintsStrict: true },
			['Language Hints Strict', 'Model'],
		],
		[
			'strict hints without hints',
			{ ...MELIA, languageHintsStrict: true },
			['Language Hints Strict', 'Language Hints'],
		],
		['keyterms with Melia 1', { ...MELIA, keyterms: 'Ada' }, ['Keyterms']],
		['entities with Melia 1', { ...MELIA, enableEntities: true }, ['Enable Entities']],
		['a domain with Melia 1', { ...MELIA, domain: 'medical' }, ['Domain']],
		['a translation with Melia 1', { ...MELIA, targetLanguages: 'de' }, ['Translate Into']],
		['removing disfluencies with Melia 1', { ...MELIA, removeDisfluencies: true }, ['Remove Disfluencies']],
		[
			'a summary with Melia 1',
			{ ...MELIA, ...additional({ summarization_config: {} }) },
			['summarization_config', 'Additional Fields (JSON)'],
		],
		[
			'punctuation settings with Melia 1',
			{ ...MELIA, ...inside({ punctuation_overrides: {} }) },
			['punctuation_overrides', 'Additional Fields (JSON)'],
		],
	])('are rejected and named: %s', (_what, options, names) => {
		const error = errorOf(options);
		for (const name of names) expect(error).toContain(`“${name}”`);
	});

	it.each<[string, IDataObject, string]>([
		['a language name as a hint', { ...MELIA, languageHints: 'en, Spanish' }, '“Language Hints” contains “Spanish”'],
		['a locale as a hint', { ...MELIA, languageHints: 'en-US' }, '“Language Hints” contains “en-US”'],
		['a pack as a hint', { ...MELIA, languageHints: 'cmn_en' }, '“Language Hints” contains “cmn_en”'],
		['detection as a hint', { ...MELIA, languageHints: 'auto' }, '“Language Hints” contains “auto”'],
		['a hint in additional fields', { ...MELIA, ...inside({ language_hints: ['en-US'] }) }, '“language_hints”'],
		['a language that can’t be identified', { expectedLanguages: 'en, yue' }, '“Expected Languages” contains “yue”'],
		['an expected language by name', { expectedLanguages: 'English' }, '“Expected Languages” contains “English”'],
		['a default language by name', { defaultLanguage: 'English' }, '“Default Language” contains “English”'],
		['an unknown action', { lowConfidenceAction: 'retry' }, '“Low Confidence Action” has an invalid value: “retry”'],
		[
			'1,001 words in additional fields',
			inside({ additional_vocab: Array.from({ length: 1001 }, () => ({ content: 'a' })) }),
			'“additional_vocab”',
		],
	])('are rejected before the upload: %s', (_what, options, text) => {
		expect(errorOf(options)).toContain(text);
	});
});

describe('Contradictory options for Speechmatics', () => {
	it.each<[string, IDataObject, string[]]>([
		['speakers and channels', { diarize: true, channelDiarization: true }, ['Diarize', 'Channel Diarization']],
		['a sensitivity without diarize', { speakerSensitivity: 0 }, ['Speaker Sensitivity', 'Diarize']],
		['a preferred speaker without diarize', { preferCurrentSpeaker: true }, ['Prefer Current Speaker', 'Diarize']],
		['channel labels without channels', { channelDiarizationLabels: 'A' }, ['Channel Labels', 'Channel Diarization']],
		[
			'a language and expected languages',
			{ language: 'en', expectedLanguages: 'en' },
			['Expected Languages', 'Language'],
		],
		[
			'a language and a low confidence action',
			{ language: 'en', lowConfidenceAction: 'allow' },
			['Low Confidence Action', 'Language'],
		],
		['a language and a default one', { language: 'en', defaultLanguage: 'de' }, ['Default Language', 'Language']],
		['Melia 1 and expected languages', { model: 'melia-1', expectedLanguages: 'en' }, ['Expected Languages']],
		[
			'the default language without one',
			{ lowConfidenceAction: 'use_default_language' },
			['Low Confidence Action', 'Default Language'],
		],
		['a spelling without a language', { outputLocale: 'en-GB' }, ['Output Locale', 'Language']],
		['a spelling with detection', { outputLocale: 'en-GB', language: 'auto' }, ['Output Locale', 'Language']],
		['Melia 1 with detection', { model: 'melia-1', language: 'auto' }, ['Language']],
		[
			'a model and an operating point',
			{ model: 'enhanced', ...inside({ operating_point: 'standard' }) },
			['Model', 'operating_point'],
		],
		[
			'an option repeated inside the transcription config',
			{ diarize: true, ...inside({ diarization: 'none' }) },
			['diarization'],
		],
		[
			'an option repeated in additional fields',
			{ targetLanguages: 'de', ...additional({ translation_config: { target_languages: ['fr'] } }) },
			['translation_config.target_languages'],
		],
	])('rejects %s and names both', (_what, options, names) => {
		const error = errorOf(options);
		for (const name of names) expect(error).toContain(`“${name}”`);
	});

	it.each([
		['fetch_data', 'Source'],
		['notification_config', 'Callback'],
	])('rejects %s in additional fields and names “%s”', (field, parameter) => {
		expect(errorOf(additional({ [field]: [] }))).toMatch(new RegExp(`“${field}”[^]*“${parameter}”`));
	});
});

describe('Invalid options for Speechmatics', () => {
	it.each<[string, IDataObject, string]>([
		['1,001 keyterms', { keyterms: Array.from({ length: 1001 }, (_, i) => `t${i}`) }, '1001 terms'],
		['six target languages', { targetLanguages: 'a,b,c,d,e,f' }, '“Translate Into” contains 6'],
		['a sensitivity above 1', { diarize: true, speakerSensitivity: 2 }, '“Speaker Sensitivity”'],
		['a channel label with a space', { channelDiarization: true, channelDiarizationLabels: 'Agent 1' }, '“Agent 1”'],
		['a boolean with other text', { diarize: 'yes' }, '“Diarize”'],
		['a transcription config that isn’t an object', inside([]), '“transcription_config”'],
		['broken JSON', { additionalFields: '{' }, '“Additional Fields (JSON)”'],
	])('rejects %s and names it', (_what, options, text) => {
		expect(errorOf(options)).toContain(text);
	});

	it('accepts 1,000 keyterms', () => {
		const keyterms = Array.from({ length: 1000 }, (_, i) => `t${i}`);
		expect((jobConfig({ keyterms }).transcription_config as IDataObject).additional_vocab).toHaveLength(1000);
	});
});
