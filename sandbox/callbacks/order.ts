/** The request of one attempt. */
export interface CallbackMessage {
	headers: Record<string, string>;
	body: string;
}

/** How a provider delivers its callbacks. */
export interface DeliveryPolicy {
	/** Total number of attempts. */
	attempts: number;
	/** Returns the delay before the next attempt, in sandbox seconds. `attempt` starts at 1. */
	pauseSeconds(attempt: number): number;
	/** Time limit for the receiver's response, in real seconds. */
	acknowledgeSeconds: number;
	/** Whether a response with this status is successful. If omitted, every 2xx is. */
	acknowledges?(status: number): boolean;
	/** Whether the provider stops retrying after an unsuccessful response with this status. */
	endsDelivery(status: number): boolean;
}

/** A callback to deliver. */
export interface CallbackOrder {
	provider: string;
	jobId: string;
	/** The provider's name for this kind of callback, for fault matching and the log. */
	kind: string;
	url: string;
	/**
	 * Builds the message. Called for every attempt, because a signature may contain the time.
	 * @param change returns the body to send instead. Signatures cover it.
	 */
	build(change: (body: string) => string): CallbackMessage;
	/** The headers that authenticate the callback. Forgeries change them. */
	authHeaders: readonly string[];
	/** Returns the body that an attacker would send. */
	alterBody(body: string): string;
	policy: DeliveryPolicy;
	/** Called with the status of each response to a genuine attempt. */
	onStatus?(status: number): void;
}

/** A logged attempt. */
interface AttemptRecord {
	number: number;
	at: string;
	/** The receiver's status; `null` if there was no response. */
	status: number | null;
	/** The reason why there was no response; otherwise `null`. */
	error: string | null;
	durationMs: number;
}

type DeliveryState = 'waiting' | 'sending' | 'delivered' | 'refused' | 'exhausted' | 'lost' | 'cancelled';

/** The cause of a delivery: the end of the job, a fault, or a request to redeliver the callback. */
export type DeliveryCause = 'job' | 'duplicate' | 'forgery' | 'redelivery';

/** A logged delivery: all attempts to send one callback. */
export interface DeliveryRecord {
	id: number;
	provider: string;
	jobId: string;
	kind: string;
	url: string;
	cause: DeliveryCause;
	/** The faults that were applied to it. */
	faults: string[];
	state: DeliveryState;
	attempts: AttemptRecord[];
}
