import type { Region } from '../../http/connection';
import { compareNames } from '../../core/compareNames';
import { languageName } from '../common/languageName';
import type { Choice } from '../provider';


/**
 * Source: instanttranscriber.com, “API”. The API is below `/v1`, which stands in the paths of the requests: exports
 * (`/export/…`) are beside it.
 */
export const INSTANT_TRANSCRIBER_REGIONS: readonly Region[] = [
	{ name: 'Worldwide', value: 'worldwide', baseUrl: 'https://api.instanttranscriber.com' },
];

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
})).sort((a, b) => compareNames(a.name, b.name));

export const NAME = 'instantTranscriber';

export const DISPLAY_NAME = 'InstantTranscriber';
