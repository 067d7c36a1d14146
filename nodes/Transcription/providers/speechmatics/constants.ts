import type { Region } from '../../http/connection';
import { languageChoices, languageName } from '../common/languageName';
import type { Choice } from '../provider';

export const NAME = 'speechmatics';
export const DISPLAY_NAME = 'Speechmatics';

/**
 * Source: Speechmatics docs, “Authentication”, Batch SaaS endpoints. A job is available only in the region that created
 * it.
 */
export const SPEECHMATICS_REGIONS: readonly Region[] = [
	{ name: 'Europe (EU1)', value: 'eu1', baseUrl: 'https://eu1.asr.api.speechmatics.com' },
	{ name: 'United States (US1)', value: 'us1', baseUrl: 'https://us1.asr.api.speechmatics.com' },
	{ name: 'Australia (AU1)', value: 'au1', baseUrl: 'https://au1.asr.api.speechmatics.com' },
	{ name: 'Europe (EU2, Enterprise)', value: 'eu2', baseUrl: 'https://eu2.asr.api.speechmatics.com' },
	{ name: 'United States (US2, Enterprise)', value: 'us2', baseUrl: 'https://us2.asr.api.speechmatics.com' },
];

/** The model that detects the language of each word. */
export const MULTILINGUAL_MODEL = 'melia-1';

/** Source: Speechmatics docs, “Models”. */
export const MODELS: readonly Choice[] = [
	{ name: 'Enhanced', value: 'enhanced', description: 'The most accurate model' },
	{ name: 'Standard', value: 'standard', description: 'The fastest model, and the default' },
	{
		name: 'Melia 1',
		value: MULTILINGUAL_MODEL,
		description:
			'For recordings in several languages. Doesn’t support keyterms, domains, entities, translations, or summaries. Not available in Australia.',
	},
	{
		name: 'Oak 1',
		value: 'oak-1',
		description: 'A newer model. Only the options you add are sent, without checking them, so set Language too.',
	},
];

/** Enables language identification. Source: Speechmatics docs, “Language identification”. */
export const AUTO_DETECT = 'auto';

/** The language value that Melia 1 requires. Source: Speechmatics docs, “Models”, Melia 1. */
export const MULTILINGUAL = 'multi';

/**
 * The `es` domain that selects the Spanish and English pack. Source: Speechmatics docs, “Languages”, Bilingual packs.
 */
export const BILINGUAL_DOMAIN = 'bilingual-en';

/** A language pack as the API expects it. */
export interface LanguagePack {
	language: string;
	domain?: string;
}

/** Returns the language pack for a value of the Language option. One pack also has a domain, after a plus sign. */
export function languagePackOf(value: string): LanguagePack {
	const [language = value, domain] = value.split('+');
	return { language, ...(domain !== undefined && { domain }) };
}

/** Source: Speechmatics docs, “Transcription languages”. A code with underscores is a language pack for several languages. */
const LANGUAGE_CODES =
	'ar ar_en ba eu be bn bg yue ca hr cs da nl en eo et fi fr gl de el he hi hu ia id ga it ja ko lv lt ms en_ms mt cmn cmn_en cmn_en_ms_ta mr mn no fa pl pt ro ru sk sl es es+bilingual-en sw sv tl ta en_ta th tr uk ur ug vi cy';

/** Languages of the packs whose codes don't name them. Source: Speechmatics docs, “Languages”, Bilingual packs. */
const PACKS: Readonly<Record<string, string>> = { 'es+bilingual-en': 'es_en', tl: 'tl_en' };

export const LANGUAGES: readonly Choice[] = /* @__PURE__ */ languageChoices(LANGUAGE_CODES, namesOf, [
	{
		name: 'Detect',
		value: AUTO_DETECT,
		description: 'Detect the language. Requires about a minute of speech to be reliable.',
	},
	{ name: 'Multiple (Melia 1)', value: MULTILINGUAL },
]);

function namesOf(code: string): string {
	return (PACKS[code] ?? code).split('_').map(languageName).join(' & ');
}
