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

/** Members stand in the order in which the editor shows them: what people map first, then what identifies it. */
export interface Transcript {
	status: JobStatus;
	text?: string;
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
	return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}
