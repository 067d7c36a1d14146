/**
 * The common format for transcripts from all providers.
 *
 * Times are seconds (float) from the start of the recording. Values that a provider doesn't return are absent: there are
 * no `null` values, and nothing is made up.
 */

export type JobStatus = 'queued' | 'processing' | 'completed' | 'failed';

/** Whether this is a final job status. */
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
	/** `word` is speech. Some providers return the other kinds between words. */
	kind: 'word' | 'spacing' | 'audioEvent';
}

/** A word as a service returned it, possibly without times. See `wordTimes.ts`. */
export type RawWord = Omit<Word, 'start' | 'end'> & { start?: number | undefined; end?: number | undefined };

/** One speaker's uninterrupted speech. */
export interface Utterance {
	text: string;
	start: number;
	end: number;
	speaker?: string;
	channel?: string;
	/** 0 to 1. */
	confidence?: number;
}

/** An utterance as a service returned it, possibly without times. */
export type RawUtterance = Omit<Utterance, 'start' | 'end'> & { start?: number | undefined; end?: number | undefined };

/** A named entity in the recording, such as a person, a number, or a date. */
export interface Entity {
	/** The provider's name for the type, such as `person_name`. */
	type: string;
	/** The text in the transcript. */
	text: string;
	/** Absent if the provider doesn't return the time and it can't be determined from the words. */
	start?: number;
	end?: number;
}

/** The sentiment of a sentence or a longer part of the transcript. */
export interface Sentiment {
	text: string;
	start?: number;
	end?: number;
	/** Lowercase: `positive`, `neutral`, or `negative`. */
	sentiment: string;
	/** 0 to 1. */
	confidence?: number;
	speaker?: string;
	channel?: string;
}

/** A part of the recording about one subject. */
export interface Chapter {
	title?: string;
	summary?: string;
	start: number;
	end: number;
}

/** A task or a decision that was mentioned in the recording. */
export interface ActionItem {
	text: string;
	/** The passage of the transcript that it is based on. */
	quote?: string;
	/** The provider's name for the kind, such as `decision`, if it distinguishes kinds. */
	type?: string;
	/** The person responsible, if known. */
	assignee?: string;
	start?: number;
	end?: number;
}

/** The topics of a part of the recording, from a predefined list. */
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

/** A sound that may overlap with speech, such as music or applause, which the provider lists separately from the words. */
export interface AudioEvent {
	/** The provider's name for the type. */
	type: string;
	start: number;
	end: number;
	/** 0 to 1. */
	confidence?: number;
	channel?: string;
}

/**
 * Fields are in the order in which the editor shows them: first the ones that users map most often, then identifiers.
 */
export interface Transcript {
	/** Set only in the example that the trigger offers in the editor, see `example.ts`. */
	isExample?: true;
	status: JobStatus;
	text?: string;
	/** The text with one line per turn, such as `Daniel: Hello`. Absent if speakers and channels weren't distinguished. */
	textWithSpeakers?: string;
	summary?: string;
	/** Sorted by time. */
	chapters?: Chapter[];
	actionItems?: ActionItem[];
	/** The provider's error message for a failed job. Not named `error`, because n8n treats an item with that key as failed. */
	errorMessage?: string;
	/** Problems that users of the transcript must know about, such as a missing part. */
	warnings?: string[];
	/** The metadata that the user attached at Submit. */
	metadata?: Record<string, string>;
	speakers?: string[];
	language?: string;
	/** 0 to 1. */
	languageConfidence?: number;
	/** 0 to 1. */
	confidence?: number;
	durationSeconds?: number;
	/** The recording's file name or title, if the service reports it. */
	recordingName?: string;
	model?: string;
	/** Translated text by language code. */
	translations?: Record<string, string>;
	/** The text after the provider edited it, if the user requested that. `text` is the original. */
	editedText?: string;
	/** The text before redaction, if the user requested both from the provider. */
	unredactedText?: string;
	provider: string;
	/** The provider's ID of the job. */
	id: string;
	/** Idempotency key for downstream systems, see {@link eventIdOf}. */
	eventId: string;
	/** The correlation ID that Submit added to the callback URL. */
	ref?: string;
	/** ISO 8601. */
	createdAt?: string;
	/** ISO 8601. */
	completedAt?: string;
	utterances?: Utterance[];
	entities?: Entity[];
	sentiments?: Sentiment[];
	topics?: TopicSegment[];
	/** Sounds between words are in `words` instead, with the kind `audioEvent`. */
	audioEvents?: AudioEvent[];
	words?: Word[];
	/** The provider's response, with secrets redacted. */
	raw?: unknown;
}

/** Returns `provider:id:status`, which is the same for redeliveries and recoveries of an event. */
export function eventIdOf(provider: string, id: string, status: string): string {
	return `${provider}:${id}:${status}`;
}

/** Returns a copy of the object without undefined fields. */
export function withoutAbsent<T extends object>(value: T): T {
	const present: Partial<T> = {};
	for (const key of Object.keys(value) as Array<keyof T>) if (value[key] !== undefined) present[key] = value[key];
	return present as T;
}

/**
 * A faster {@link withoutAbsent} for words, because a transcript may have hundreds of thousands of them. V8 creates an
 * object from a literal several times faster than by adding fields one by one, so the most common shapes have a
 * literal.
 */
export function makeWord(word: Word): Word;
export function makeWord(word: RawWord): RawWord;
export function makeWord({ text, start, end, confidence, speaker, channel, kind }: RawWord): RawWord {
	if (confidence !== undefined && channel === undefined) {
		return speaker === undefined
			? { text, start, end, confidence, kind }
			: { text, start, end, confidence, speaker, kind };
	}
	if (confidence !== undefined && speaker !== undefined)
		return { text, start, end, confidence, speaker, channel, kind };
	return withoutAbsent({ text, start, end, confidence, speaker, channel, kind });
}
