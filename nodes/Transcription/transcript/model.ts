/**
 * The one shape in which every provider's answer leaves this package.
 *
 * Times are seconds (float) from the start of the recording. What a provider does not give is absent:
 * there are no `null` values and nothing is invented.
 */

export type JobStatus = 'queued' | 'processing' | 'completed' | 'failed';

/** A job in one of these states will not change any more. */
export function isFinal(status: JobStatus): boolean {
	return status === 'completed' || status === 'failed';
}

export interface Word {
	text: string;
	start: number;
	end: number;
	/** 0 to 1. */
	confidence?: number;
	speaker?: string;
	channel?: string;
	/** `word` is speech; the others are what some providers put between words. */
	kind: 'word' | 'spacing' | 'audioEvent';
}

/** What one speaker says in one go. */
export interface Utterance {
	text: string;
	start: number;
	end: number;
	speaker?: string;
	channel?: string;
	/** 0 to 1. */
	confidence?: number;
}

/** Something of a known kind that is named in the recording: a person, a number, a date. */
export interface Entity {
	/** In the provider's words, such as `person_name`. */
	type: string;
	/** As it stands in the transcript. */
	text: string;
	/** Absent where the provider does not tell when it was said, and that cannot be known from the words. */
	start?: number;
	end?: number;
}

/** How what was said sounds, sentence by sentence or in larger parts. */
export interface Sentiment {
	text: string;
	start?: number;
	end?: number;
	/** In small letters: `positive`, `neutral` or `negative`. */
	sentiment: string;
	/** 0 to 1. */
	confidence?: number;
	speaker?: string;
	channel?: string;
}

/** A part of the recording that is about one thing. */
export interface Chapter {
	title?: string;
	summary?: string;
	start: number;
	end: number;
}

/** What a part of the recording is about, by names of a list. */
export interface TopicSegment {
	text: string;
	start: number;
	end: number;
	topics: Array<{
		name: string;
		/** 0 to 1. */
		relevance?: number;
	}>;
}

/** A sound that the provider lists apart from the words, since it may go on while people speak: music, applause. */
export interface AudioEvent {
	/** In the provider's words. */
	type: string;
	start: number;
	end: number;
	/** 0 to 1. */
	confidence?: number;
	channel?: string;
}

/** Members stand in the order in which the editor shows them: what people map first, then what identifies it. */
export interface Transcript {
	status: JobStatus;
	text?: string;
	/** What the recording is about. */
	summary?: string;
	/** In the order of time. */
	chapters?: Chapter[];
	/** Why a failed job failed, in the provider's words. Never named `error`: n8n takes that for a failed item. */
	errorMessage?: string;
	/** What the user attached at Submit. */
	metadata?: Record<string, string>;
	speakers?: string[];
	language?: string;
	/** 0 to 1. */
	languageConfidence?: number;
	/** 0 to 1. */
	confidence?: number;
	durationSeconds?: number;
	model?: string;
	/** Language code to translated text. */
	translations?: Record<string, string>;
	/** The text as it was before redaction, where the user asked the provider for both. */
	unredactedText?: string;
	provider: string;
	/** The provider's ID of the job. */
	id: string;
	/** Idempotency key for whatever stands downstream, see {@link eventIdOf}. */
	eventId: string;
	/** The correlation ID that Submit put into the callback URL. */
	ref?: string;
	/** ISO 8601. */
	createdAt?: string;
	/** ISO 8601. */
	completedAt?: string;
	utterances?: Utterance[];
	entities?: Entity[];
	sentiments?: Sentiment[];
	topics?: TopicSegment[];
	/** Sounds that stand between words are words of the kind `audioEvent`. */
	audioEvents?: AudioEvent[];
	words?: Word[];
	/** The provider's answer as it came, secrets replaced. */
	raw?: unknown;
}

/** `provider:id:status`, stable over redeliveries and recoveries of the same event. */
export function eventIdOf(provider: string, id: string, status: string): string {
	return `${provider}:${id}:${status}`;
}

/** The object without its undefined members, so that absent things are absent in the item too. */
export function withoutAbsent<T extends object>(value: T): T {
	const present: Partial<T> = {};
	for (const key of Object.keys(value) as Array<keyof T>) if (value[key] !== undefined) present[key] = value[key];
	return present as T;
}

/**
 * {@link withoutAbsent} for words, of which there may be hundreds of thousands: V8 makes an object from a literal several
 * times as fast as one whose members are added one by one, so the shapes that most services use have a literal each.
 */
export function makeWord({ text, start, end, confidence, speaker, channel, kind }: Word): Word {
	if (confidence !== undefined && channel === undefined) {
		return speaker === undefined ? { text, start, end, confidence, kind } : { text, start, end, confidence, speaker, kind };
	}
	if (confidence !== undefined && speaker !== undefined) return { text, start, end, confidence, speaker, channel, kind };
	return withoutAbsent({ text, start, end, confidence, speaker, channel, kind });
}
