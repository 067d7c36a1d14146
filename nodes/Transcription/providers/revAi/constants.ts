import type { Region } from '../../http/connection';
import { languageChoices } from '../common/languageName';
import type { Choice } from '../provider';

export const NAME = 'revAi';
export const DISPLAY_NAME = 'Rev AI';

/**
 * A job is available only in the deployment that created it, which has its own accounts and tokens. Source: Rev AI docs,
 * “Get started with the Rev AI EU deployment”; Rev AI's Node SDK 3.8.5, `RevAiApiDeploymentConfigMap`.
 */
export const REV_AI_REGIONS: readonly Region[] = [
	{ name: 'United States', value: 'us', baseUrl: 'https://api.rev.ai' },
	{ name: 'Europe', value: 'eu', baseUrl: 'https://ec1.api.rev.ai' },
];

/** Source: Rev AI docs, “Asynchronous Speech-to-Text API”, base URL. */
export const JOBS_PATH = '/speechtotext/v1/jobs';

/** The cheaper model, which doesn't support some options. */
export const LOW_COST = 'low_cost';

/** Source: Rev AI docs, “Transcribers”. Human transcription can still be entered by its ID. */
export const MODELS: readonly Choice[] = [
	{ name: 'Reverb', value: 'machine', description: 'Used by default' },
	{ name: 'Reverb Turbo', value: LOW_COST, description: 'Costs less. English only.' },
	{ name: 'Fusion', value: 'fusion', description: 'Combines several models. English only.' },
];

/** Source: Rev AI docs, “Asynchronous API reference”, `language`. The list isn't complete, so users may enter any code. */
const LANGUAGE_CODES =
	'en en-us en-gb ar bg ca cmn cs da de el es fi fr hi hr hu it ja ko lt lv ms nl no pl pt ro ru sk sl sv tr';

export const LANGUAGES: readonly Choice[] = /* @__PURE__ */ languageChoices(LANGUAGE_CODES, undefined, [
	{ name: 'English & Spanish', value: 'en/es', description: 'For recordings in both languages' },
]);
