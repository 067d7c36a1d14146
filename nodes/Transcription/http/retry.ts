/**
 * When a request is sent again, and after how long. Pure.
 */

/** How one attempt ended badly. */
export type RequestFailure =
	| { status: number; retryAfter?: string }
	| { networkCode: string }
	| { unreadableAnswer: true }
	| { timedOut: true }
	| { tooLarge: true };

export const MAX_ATTEMPTS = 5;
/** A request that ran out of time has cost a minute at least. */
const MAX_ATTEMPTS_AFTER_TIMEOUT = 2;
const FIRST_DELAY_MS = 1000;
/** A service that asks for more than this is better left alone: the user can retry the execution. */
const LONGEST_RETRY_AFTER_MS = 120_000;

/** Codes with which no byte of the request reached the service. */
const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/**
 * Milliseconds to wait before the next attempt, or undefined to give up.
 *
 * @param attempt number of the attempt that just ended, from 1
 * @param random 0 to 1, spreads callers that failed at the same moment
 * @param now Unix time in ms, for a Retry-After that is a date
 */
export function retryDelayMs(
	setback: RequestFailure,
	idempotent: boolean,
	attempt: number,
	random: number,
	now: number,
): number | undefined {
	const most = 'timedOut' in setback ? MAX_ATTEMPTS_AFTER_TIMEOUT : MAX_ATTEMPTS;
	if (attempt >= most || !mayRepeat(setback, idempotent)) return undefined;
	const asked = 'status' in setback ? retryAfterMs(setback.retryAfter, now) : undefined;
	if (asked !== undefined) {
		return asked > LONGEST_RETRY_AFTER_MS ? undefined : asked + random * FIRST_DELAY_MS;
	}
	return FIRST_DELAY_MS * 2 ** (attempt - 1) * (0.5 + random / 2);
}

function mayRepeat(setback: RequestFailure, idempotent: boolean): boolean {
	if ('status' in setback && setback.status === 429) return true;
	if ('networkCode' in setback && NEVER_SENT.includes(setback.networkCode)) return true;
	return idempotent && !('tooLarge' in setback) && isUncertain(setback);
}

/** Whether the service may have done what was asked although no good answer came. */
export function isUncertain(setback: RequestFailure): boolean {
	if ('status' in setback) return setback.status === 408 || setback.status >= 500;
	return !('networkCode' in setback && NEVER_SENT.includes(setback.networkCode));
}

/** A Retry-After header (RFC 9110: seconds or an HTTP date) in milliseconds from now. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
	if (!header) return undefined;
	if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
	const date = Date.parse(header);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
