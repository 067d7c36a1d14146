import type { Region } from '../../http/connection';
import { languageChoices } from '../common/languageName';
import type { Choice } from '../provider';

export const NAME = 'gladia';
export const DISPLAY_NAME = 'Gladia';

/** There is only one server for recordings. Source: Gladia OpenAPI (August 2026), `servers`. */
export const GLADIA_REGIONS: readonly Region[] = [
	{ name: 'Gladia', value: 'gladia', baseUrl: 'https://api.gladia.io' },
];

/** Source: Gladia OpenAPI, `POST /v2/pre-recorded`. */
export const JOBS_PATH = '/v2/pre-recorded';
/** Source: Gladia OpenAPI, `POST /v2/upload`. */
export const UPLOAD_PATH = '/v2/upload';

/** The model that only supports some languages. */
export const SOLARIA_3 = 'solaria-3';

/** Source: Gladia docs, “Models”. */
export const SOLARIA_3_LANGUAGES: readonly string[] = ['en', 'fr', 'de', 'es', 'it'];

/** Source: Gladia docs, “Models”. */
export const MODELS: readonly Choice[] = [
	{ name: 'Solaria 1', value: 'solaria-1', description: 'The default, for all languages' },
	{
		name: 'Solaria 3',
		value: SOLARIA_3,
		description: 'For English, French, German, Italian, and Spanish. Requires exactly one Language.',
	},
];

/** Source: Gladia OpenAPI, `TranscriptionLanguageCodeEnum`. */
const LANGUAGE_CODES =
	'af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo zh';

export const LANGUAGES: readonly Choice[] = /* @__PURE__ */ languageChoices(LANGUAGE_CODES);
