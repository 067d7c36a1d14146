import type { Region } from '../../http/connection';
import { languageChoices, languageName } from '../common/languageName';
import type { Choice } from '../provider';

export const NAME = 'speechmatics';
export const DISPLAY_NAME = 'Speechmatics';

/** Source: Speechmatics docs, “Authentication”, Batch SaaS endpoints. A job is only available in the region that created it. */
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
			'For recordings in several languages. Doesn’t support keyterms, entities or translation. Not available in Australia.',
	},
];

/** Enables language identification. Source: Speechmatics docs, “Language identification”. */
export const AUTO_DETECT = 'auto';

/** The language value that Melia 1 requires. Source: Speechmatics docs, “Models”, Melia 1. */
export const MULTILINGUAL = 'multi';

/** Source: Speechmatics docs, “Transcription languages”. A code with underscores is a language pack for several languages. */
const LANGUAGE_CODES =
	'ar ar_en ba eu be bn bg yue ca hr cs da nl en eo et fi fr gl de el he hi hu ia id ga it ja ko lv lt ms en_ms mt cmn cmn_en cmn_en_ms_ta mr mn no fa pl pt ro ru sk sl es sw sv tl ta en_ta th tr uk ur ug vi cy';

export const LANGUAGES: readonly Choice[] = /* @__PURE__ */ languageChoices(LANGUAGE_CODES, namesOf, [
	{
		name: 'Detect',
		value: AUTO_DETECT,
		description: 'Detect the language. Requires about a minute of speech to be reliable.',
	},
	{ name: 'Multiple (Melia 1)', value: MULTILINGUAL },
]);

function namesOf(codes: string): string {
	return codes.split('_').map(languageName).join(' & ');
}
