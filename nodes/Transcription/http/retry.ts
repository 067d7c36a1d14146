/**
 * Decides whether and when a failed request is retried within one call. All functions are pure.
 * `ServiceError.isTransient` in `errors.ts` decides whether a caller may repeat the whole call later.
 */

/** Why an attempt failed. */
export type RequestFailure =
	| { status: number; retryAfter?: string }
	| { networkCode: string }
	| { unreadableResponse: true }
	| { timedOut: true }
	| { tooLarge: true };

export const MAX_ATTEMPTS = 5;
/** There are fewer attempts after a timeout, because a timeout takes at least a minute. */
const MAX_ATTEMPTS_AFTER_TIMEOUT = 2;
const FIRST_DELAY_MS = 1000;
/** If a service asks for a longer delay, the request isn't retried. The user can retry the execution. */
const LONGEST_RETRY_AFTER_MS = 120_000;

/** Network error codes that mean no part of the request reached the service. */
const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/**
 * Returns the milliseconds to wait before the next attempt, or undefined to give up.
 *
 * @param attempt number of the attempt that just failed, starting at 1
 * @param random 0 to 1, spreads out callers that failed at the same time
 * @param now Unix time in ms, for a Retry-After that is a date
 */
export function retryDelayMs(
	failure: RequestFailure,
	idempotent: boolean,
	attempt: number,
	random: number,
	now: number,
): number | undefined {
	const maxAttempts = 'timedOut' in failure ? MAX_ATTEMPTS_AFTER_TIMEOUT : MAX_ATTEMPTS;
	if (attempt >= maxAttempts || !mayRepeat(failure, idempotent)) return undefined;
	const requestedMs = 'status' in failure ? retryAfterMs(failure.retryAfter, now) : undefined;
	if (requestedMs !== undefined) {
		return requestedMs > LONGEST_RETRY_AFTER_MS ? undefined : requestedMs + random * FIRST_DELAY_MS;
	}
	return FIRST_DELAY_MS * 2 ** (attempt - 1) * (0.5 + random / 2);
}

/**
 * Returns the milliseconds for which a batch sends no request, or undefined if the service didn't ask for a pause.
 * Parameters: see {@link retryDelayMs}.
 */
export function batchPauseMs(
	failure: RequestFailure,
	attempt: number,
	random: number,
	now: number,
): number | undefined {
	const asksForPause = 'status' in failure && (failure.status === 429 || failure.retryAfter !== undefined);
	return asksForPause ? retryDelayMs(failure, true, Math.min(attempt, MAX_ATTEMPTS - 1), random, now) : undefined;
}

function mayRepeat(failure: RequestFailure, idempotent: boolean): boolean {
	if ('status' in failure && failure.status === 429) return true;
	if ('networkCode' in failure && NEVER_SENT.includes(failure.networkCode)) return true;
	return idempotent && !('tooLarge' in failure) && isUncertain(failure);
}

/** Whether the service may have processed the request although no valid response was received. */
export function isUncertain(failure: RequestFailure): boolean {
	if ('status' in failure) return failure.status === 408 || failure.status >= 500;
	return !('networkCode' in failure && NEVER_SENT.includes(failure.networkCode));
}

/** Parses a Retry-After header (RFC 9110: seconds or an HTTP date) to milliseconds from now. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
	if (!header) return undefined;
	if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
	const date = Date.parse(header);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
