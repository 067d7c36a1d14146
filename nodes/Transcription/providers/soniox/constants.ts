import type { Region } from '../../http/connection';
import { languageChoices } from '../common/languageName';
import type { Choice } from '../provider';

export const NAME = 'soniox';
export const DISPLAY_NAME = 'Soniox';

/**
 * Each project and its API keys belong to one region. Source: Soniox Node SDK 2.3.0, `region`; for India, Soniox docs, “Data
 * residency” (September 2026), as quoted by integrations.
 */
export const SONIOX_REGIONS: readonly Region[] = [
	{ name: 'United States', value: 'us', baseUrl: 'https://api.soniox.com' },
	{ name: 'European Union', value: 'eu', baseUrl: 'https://api.eu.soniox.com' },
	{ name: 'India', value: 'in', baseUrl: 'https://api.in.soniox.com' },
	{ name: 'Japan', value: 'jp', baseUrl: 'https://api.jp.soniox.com' },
];

/** The API requires a model. Source: Soniox docs, “Models” (June 2026). */
export const DEFAULT_MODEL = 'stt-async-v5';

/** Fallback if the service can't be queried. Source: Soniox docs, “Models”, “Current models” and “Aliases”. */
export const MODELS: readonly Choice[] = [
	{ name: 'Async V5', value: DEFAULT_MODEL },
	{ name: 'Async V4 (Alias of V5)', value: 'stt-async-v4' },
];

/** Source: Soniox docs, “Supported languages”. */
const LANGUAGE_CODES =
	'af sq ar az eu be bn bs bg ca zh hr cs da nl en et fi fr gl de el gu he hi hu id it ja kn kk ko lv lt mk ms ml mr no fa pl pt pa ro ru sr sk sl es sw sv tl ta te th tr uk ur vi cy';

/** Fallback if the service can't be queried. */
export const LANGUAGES: readonly Choice[] = /* @__PURE__ */ languageChoices(LANGUAGE_CODES);
