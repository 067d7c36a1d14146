/** A file in a form that the sandbox received. */
export interface UploadedFile {
	/** Name of the form field. */
	field: string;
	fileName: string;
	mimeType: string;
	bytes: number;
	/** Hash of the content as hex digits. */
	sha256: string;
}

/** A request that the sandbox received, without its API key. */
export interface RequestRecord {
	number: number;
	at: string;
	/** `null` for samples and unknown paths. */
	provider: string | null;
	method: string;
	/** Path with the query string. */
	path: string;
	/** `null` while the request is in progress, or if the connection was closed before a response. */
	status: number | null;
	requestBytes: number;
	/** The files of a form, in the order in which they were received completely. */
	files: UploadedFile[];
	responseBytes: number;
	durationMs: number;
	/** Whether the key was accepted; `null` if it wasn't checked. */
	authorized: boolean | null;
	/** Name of the account. */
	account: string | null;
	/** ID of the HTTP fault that was applied. */
	fault: string | null;
	/** Whether the connection was closed before the response was complete. */
	closedEarly: boolean;
}

// Enough for any test. A limit is needed for a sandbox that runs for days.
const MOST_RECORDS = 10_000;

/** The received requests, except those to the control API. */
export class RequestLog {
	private records: RequestRecord[] = [];
	private counter = 0;

	open(provider: string | null, method: string, path: string): RequestRecord {
		this.counter += 1;
		const record: RequestRecord = {
			number: this.counter,
			at: new Date().toISOString(),
			provider,
			method,
			path,
			status: null,
			requestBytes: 0,
			files: [],
			responseBytes: 0,
			durationMs: 0,
			authorized: null,
			account: null,
			fault: null,
			closedEarly: false,
		};
		this.records.push(record);
		if (this.records.length > MOST_RECORDS) this.records.shift();
		return record;
	}

	/** Returns the requests, oldest first. */
	list(): RequestRecord[] {
		return [...this.records];
	}

	clear(): void {
		this.records = [];
	}
}
