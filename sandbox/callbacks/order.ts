/** What goes over the wire in one attempt. */
export interface CallbackMessage {
	headers: Record<string, string>;
	body: string;
}

/** How a provider delivers its callbacks. */
export interface DeliveryPolicy {
	/** Attempts in all, the first included. */
	attempts: number;
	/** Sandbox seconds between attempt `attempt` (from 1) and the next. */
	pauseSeconds(attempt: number): number;
	/** Real seconds the receiver has for its answer. */
	acknowledgeSeconds: number;
	/** True for answers after which the provider does not try again although it was not successful. */
	endsDelivery(status: number): boolean;
}

/** One callback a provider wants delivered. */
export interface CallbackOrder {
	provider: string;
	jobId: string;
	/** The provider's name for this kind of callback, for fault matching and the log. */
	kind: string;
	url: string;
	/** Called for every attempt, since a signature may carry the time. */
	build(): CallbackMessage;
	/** The headers by which the receiver recognises the provider; forgeries spoil these. */
	authHeaders: readonly string[];
	/** A body an attacker would send in place of the true one. */
	alterBody(body: string): string;
	policy: DeliveryPolicy;
	/** Called with every HTTP status the receiver answers to a genuine attempt. */
	onStatus?(status: number): void;
}

/** One attempt, as it is logged. */
interface AttemptRecord {
	number: number;
	at: string;
	/** The receiver's status; `null` when no answer came. */
	status: number | null;
	/** Why no answer came. */
	error: string | null;
	durationMs: number;
}

type DeliveryState = 'waiting' | 'sending' | 'delivered' | 'refused' | 'exhausted' | 'lost' | 'cancelled';

/** Why a delivery exists: the job ended, a fault, or somebody asked for it again. */
export type DeliveryCause = 'job' | 'duplicate' | 'forgery' | 'redelivery';

/** One delivery (the attempt chain of one callback), as it is logged. */
export interface DeliveryRecord {
	id: number;
	provider: string;
	jobId: string;
	kind: string;
	url: string;
	cause: DeliveryCause;
	/** The fault that shaped it. */
	faults: string[];
	state: DeliveryState;
	attempts: AttemptRecord[];
}
