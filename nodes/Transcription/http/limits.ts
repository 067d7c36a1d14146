/** Limits for the duration of a request, from connecting to the last byte of the response, and for the response size. */
export interface RequestLimits {
	/** Time limit for a request without a file, in milliseconds. */
	requestMs: number;
	/** Time limit for an upload, in milliseconds. */
	uploadMs: number;
	/** Milliseconds added to the time limit for each byte uploaded or received. */
	msPerByte: number;
	/**
	 * How long a request that isn't idempotent may continue after the execution was stopped, in milliseconds. Its response
	 * names the job that the user pays for.
	 */
	graceMs: number;
	/** Maximum size of a JSON or text response, in bytes. */
	jsonBytes: number;
	/** Maximum size of a file, in bytes. */
	fileBytes: number;
}

/** `msPerByte` requires at least 50 kB per second. `jsonBytes` is below V8's maximum string length of 512 MiB. */
export const LIMITS: RequestLimits = {
	requestMs: 60_000,
	uploadMs: 600_000,
	msPerByte: 1 / 50,
	graceMs: 10_000,
	jsonBytes: 500_000_000,
	fileBytes: 2_000_000_000,
};
