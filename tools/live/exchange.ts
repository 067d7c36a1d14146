/** A request to a service and its response. */
export interface Exchange {
	/** The step of the scenario that sent the request, e.g. `fetch`. */
	step: string;
	method: string;
	/** Absolute. */
	url: string;
	/** Whether the URL is presigned, in which case its host and path are arbitrary. */
	isSigned: boolean;
	status: number;
	/** Names are lowercase. */
	headers: Readonly<Record<string, string>>;
	body: Buffer;
}

/** Collects exchanges and labels them with the current step. */
export class Recorder {
	step = '';
	readonly exchanges: Exchange[] = [];

	add(exchange: Omit<Exchange, 'step'>): void {
		this.exchanges.push({ ...exchange, step: this.step });
	}

	/** Changes the step of all exchanges after the first `from`. */
	relabel(from: number, step: string): void {
		for (const exchange of this.exchanges.slice(from)) exchange.step = step;
	}
}
