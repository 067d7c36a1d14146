import type { Region } from '../../http/connection';
import { languageChoices } from '../common/languageName';
import type { Choice } from '../provider';

/**
 * Source: instanttranscriber.com, “API”. The prefix `/v1` of the API is part of the request paths because exports
 * (`/export/…`) aren't below it.
 */
export const INSTANT_TRANSCRIBER_REGIONS: readonly Region[] = [
	{ name: 'Worldwide', value: 'worldwide', baseUrl: 'https://api.instanttranscriber.com' },
];

/**
 * InstantTranscriber's pages mention “auto, or a language code” without listing any, so these are suggestions: users may
 * enter any code.
 */
const LANGUAGE_CODES =
	'ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk sl sr sv ta th tl tr uk ur vi zh';

export const LANGUAGES: readonly Choice[] = /* @__PURE__ */ languageChoices(LANGUAGE_CODES);

export const NAME = 'instantTranscriber';

export const DISPLAY_NAME = 'InstantTranscriber';
