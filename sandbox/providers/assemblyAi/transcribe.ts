import type { Recognition } from '../../audio/recognize';
import { content, meanConfidence } from './content';
import { language } from './language';
import type { Params } from './params';
import { findings, redact, type Finding } from './redact';
import type { Entity, TranscriptResult } from './result';
import { understanding } from './understanding';
import { tokens, type Token } from './words';

/** Minimum duration; shorter audio causes an error (AssemblyAI docs, FAQ, minimum audio duration). */
const SHORTEST_SECONDS = 0.16;
/** Maximum duration: 10 hours (AssemblyAI docs, Supported files). */
const LONGEST_SECONDS = 36_000;

/** Creates the transcript as requested. @returns an error if the job fails */
export function transcribe(heard: Recognition, params: Params): TranscriptResult | { error: string } {
	if (heard.durationSeconds < SHORTEST_SECONDS) return { error: 'Audio duration is too short.' };
	if (heard.durationSeconds > LONGEST_SECONDS) return { error: 'Audio duration is too long.' };
	const threshold = params.speech_threshold ?? 0;
	if (speechFraction(heard) < threshold)
		return { error: `Audio contains less speech than the speech_threshold of ${threshold}.` };
	const spoken = language(heard, params);
	if ('error' in spoken) return spoken;
	const all = tokens(heard, params);
	const hidden = findings(heard, all, params);
	const shown = redact(all, hidden, params.redact_pii_sub ?? 'hash');
	const withUtterances = Boolean(params.speaker_labels || params.multichannel);
	const made = content(shown, withUtterances);
	return {
		...made,
		confidence: meanConfidence(shown),
		audioSeconds: heard.durationSeconds,
		audioChannels: heard.channels,
		languageCode: spoken.code,
		languageConfidence: spoken.confidence,
		entities: params.entity_detection ? entities(heard, shown) : null,
		understanding: understanding(made.words, params),
		warnings: warnings(heard, spoken.code, params),
		unredacted: params.redact_pii_return_unredacted ? content(all, withUtterances) : null,
		redactedSpans: spans(all, hidden),
	};
}

/** The languages that medical mode supports (AssemblyAI docs, Medical mode, supported languages). */
const MEDICAL_LANGUAGES = ['en', 'es', 'de', 'fr'];

/** Creates `metadata.warnings`, which lists the features that the service skipped (AssemblyAI docs, Medical mode; Language detection). */
function warnings(heard: Recognition, code: string, params: Params): string[] {
	const skipsDomain = params.domain && !MEDICAL_LANGUAGES.includes(code.split('_')[0]!);
	return [
		...(skipsDomain ? [`Domain ${params.domain} was skipped because it does not support the language ${code}.`] : []),
		...(heard.words.length === 0 && params.language_detection_options?.on_no_speech_detected === 'fallback'
			? ['No speech was detected, so the fallback language was used.']
			: []),
	];
}

function speechFraction(heard: Recognition): number {
	const spoken = heard.words.reduce((sum, word) => sum + word.end - word.start, 0);
	return heard.durationSeconds === 0 ? 0 : spoken / heard.durationSeconds;
}

/** Returns a sample's entities. Their text is taken from the transcript, so that it is redacted as well. */
function entities(heard: Recognition, shown: Token[]): Entity[] {
	return heard.entities.flatMap(({ type, firstWord, lastWord }) => {
		const covered = shown.filter(({ first, last }) => last >= firstWord && first <= lastWord);
		const first = covered[0];
		if (!first) return [];
		const text = covered
			.map((token) => token.text)
			.join(' ')
			.replace(/[.,!?;:]+$/, '');
		return [{ entity_type: type, text, start: first.start, end: covered[covered.length - 1]!.end }];
	});
}

function spans(all: Token[], hidden: Finding[]): Array<{ start: number; end: number }> {
	return hidden.flatMap(({ first, last }) => {
		const covered = all.filter((token) => token.first >= first && token.last <= last);
		const start = covered[0];
		return start ? [{ start: start.start / 1000, end: covered[covered.length - 1]!.end / 1000 }] : [];
	});
}
