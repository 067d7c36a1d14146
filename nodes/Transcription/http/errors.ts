import { describedFurther, type Explanation, UserError } from '../core/userError';
import { retryAfterMs } from './retry';

/** Why a request failed. */
export interface ServiceExplanation extends Explanation {
	/** Whether what was asked for is not there: it never was, or it was deleted. Default: where the status is 404. */
	isNotFound?: boolean;
	/** Whether the connection failed, before or after the request was sent. */
	isUnreachable?: boolean;
	/** Whether the service may have accepted a submit although it didn't say so. Default: no. */
	outcomeUnknown?: boolean;
}

/** A request that a service refused or never answered, in words for the user. */
export class ServiceError extends UserError {
	constructor(
		override readonly explanation: ServiceExplanation,
		/** HTTP status; absent where no answer came. */
		readonly status?: number,
	) {
		super(explanation);
	}

	override withNote(note: string): ServiceError {
		return new ServiceError(describedFurther(this.explanation, note), this.status);
	}

	/** Whether the service has not, or no longer has, what was asked for. */
	get isNotFound(): boolean {
		return this.explanation.isNotFound ?? this.status === 404;
	}

	/** Whether a submit may have been accepted although no valid response says so. */
	get outcomeUnknown(): boolean {
		return this.explanation.outcomeUnknown === true;
	}

	/** Whether the same request may succeed later: the connection failed, or the service is busy or out of order. */
	get isTransient(): boolean {
		if (this.status === undefined) return this.explanation.isUnreachable === true;
		return [408, 409, 425, 429].includes(this.status) || this.status >= 500;
	}

	/** Whether the API key or the account was refused, which ends only when someone corrects it. */
	get isAccountRefused(): boolean {
		return this.status === 401 || this.status === 402;
	}
}

export function isNotFound(error: unknown): error is ServiceError {
	return error instanceof ServiceError && error.isNotFound;
}

/** The result of a request, or undefined if its resource wasn't found. @throws any other error */
export async function undefinedIfNotFound<T>(request: Promise<T>): Promise<T | undefined> {
	return await request.catch((error: unknown) => {
		if (isNotFound(error)) return undefined;
		throw error;
	});
}

/**
 * Lets a provider explain an answer better than its status does. Undefined leaves it to {@link explainStatus}.
 * `path` is that of the request.
 */
export type Explain = (status: number, detail: string, path: string) => ServiceExplanation | undefined;

/**
 * @param service display name of the provider
 * @param detail the service's own words, secrets already removed; may be empty
 */
export function explainStatus(
	service: string,
	status: number,
	detail: string,
	retryAfter?: string,
): ServiceExplanation {
	const said = detail ? ` ${service} says: ${detail}` : '';
	switch (true) {
		case status >= 300 && status < 400:
			return {
				message: `${service} answered with a redirect`,
				description: `Requests with an API key are not redirected. Check the region or the base URL in the credential.${said}`,
			};
		case status === 401:
			return {
				message: `${service} did not accept the API key`,
				description: `Check the API key and the region in the credential, and press Retry there to test it.${said}`,
			};
		case status === 402:
			return {
				message: `${service} refused the request because the account has no credit left`,
				description: `Top up the account at ${service}, then run this again. Nothing was charged.${said}`,
			};
		case status === 403:
			return {
				message: `${service} does not allow this API key to do that`,
				description: `Use a key with the needed permission, of the project the file belongs to.${said}`,
			};
		case status === 404:
			return {
				message: `${service} found nothing there`,
				description: `Check the ID, and that the credential belongs to the account and region that holds it.${said}`,
			};
		case status === 409:
			return {
				message: `${service} cannot do this at the moment, because something else is under way (status 409)`,
				description: `Wait until the job has ended, then run this again.${said}`,
			};
		case status === 413:
			return {
				message: `The file is larger than ${service} accepts`,
				description: `Put the recording online and submit its URL instead, or split or compress it.${said}`,
			};
		case status === 429: {
			const wait = retryAfterMs(retryAfter, Date.now());
			const when = wait === undefined ? '' : ` It asks to wait ${Math.ceil(wait / 1000)} seconds.`;
			return {
				message: `${service} is receiving too many requests from this account`,
				description: `Send fewer at a time (Loop Over Items with a Wait), or try again later.${when}${said}`,
			};
		}
		case status >= 500:
			return {
				message: `${service} is not able to answer at the moment (status ${status})`,
				description: `Try again later; the service's status page may tell more.${said}`,
			};
		default:
			return {
				message: `${service} refused the request (status ${status})`,
				description: `Check the parameters of this node.${said}`,
			};
	}
}

/** For the storage behind a service, which knows no API key. */
export function explainSigned(service: string, status: number, detail: string): ServiceExplanation {
	// Doing it again helps as little as at the service itself.
	if (status === 413) return explainStatus(service, status, detail);
	return {
		message: `The storage of ${service} did not let the file through (status ${status})`,
		description: `Run this again: the link to the storage is made anew each time and expires.${detail ? ` It says: ${detail}` : ''}`,
	};
}

/**
 * @param code such as `ECONNREFUSED`, see `networkCodeOf`
 * @param words of the exception, secrets already removed
 */
export function explainNetwork(service: string, code: string, words = ''): ServiceExplanation {
	return {
		// Without the code: n8n replaces messages that contain one by a text of its own.
		message: `${service} could not be reached`,
		description: `Check the region or base URL in the credential, and that this n8n may connect to it (DNS, firewall, proxy). The connection ended with ${code === 'UNKNOWN' && words ? `“${words.slice(0, 200)}”` : code}.`,
		isUnreachable: true,
	};
}

/** @param limitMs the time that the request had, in milliseconds */
export function explainTimeout(service: string, limitMs: number): ServiceExplanation {
	return {
		message: `${service} took too long to answer`,
		description: `This node closed the connection after ${Math.round(limitMs / 100) / 10} seconds, before the answer was complete. Run this again later; if it keeps happening, check the status page of ${service} and the connection of this n8n (proxy, firewall).`,
		isUnreachable: true,
	};
}

/** @param bytes the largest answer that is accepted */
export function explainTooLarge(service: string, bytes: number): ServiceExplanation {
	return {
		message: `${service} sent an answer that is too large`,
		description: `This node accepts ${Math.floor(bytes / 1_000_000)} MB. With a custom base URL, check that it leads to the service itself.`,
	};
}

/**
 * For a request that must not be repeated and whose outcome nobody knows.
 * @param cause how it ended, as a sentence
 */
export function explainUncertain(service: string, cause: string): ServiceExplanation {
	return {
		message: `${service} may or may not have accepted the job: no proper answer came`,
		description: `Look for the job at ${service} before you submit the recording again, or it may be charged twice. If it was accepted and a callback was asked for, that still comes: the trigger receives the transcript as usual; with Submit and Wait, n8n's log names the job. ${cause}`,
		outcomeUnknown: true,
	};
}

const NETWORK_CODES =
	/\b(HPE_[A-Z_]+|Z_[A-Z]+_ERROR|ERR_STREAM_[A-Z_]+|ERR_SSL_[A-Z0-9_]+|EADDRNOTAVAIL|EAI_FAIL|ENETDOWN|EMFILE|ECONNREFUSED|ECONNRESET|ECONNABORTED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ESOCKETTIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|EPROTO|ERR_NETWORK|ERR_BAD_RESPONSE|ERR_CANCELED|ERR_TLS_[A-Z_]+|CERT_[A-Z_]+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_[A-Z_]+|UND_ERR_[A-Z_]+)\b/;

/**
 * The network code of an exception, or undefined if it is no network trouble. n8n's request helper wraps exceptions
 * differently from version to version: the code may stand in `code`, in a cause, or only in a message.
 */
export function networkCodeOf(error: unknown, depth = 0): string | undefined {
	if (typeof error === 'string') {
		return NETWORK_CODES.exec(error)?.[1] ?? (/socket hang up/i.test(error) ? 'ECONNRESET' : undefined);
	}
	if (error === null || typeof error !== 'object' || depth > 4) return undefined;
	const e = error as Record<string, unknown>;
	const messages = Array.isArray(e.messages) ? (e.messages as unknown[]) : [];
	for (const part of [e.code, e.httpCode, e.cause, e.errorResponse, e.message, e.description, ...messages]) {
		const code = networkCodeOf(part, depth + 1);
		if (code) return code;
	}
	return undefined;
}
