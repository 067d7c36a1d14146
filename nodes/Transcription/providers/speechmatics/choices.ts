import { alphabetically } from '../alphabetical';
import { languageName } from '../languageName';
import type { Choice } from '../provider';

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
		alphabetically(a.name, b.name),
	),
];

function namesOf(codes: string): string {
	return codes.split('_').map(languageName).join(' & ');
}
