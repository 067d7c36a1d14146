import { parseJson } from '../core/json';

/** One HTTP request that claims to be a provider's callback. Nothing in it is trusted before it was verified. */
export interface Delivery {
	/** The bytes as they came: signatures are checked on these, never on re-serialised JSON. */
	rawBody: Buffer;
	/** The same as JSON, where n8n has parsed it: a transcript takes a while, so it isn't parsed twice. */
	json?: unknown;
	/** Lower-case names, as Node gives them. */
	headers: Record<string, string | string[] | undefined>;
	/** Of the requested URL. */
	query: URLSearchParams;
}

/** What a delivery is checked against. */
export interface Proof {
	/** Ours, handed to the service with the job or at registration. At least one; any of them is accepted. */
	secrets: readonly string[];
	/** The part of the callback URL that belongs to this trigger or waiting execution, see `scopeOf` in `url.ts`. */
	scope: string;
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
}

/** The body as JSON; undefined where it is none. */
export function jsonOf({ json, rawBody }: Delivery): unknown {
	return json === undefined ? parseJson(rawBody.toString('utf8')) : json;
}

/** The single value of a header, or undefined where it is absent, empty or was sent more than once. */
export function singleHeader(delivery: Delivery, name: string): string | undefined {
	const value = delivery.headers[name.toLowerCase()];
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Stands for a secret that exists but can't be decrypted with the credential. */
export const UNREADABLE = Symbol('unreadable');
