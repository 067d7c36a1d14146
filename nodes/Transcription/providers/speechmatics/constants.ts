import type { Region } from '../../http/connection';
import { compareNames } from '../../core/compareNames';
import { languageName } from '../common/languageName';
import type { Choice } from '../provider';
export const DISPLAY_NAME = 'Speechmatics';

/** Source: Speechmatics docs, “Authentication”, Batch SaaS endpoints. A job is only known in the region that made it. */
export const SPEECHMATICS_REGIONS: readonly Region[] = [
	{ name: 'Europe (EU1)', value: 'eu1', baseUrl: 'https://eu1.asr.api.speechmatics.com' },
	{ name: 'United States (US1)', value: 'us1', baseUrl: 'https://us1.asr.api.speechmatics.com' },
	{ name: 'Australia (AU1)', value: 'au1', baseUrl: 'https://au1.asr.api.speechmatics.com' },
	{ name: 'Europe (EU2, Enterprise)', value: 'eu2', baseUrl: 'https://eu2.asr.api.speechmatics.com' },
	{ name: 'United States (US2, Enterprise)', value: 'us2', baseUrl: 'https://us2.asr.api.speechmatics.com' },
];

/** The model that finds out about languages itself, word by word. */
export const MULTILINGUAL_MODEL = 'melia-1';

/** Source: Speechmatics docs, “Models”. */
export const MODELS: readonly Choice[] = [
	{ name: 'Enhanced', value: 'enhanced', description: 'The most accurate' },
	{ name: 'Standard', value: 'standard', description: 'The fastest; what the service uses without this option' },
	{
		name: 'Melia 1',
		value: MULTILINGUAL_MODEL,
		description: 'For recordings in several languages; without keyterms, entities and translation. Not in Australia.',
	},
];

/** Has the language identified. Source: Speechmatics docs, “Language identification”. */
export const DETECTED = 'auto';

/** What Melia 1 wants in place of a language. Source: Speechmatics docs, “Models”, Melia 1. */
export const SEVERAL = 'multi';

/** Source: Speechmatics docs, “Transcription languages”. A code with underscores is a pack for several languages. */
const LANGUAGE_CODES =
	'ar ar_en ba eu be bn bg yue ca hr cs da nl en eo et fi fr gl de el he hi hu ia id ga it ja ko lv lt ms en_ms mt cmn cmn_en cmn_en_ms_ta mr mn no fa pl pt ro ru sk sl es sw sv tl ta en_ta th tr uk ur ug vi cy'.split(
		' ',
	);

export const LANGUAGES: readonly Choice[] = [
	{ name: 'Detect', value: DETECTED, description: 'Needs about a minute of speech to be reliable' },
	{ name: 'Several (Melia 1)', value: SEVERAL },
	...LANGUAGE_CODES.map((code) => ({ name: namesOf(code), value: code })).sort((a, b) =>
		compareNames(a.name, b.name),
	),
];

function namesOf(codes: string): string {
	return codes.split('_').map(languageName).join(' & ');
}

/**
 * Speechmatics signs nothing: a callback proves itself by a header that was asked for with the job. What it announces
 * stands in its URL, to which the service adds `id` and `status`.
 * Source: Speechmatics docs, “Notifications”, How to configure a notification; Accepting the notification.
 */

export const NAME = 'speechmatics';
