import type { Transcript } from '../transcript/model';
import type { UNREADABLE } from './encryptedSecret';

/** One HTTP request that claims to be a provider's callback. Nothing in it is trusted before it was verified. */
export interface Delivery {
	/** The bytes as they came: signatures are checked on these, never on re-serialised JSON. */
	rawBody: Buffer;
	/** Lower-case names, as Node gives them. */
	headers: Record<string, string | string[] | undefined>;
	/** Of the requested URL. */
	query: URLSearchParams;
}

/** What a delivery is checked against. */
export interface Proof {
	/** Ours, handed to the service with the job or at registration. At least one; any of them is accepted. */
	secrets: readonly string[];
	/** Issued by the service when the trigger's webhook was registered. UNREADABLE fails closed: `REFUSED_AS_UNREADABLE`. */
	issuedSecret?: string | typeof UNREADABLE;
	/** The provider's own fields of the credential. */
	settings: Readonly<Record<string, string>>;
	/** Unix time. */
	nowSeconds: number;
}

/** The reason goes to n8n's log, never to the caller. */
export type Verification =
	| {
			ok: true;
			/** Whether the proof covers the body. A secret in a header only tells that somebody knows it. */
			bodySigned?: boolean;
	  }
	| { ok: false; reason: string };

/**
 * What a callback announces.
 *
 * - an event: something the trigger may act on
 * - `ignored`: genuine, but nothing to act on
 */
export type CallbackEvent = AnnouncedEvent | { ignored: string };

export interface AnnouncedEvent {
	/** `completed`, `failed`, or one of the provider's extra events. */
	event: string;
	/** Absent where the provider does not name the job; `details` then carries what it does say. */
	id?: string;
	details?: Record<string, string>;
	/** The callback URL that Submit meant, where a service sends all jobs to one URL and says it in the body. */
	callbackUrl?: string;
	/** The transcript, where the body carries it whole. Used only if it was signed and the service no longer has it. */
	transcript?: Transcript;
}

/** The body as JSON; undefined where it is none. */
export function jsonOf({ rawBody }: Delivery): unknown {
	try {
		return JSON.parse(rawBody.toString('utf8'));
	} catch {
		return undefined;
	}
}

/** The single value of a header, or undefined where it is absent, empty or was sent more than once. */
export function singleHeader(delivery: Delivery, name: string): string | undefined {
	const value = delivery.headers[name.toLowerCase()];
	return typeof value === 'string' && value !== '' ? value : undefined;
}
