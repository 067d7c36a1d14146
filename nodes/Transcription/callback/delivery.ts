/** One HTTP request that claims to be a provider's callback. Nothing in it is trusted before it was verified. */
export interface Delivery {
	/** The bytes as they came: signatures are checked on these, never on re-serialised JSON. */
	rawBody: Buffer;
	/** Lower-case names, as Node gives them. */
	headers: Record<string, string | string[] | undefined>;
	/** Of the requested URL. */
	query: URLSearchParams;
}

/** The reason goes to n8n's log, never to the caller. */
export type Verification = { ok: true } | { ok: false; reason: string };

/**
 * What a callback announces.
 *
 * - an event: something the trigger may act on. `id` is absent where the provider does not name the job
 *   (`details` then carries what it does say)
 * - `ignored`: genuine, but nothing to act on
 */
export type CallbackEvent =
	| { event: string; id?: string; details?: Record<string, string> }
	| { ignored: string };

/** The single value of a header, or undefined where it is absent, empty or was sent more than once. */
export function singleHeader(delivery: Delivery, name: string): string | undefined {
	const value = delivery.headers[name.toLowerCase()];
	return typeof value === 'string' && value !== '' ? value : undefined;
}
