/** A word as the service returns it; times in milliseconds (AssemblyAI API reference, TranscriptWord). */
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

/** What a transcript says, before and after redaction. */
export interface Content {
	text: string;
	words: Word[];
	/** `null` unless speaker labels or channels were asked for. */
	utterances: Utterance[] | null;
}

/** The outcome of a job that completes. */
export interface TranscriptResult extends Content {
	confidence: number | null;
	audioSeconds: number;
	audioChannels: number;
	languageCode: string;
	languageConfidence: number | null;
	entities: Entity[] | null;
	/** Present when asked for. */
	unredacted: Content | null;
	/** Stretches of the audio that were redacted, in seconds. */
	redactedSpans: Array<{ start: number; end: number }>;
}
