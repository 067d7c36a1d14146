
/** How long a request may take from connecting to the last byte of its answer, and how large that answer may be. */
export interface RequestLimits {
	/** Milliseconds for a request without a file. */
	answerMs: number;
	/** Milliseconds for an upload. */
	uploadMs: number;
	/** Milliseconds added for each byte that is uploaded or received. */
	msPerByte: number;
	/** The largest answer that is JSON or text, in bytes. */
	jsonBytes: number;
	/** The largest file, in bytes. */
	fileBytes: number;
}

/** A connection with less than 50 kB a second is too slow. V8's strings end at 512 MiB. */
export const LIMITS: RequestLimits = { answerMs: 60_000, uploadMs: 600_000, msPerByte: 1 / 50, jsonBytes: 500_000_000, fileBytes: 2_000_000_000 };
