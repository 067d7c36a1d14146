import type { Region } from '../../http/connection';
import type { INodePropertyOptions } from 'n8n-workflow';
import { languageChoices, languageName } from '../common/languageName';
import type { Choice } from '../provider';

export const NAME = 'assemblyAi';
export const DISPLAY_NAME = 'AssemblyAI';

/** Source: AssemblyAI OpenAPI 1.3.4, `servers`. */
export const ASSEMBLYAI_REGIONS: readonly Region[] = [
	{ name: 'United States', value: 'us', baseUrl: 'https://api.assemblyai.com' },
	{ name: 'European Union', value: 'eu', baseUrl: 'https://api.eu.assemblyai.com' },
];

/**
 * Source: AssemblyAI docs, “Model versions and deprecations”, “assemblyai-stt-3-7 migration guide” (November 2026). The API
 * accepts a priority list and has no endpoint that lists models, so these are suggestions: users may enter any ID. No model
 * is sent by default, so that the account's default applies.
 */
export const MODELS: readonly Choice[] = [
	{
		name: 'AssemblyAI STT 3.7, Else Universal-2',
		value: 'assemblyai-stt-3-7, universal-2',
		description: 'Recommended: the newest model, with Universal-2 for languages it doesn’t support',
	},
	{
		name: 'AssemblyAI STT 3.7',
		value: 'assemblyai-stt-3-7',
		description: 'The newest model, without a fallback for languages it doesn’t support',
	},
	{ name: 'Universal-2', value: 'universal-2', description: 'Supports the most languages' },
	{
		name: 'Universal-3.5 Pro, Else Universal-2',
		value: 'universal-3-5-pro, universal-2',
		description: 'Deprecated. Falls back to Universal-2 for languages that it doesn’t support.',
	},
];

/**
 * Models that the service no longer accepts. For all others, the service decides. Source: AssemblyAI docs, “Model
 * versions and deprecations”; changelog of `@ai-sdk/assemblyai` (Vercel's AI SDK), 3.0.85 and earlier.
 */
export const RETIRED_MODELS: readonly string[] = ['best', 'nano', 'slam-1', 'universal-3-pro'];

/** Source: AssemblyAI OpenAPI 1.3.4, `TranscriptLanguageCode`. */
const LANGUAGE_CODES =
	'en en_au en_uk en_us es fr de it pt nl af sq am ar hy as az ba eu be bn bs br bg my ca zh hr cs da et fo fi gl ka el gu ht ha haw he hi hu is id ja jw kn kk km ko lo la lv ln lt lb mk mg ms ml mt mi mr mn ne no nn oc pa ps fa pl ro ru sa sr sn sd si sk sl so su sw sv tl tg ta tt te th bo tr tk uk ur uz vi cy yi yo';

export const LANGUAGES: readonly Choice[] = /* @__PURE__ */ languageChoices(LANGUAGE_CODES, nameOf);

function nameOf(code: string): string {
	// The API uses `uk` for the United Kingdom and `jw` for Javanese; the standard codes are GB and jv.
	return languageName(code.replace('_uk', '_gb').replace(/^jw$/, 'jv').replace('_', '-'));
}

/** Source: AssemblyAI OpenAPI 1.3.4 (August 2026), `PiiPolicy`. */
const PII_POLICY_VALUES =
	'account_number banking_information blood_type credit_card_cvv credit_card_expiration credit_card_number date date_interval date_of_birth drivers_license drug duration email_address event filename gender gender_sexuality healthcare_number injury ip_address language location location_address location_address_street location_city location_coordinate location_country location_state location_zip marital_status medical_condition medical_process money_amount nationality number_sequence occupation organization organization_medical_facility passport_number password person_age person_name phone_number physical_attribute political_affiliation religion sexuality statistics time url us_social_security_number username vehicle_id zodiac_sign'.split(
		' ',
	);

const ABBREVIATIONS = ['cvv', 'ip', 'id', 'url', 'us', 'zip'];

export const PII_POLICIES: INodePropertyOptions[] = PII_POLICY_VALUES.map((value) => ({
	name: policyName(value),
	value,
}));

function policyName(value: string): string {
	return value
		.split('_')
		.map((word) => (ABBREVIATIONS.includes(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)))
		.join(' ')
		.replace(' Of ', ' of ');
}
