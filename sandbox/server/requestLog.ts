/** One request the sandbox received. Never holds a key. */
export interface RequestRecord {
	number: number;
	at: string;
	/** `null` for samples and unknown paths. */
	provider: string | null;
	method: string;
	/** With the query string. */
	path: string;
	/** `null` while it is being answered, and when the connection was cut before an answer. */
	status: number | null;
	requestBytes: number;
	responseBytes: number;
	durationMs: number;
	/** Whether the key was accepted; `null` where none was looked at. */
	authorized: boolean | null;
	/** Name of the account. */
	account: string | null;
	/** Id of the HTTP fault that hit it. */
	fault: string | null;
	/** Whether the connection ended before the answer was complete. */
	closedEarly: boolean;
}

// Enough for any test; a sandbox that runs for days must not grow without end.
const MOST_RECORDS = 10_000;

/** The requests received, control API excluded. */
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

	/** Oldest first. */
	list(): RequestRecord[] {
		return [...this.records];
	}

	clear(): void {
		this.records = [];
	}
}
