import type { Recognition } from '../../audio/recognize';
import type { Params } from './params';

/** The language of a transcript, or an error. */
type LanguageOutcome = { code: string; confidence: number | null } | { error: string };

/** Returns the requested language or, if none was requested, the detected one (AssemblyAI docs, Automatic language detection). */
export function language(heard: Recognition, params: Params): LanguageOutcome {
	if (params.language_code) return { code: params.language_code, confidence: null };
	const confidence = heard.genuine ? 0.9967 : 0.9;
	const {
		fallback_language: fallback,
		on_low_language_confidence: reaction,
		expected_languages: expected,
	} = params.language_detection_options ?? {};
	const usable = fallback && fallback !== 'auto' ? fallback : heard.language;
	const threshold = params.language_confidence_threshold ?? 0;
	if (confidence < threshold) {
		if (reaction === 'fallback') return { code: usable, confidence };
		return {
			error: `detected language '${heard.language}', confidence ${confidence}, is below the requested confidence threshold value of '${threshold}'`,
		};
	}
	return { code: expected?.length && !expected.includes(heard.language) ? usable : heard.language, confidence };
}
