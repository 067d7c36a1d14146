import type { JobConfig } from './config';

/**
 * The rules of each model. Unless noted otherwise, rules and messages are from speechmatics-academy, `use-cases/09…`, which
 * tested them against the service in June 2026.
 */

/** Language codes and packs (Speechmatics docs, “Transcription languages”). */
const LANGUAGES = new Set(
	'ar ar_en ba eu be bn bg yue ca hr cs da nl en eo et fi fr gl de el he hi hu ia id ga it ja ko lv lt ms en_ms mt cmn cmn_en cmn_en_ms_ta mr mn no fa pl pt ro ru sk sl es sw sv tl ta en_ta th tr uk ur ug vi cy'.split(
		' ',
	),
);

/** Languages without language identification (Speechmatics docs, “Language identification”, Unsupported expected language). */
const NOT_IDENTIFIED = new Set('ia eo ug yue ga mt ur bn sw'.split(' '));

/**
 * The languages of each domain (docs, “Medical domain”; “Languages”, Bilingual and multi-language packs). `finance` is
 * accepted, but its languages aren't documented.
 */
const DOMAINS = new Map([
	['medical', new Set('ar_en da nl en fi fr de no es sv'.split(' '))],
	['bilingual-en', new Set(['es'])],
	['finance', LANGUAGES],
]);

/** The domain of the Spanish and English pack, which every language-pack model supports. */
const BILINGUAL = 'bilingual-en';

const HINTS = ['language_hints', 'language_hints_strict'];

/**
 * The fields that Melia 1 accepts. `speaker_diarization_config` is accepted but ignored. `output_locale` is supported
 * according to the docs, “Feature availability”. The sandbox assumes that `channel_diarization_labels` is accepted.
 */
const MELIA_FIELDS = new Set([
	...['model', 'language', ...HINTS, 'diarization'],
	...['speaker_diarization_config', 'output_locale', 'channel_diarization_labels'],
]);

/** The job-level fields that every model accepts (docs, “Feature availability”, Operational; Fetch URL). */
const COMMON_JOB_FIELDS = new Set([
	...['type', 'transcription_config', 'fetch_data', 'notification_config', 'tracking', 'output_config'],
]);

/** @returns the reason why the service rejects the job; undefined if it accepts the job */
export function refusalOf(config: JobConfig): string | undefined {
	const { transcription_config: asked } = config;
	switch (asked.model) {
		// The rules of Oak 1 are unknown.
		case 'oak-1':
			return undefined;
		case 'melia-1':
			return meliaRefusal(config);
		default:
			return languagePackRefusal(config);
	}
}

function meliaRefusal(config: JobConfig): string | undefined {
	const { transcription_config: asked } = config;
	const extra =
		Object.keys(asked).find((name) => !MELIA_FIELDS.has(name)) ??
		Object.keys(config).find((name) => !COMMON_JOB_FIELDS.has(name));
	if (extra !== undefined) return `Additional property ${extra} is not allowed`;
	// Neither `auto` nor packs are supported (docs, “Languages”). The wording of the error is an assumption.
	const isMulti = asked.language === 'multi';
	if (!isMulti && !isSingleLanguage(asked.language)) return `Languagepack '${asked.language}' is not supported`;
	const unknown = asked.language_hints?.filter((code) => !isSingleLanguage(code)) ?? [];
	return unknown.length > 0 ? `Language hint(s) [${unknown.join(', ')}] are not supported` : undefined;
}

function isSingleLanguage(code: string): boolean {
	return LANGUAGES.has(code) && !code.includes('_');
}

function languagePackRefusal(config: JobConfig): string | undefined {
	const { transcription_config: asked, language_identification_config: identification } = config;
	const { language, domain, model = asked.operating_point ?? 'standard' } = asked;
	const hint = HINTS.find((name) => name in asked);
	if (hint !== undefined) return `Additional property ${hint} is not allowed`;
	if (language === 'auto' && domain !== undefined) return `Languagepack 'auto-${domain}' is not supported`;
	if (language !== 'auto' && !LANGUAGES.has(language)) return `Languagepack '${language}' is not supported`;
	if (domain !== undefined && !supportsDomain(model, language, domain))
		return `Domain ${domain} is not supported for ${language}-${model}`;
	// This rule is from the docs, “Language identification”, Output locale.
	if (language === 'auto' && asked.output_locale) return 'output_locale cannot be used with language auto';
	const unidentified =
		identification?.expected_languages?.filter((code) => !LANGUAGES.has(code) || NOT_IDENTIFIED.has(code)) ?? [];
	return unidentified.length > 0
		? `Language(s) [${unidentified.join(', ')}] are not supported for language id`
		: undefined;
}

function supportsDomain(model: string, language: string, domain: string): boolean {
	return (model === 'enhanced' || domain === BILINGUAL) && (DOMAINS.get(domain)?.has(language) ?? false);
}
