import type { Region } from '../../http/connection';
import { languageChoices } from '../common/languageName';
import type { Choice } from '../provider';

export const NAME = 'elevenLabs';
export const DISPLAY_NAME = 'ElevenLabs';

/** Source: ElevenLabs JavaScript SDK 2.73.0, `environments`. Data residency regions have separate accounts and keys. */
export const ELEVENLABS_REGIONS: readonly Region[] = [
	{ name: 'Global', value: 'global', baseUrl: 'https://api.elevenlabs.io' },
	{ name: 'United States', value: 'us', baseUrl: 'https://api.us.elevenlabs.io' },
	{ name: 'European Union (Data Residency)', value: 'eu', baseUrl: 'https://api.eu.residency.elevenlabs.io' },
	{ name: 'India (Data Residency)', value: 'in', baseUrl: 'https://api.in.residency.elevenlabs.io' },
	{ name: 'Singapore (Data Residency)', value: 'sg', baseUrl: 'https://api.sg.residency.elevenlabs.io' },
];

/**
 * `GET /v1/models` doesn't report which models transcribe, so these are suggestions: users may enter any ID.
 *
 * Source: ElevenLabs OpenAPI (August 2026), `model_id` of `POST /v1/speech-to-text`, without `scribe_v1`, which was removed
 * on 2026-07-09 (ElevenLabs changelog, June 8, 2026).
 */
export const DEFAULT_MODEL = 'scribe_v2';
export const MODELS: readonly Choice[] = [{ name: 'Scribe V2', value: DEFAULT_MODEL, description: 'The newest model' }];

/** Source: ElevenLabs docs, “Speech to Text”, Supported languages. The API accepts ISO 639-1 and 639-3 codes. */
const LANGUAGE_CODES =
	'afr amh ara hye asm ast aze bel ben bos bul mya yue cat ceb nya hrv ces dan nld eng est fil fin fra ful glg lug kat deu ell guj hau heb hin hun isl ibo ind gle ita jpn jav kea kan kaz khm kor kur kir lao lav lin lit luo ltz mkd msa mal mlt zho mri mar mon nep nso nor oci ori pus fas pol por pan ron rus srp sna snd slk slv som spa swa swe tam tgk tel tha tur ukr umb urd uzb vie cym wol xho zul';

export const LANGUAGES: readonly Choice[] = /* @__PURE__ */ languageChoices(LANGUAGE_CODES);

/** Source: ElevenLabs OpenAPI, `ExportOptions`. */
export const FORMATS: readonly Choice[] = [
	{ name: 'DOCX', value: 'docx' },
	{ name: 'HTML', value: 'html' },
	{ name: 'PDF', value: 'pdf' },
	{ name: 'Segmented JSON', value: 'segmented_json' },
	{ name: 'SRT Subtitles', value: 'srt' },
	{ name: 'Text', value: 'txt' },
];
