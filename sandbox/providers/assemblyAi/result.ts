/** A word in the service's format. Times are in milliseconds (AssemblyAI API reference, TranscriptWord). */
export interface Word {
	text: string;
	start: number;
	end: number;
	confidence: number;
	speaker: string | null;
	channel?: string;
}

/** A turn of one speaker (AssemblyAI API reference, TranscriptUtterance). */
export interface Utterance {
	speaker: string;
	channel?: string;
	text: string;
	start: number;
	end: number;
	confidence: number;
	words: Word[];
}

/** A detected entity (AssemblyAI API reference, Entity). */
export interface Entity {
	entity_type: string;
	text: string;
	start: number;
	end: number;
}

/** The content of a transcript, before or after redaction. */
export interface Content {
	text: string;
	words: Word[];
	/** `null` unless speaker labels or channels were requested. */
	utterances: Utterance[] | null;
}

/** The result of a completed job. */
export interface TranscriptResult extends Content {
	confidence: number | null;
	audioSeconds: number;
	audioChannels: number;
	languageCode: string;
	languageConfidence: number | null;
	entities: Entity[] | null;
	/** Results by task; `null` unless requested. */
	understanding: Record<string, unknown> | null;
	/** Warnings about features that the service skipped. */
	warnings: string[];
	/** `null` unless requested. */
	unredacted: Content | null;
	/** Redacted parts of the audio, in seconds. */
	redactedSpans: Array<{ start: number; end: number }>;
}
