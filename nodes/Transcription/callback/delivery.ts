import { parseJson } from '../core/json';

/** An HTTP request that claims to be a provider's callback. Nothing in it is trusted until it is verified. */
export interface Delivery {
	/** The bytes as received. Signatures are verified against these, never against reserialized JSON. */
	rawBody: Buffer;
	/** The parsed body, if n8n has parsed it already. Parsing a transcript takes a while, so it isn't done twice. */
	json?: unknown;
	/** Names are lowercase, as in Node.js. */
	headers: Record<string, string | string[] | undefined>;
	query: URLSearchParams;
	/** Set only if n8n couldn't provide the body; the value is the reason. */
	bodyError?: string;
}

/** The data used to verify a delivery. */
export interface Proof {
	/**
	 * Our secrets, which the service receives with the job or at registration. There is at least one, and any of them is
	 * accepted.
	 */
	secrets: readonly string[];
	/** Set if the user didn't choose a Webhook Secret, in which case the service knows our secret only if we sent it. */
	isSecretDerived?: boolean;
	/** The part of the callback URL that belongs to this trigger or waiting execution, see `scopeOf` in `url.ts`. */
	scope: string;
	/** The secret that the service issued when the trigger's webhook was registered. UNREADABLE fails verification. */
	issuedSecret?: string | typeof UNREADABLE;
	/** Provider-specific fields of the credential. */
	settings: Readonly<Record<string, string>>;
	/** Unix time. */
	nowSeconds: number;
}

/** The reason is logged, never sent to the caller. */
export type Verification =
	| {
			ok: true;
			/** Whether the proof covers the body. A secret in a header only proves that the sender knows it. */
			bodySigned?: boolean;
			/**
			 * The names of headers that look like a signature but weren't checked, so that users can find out how the service
			 * signs. Never their values.
			 */
			uncheckedSignatures?: readonly string[];
	  }
	| { ok: false; reason: string };

/**
 * The content of a callback.
 *
 * - an event that the trigger may act on
 * - `ignored`: the callback is genuine but irrelevant; the value is the reason
 * - `unreadable`: the callback is genuine, but what it reports about the job can't be determined
 */
export type CallbackEvent = AnnouncedEvent | { ignored: string } | UnreadableCallback;

export interface UnreadableCallback {
	/** The reason. */
	unreadable: string;
	/** The job ID, if it could be found anyway. */
	id?: string;
	/** See {@link AnnouncedEvent}. */
	callbackUrl?: string;
}

export interface AnnouncedEvent {
	/** `completed`, `failed`, or one of the provider's extra events. */
	event: string;
	/**
	 * The job ID. Absent if the callback doesn't contain it. In that case, `details` contains any other data about the
	 * job.
	 */
	id?: string;
	details?: Record<string, string | number>;
	/**
	 * The callback URL from Submit, if the service sends all callbacks to one URL and returns the job's URL in the
	 * body.
	 */
	callbackUrl?: string;
}

/** Returns the parsed JSON body, or undefined if the body isn't JSON. */
export function jsonOf({ json, rawBody }: Delivery): unknown {
	return json === undefined ? parseJson(rawBody.toString('utf8')) : json;
}

/**
 * Reads a verified callback.
 * @param read the provider's reader. If it ignores a body that isn't JSON, the callback counts as unreadable.
 */
export function readCallback(read: (delivery: Delivery) => CallbackEvent, delivery: Delivery): CallbackEvent {
	const event = read(delivery);
	const reason = 'ignored' in event ? event.ignored : 'unreadable' in event ? event.unreadable : undefined;
	if (reason === undefined || jsonOf(delivery) !== undefined) return event;
	const why = [reason, delivery.bodyError].filter((part) => part !== undefined);
	return { ...('unreadable' in event && event), unreadable: why.join('; ') };
}

/** Returns the value of a header, or undefined if it is absent, empty, or sent more than once. */
export function singleHeader(delivery: Delivery, name: string): string | undefined {
	const value = delivery.headers[name.toLowerCase()];
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A name like `X-Signature`, `x-hub-signature-256`, or `webhook-hmac`. */
const SIGNATURE_NAME = /(?:^|[-_])(?:signature|sig|hmac|sha\d+)(?:[-_]|\d|$)/i;
const MAX_NAMES = 5;

/** Returns the names of headers that look like signatures. */
export function signatureHeaders({ headers }: Delivery): string[] {
	return Object.keys(headers)
		.filter((name) => SIGNATURE_NAME.test(name))
		.slice(0, MAX_NAMES)
		.map((name) => name.slice(0, 80));
}

/** Represents a secret that exists but can't be decrypted with the credential. */
export const UNREADABLE = Symbol('unreadable');
