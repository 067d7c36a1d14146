import { alphabetically } from '../alphabetical';
import { languageName } from '../languageName';
import type { Choice } from '../provider';

/**
 * InstantTranscriber's pages speak of “auto, or a language code” and list none, so these are suggestions: users may
 * enter any code.
 */
const LANGUAGE_CODES =
	'ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk sl sr sv ta th tl tr uk ur vi zh'.split(
		' ',
	);

export const LANGUAGES: readonly Choice[] = LANGUAGE_CODES.map((code) => ({
	name: languageName(code),
	value: code,
})).sort((a, b) => alphabetically(a.name, b.name));
