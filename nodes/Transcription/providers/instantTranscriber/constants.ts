import type { Region } from '../../http/connection';
import { languageChoices, languageName } from '../common/languageName';
import type { Choice } from '../provider';

/**
 * Source: instanttranscriber.com, “API”. The API's `/v1` prefix is part of the request paths because exports
 * (`/export/…`) don't have it.
 */
export const INSTANT_TRANSCRIBER_REGIONS: readonly Region[] = [
	{ name: 'Worldwide', value: 'worldwide', baseUrl: 'https://api.instanttranscriber.com' },
];

/**
 * InstantTranscriber supports “100 transcription language codes” but doesn't list them (instanttranscriber.com, “API”). These
 * are assumed to be the 100 codes of OpenAI's Whisper. Users may enter any other code.
 */
const LANGUAGE_CODES =
	'af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo yue zh';

export const LANGUAGES: readonly Choice[] = /* @__PURE__ */ languageChoices(LANGUAGE_CODES, nameOf);

function nameOf(code: string): string {
	// Whisper's code for Javanese isn't the standard one.
	return languageName(code === 'jw' ? 'jv' : code);
}

export const NAME = 'instantTranscriber';

export const DISPLAY_NAME = 'InstantTranscriber';
