import { appendToDescription, type Explanation, UserError } from '../core/userError';
import { retryAfterMs } from './retry';

/** Why a request failed. */
export interface ServiceExplanation extends Explanation {
	/** Whether the resource doesn't exist or was deleted. Default: true for a 404. */
	isNotFound?: boolean;
	/** Whether the API key or the account was refused. Default: true for a 401 or 402. */
	isAccountRefused?: boolean;
	/** Whether the connection failed, before or after the request was sent. */
	isUnreachable?: boolean;
	/** Whether the response couldn't be parsed. */
	isUnreadable?: boolean;
	/** Whether the service may have accepted a submit without confirming it. Default: false. */
	outcomeUnknown?: boolean;
}

/** A request that a service refused or never answered, explained to the user. */
export class ServiceError extends UserError {
	constructor(
		override readonly explanation: ServiceExplanation,
		/** HTTP status; absent if there was no response. */
		readonly status?: number,
		/** How long the service asks to wait before the next request. */
		readonly retryAfterMs?: number,
	) {
		super(explanation);
	}

	override withNote(note: string): ServiceError {
		return new ServiceError(appendToDescription(this.explanation, note), this.status, this.retryAfterMs);
	}

	/** Whether the requested resource doesn't exist or no longer exists. */
	get isNotFound(): boolean {
		return this.explanation.isNotFound ?? this.status === 404;
	}

	/** Whether a submit may have been accepted although no valid response confirms it. */
	get outcomeUnknown(): boolean {
		return this.explanation.outcomeUnknown === true;
	}

	/**
	 * Whether the same request may succeed later: the connection failed, or the service is busy or unavailable. Immediate
	 * retries, which are stricter, are decided by `retryDelayMs` in `retry.ts`.
	 */
	get isTransient(): boolean {
		if (this.status === undefined) return this.explanation.isUnreachable === true;
		return [408, 409, 425, 429].includes(this.status) || this.status >= 500;
	}

	/** Whether the API key or the account was refused. Retrying doesn't help until a user fixes it. */
	get isAccountRefused(): boolean {
		return this.explanation.isAccountRefused ?? (this.status === 401 || this.status === 402);
	}
}

export function isNotFound(error: unknown): error is ServiceError {
	return error instanceof ServiceError && error.isNotFound;
}

/** Returns the result of a request, or undefined if its resource wasn't found. @throws any other error */
export async function undefinedIfNotFound<T>(request: Promise<T>): Promise<T | undefined> {
	return await request.catch((error: unknown) => {
		if (isNotFound(error)) return undefined;
		throw error;
	});
}

/**
 * Lets a provider explain an error response in more detail than its status does. Return undefined to fall back to
 * {@link explainStatus}.
 *
 * @param detail the service's error message, at most 500 characters; may be empty
 * @param path the request's path
 * @param body the parsed response, in case the message alone isn't sufficient. Secrets are redacted in both.
 */
export type Explain = (status: number, detail: string, path: string, body?: unknown) => ServiceExplanation | undefined;

/**
 * @param service display name of the provider
 * @param detail the service's own error message, with secrets removed; may be empty
 */
export function explainStatus(
	service: string,
	status: number,
	detail: string,
	retryAfter?: string,
): ServiceExplanation {
	const quote = detail ? ` ${service} says: ${detail}` : '';
	switch (true) {
		case status >= 300 && status < 400:
			return {
				message: `${service} responded with a redirect`,
				description: `Requests that carry an API key don’t follow redirects. Check the Region or Base URL in the credential.${quote}`,
			};
		case status === 401:
			return {
				message: `${service} didn’t accept the API key`,
				description: `Check the API Key and Region in the credential, then select Retry there to test it.${quote}`,
			};
		case status === 402:
			return {
				message: `${service} rejected the request because the account is out of credits`,
				description: `Top up the ${service} account, then run this again. Nothing was charged.${quote}`,
			};
		case status === 403:
			return {
				message: `${service} doesn’t allow this API key to do that`,
				description: `Use a key that has the required permission and belongs to the same project as the file.${quote}`,
			};
		case status === 404:
			return {
				message: `The resource wasn’t found at ${service}`,
				description: `Check that the ID is correct and that the credential is for the account and region where it was created.${quote}`,
			};
		case status === 409:
			return {
				message: `${service} can’t do this while another operation is in progress (status 409)`,
				description: `Wait until the job has finished, then try again.${quote}`,
			};
		case status === 413:
			return {
				message: `The file is larger than ${service} accepts`,
				description: `Upload the recording to a web server and submit its URL instead, or split or compress it.${quote}`,
			};
		case status === 429: {
			const wait = retryAfterMs(retryAfter, Date.now());
			const when = wait === undefined ? '' : ` Retry after ${Math.ceil(wait / 1000)} seconds.`;
			return {
				message: `${service} is receiving too many requests from this account`,
				description: `Send fewer items at a time (“Concurrency” in the options, or Loop Over Items with a Wait node), or try again later.${when}${quote}`,
			};
		}
		case status >= 500:
			return {
				message: `${service} is temporarily unavailable (status ${status})`,
				description: `Try again later. The provider’s status page may have details.${quote}`,
			};
		default:
			return {
				message: `${service} rejected the request (status ${status})`,
				description: `Check the parameters of this node.${quote}`,
			};
	}
}

/** Explains an error from the file storage behind a service, which is accessed with a signed URL instead of the API key. */
export function explainSigned(service: string, status: number, detail: string): ServiceExplanation {
	// A retry can't help because the file is too large.
	if (status === 413) return explainStatus(service, status, detail);
	return {
		message: `${service}’s file storage rejected the request (status ${status})`,
		description: `Try again. Links to the storage expire, and each run requests a new one.${detail ? ` The storage says: ${detail}` : ''}`,
	};
}

/**
 * @param code a network code such as `ECONNREFUSED`, see `networkCodeOf`
 * @param errorMessage the exception's message, with secrets removed
 */
export function explainNetwork(service: string, code: string, errorMessage = ''): ServiceExplanation {
	return {
		// The code isn't in the message: n8n replaces any message that contains one with its own text.
		message: `${service} couldn’t be reached`,
		description: `Check the Region or Base URL in the credential, and that this n8n instance can connect to it (DNS, firewall, proxy). The connection failed with ${code === 'UNKNOWN' && errorMessage ? `“${errorMessage.slice(0, 200)}”` : code}.`,
		isUnreachable: true,
	};
}

/** @param limitMs the time limit of the request, in milliseconds */
export function explainTimeout(service: string, limitMs: number): ServiceExplanation {
	return {
		message: `${service} took too long to respond`,
		description: `This node closed the connection after ${Math.round(limitMs / 100) / 10} seconds, before the response was complete. Try again later. If it keeps happening, check the status page of ${service} and the network connection of this n8n instance (proxy, firewall).`,
		isUnreachable: true,
	};
}

/** @param bytes the size limit for responses */
export function explainTooLarge(service: string, bytes: number): ServiceExplanation {
	return {
		message: `${service} sent a response that is too large`,
		description: `This node accepts up to ${Math.floor(bytes / 1_000_000)} MB. If the credential has a custom Base URL, check that it points to the provider’s API.`,
	};
}

/**
 * Explains a request that must not be repeated and whose outcome is unknown.
 * @param cause how the request ended, in full sentences
 */
export function explainUncertain(service: string, cause: string): ServiceExplanation {
	return {
		message: `${service} may or may not have accepted the job: no valid response was received`,
		description: `Look for the job at ${service} before you submit the recording again, or you may be charged twice. If the job was accepted with a callback, the trigger receives the transcript as usual; for Submit and Wait, n8n’s log contains the job ID. ${cause}`,
		outcomeUnknown: true,
	};
}

const NETWORK_CODES =
	/\b(HPE_[A-Z_]+|Z_[A-Z]+_ERROR|ERR_STREAM_[A-Z_]+|ERR_SSL_[A-Z0-9_]+|EADDRNOTAVAIL|EAI_FAIL|ENETDOWN|EMFILE|ECONNREFUSED|ECONNRESET|ECONNABORTED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ESOCKETTIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|EPROTO|ERR_NETWORK|ERR_BAD_RESPONSE|ERR_CANCELED|ERR_TLS_[A-Z_]+|CERT_[A-Z_]+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_[A-Z_]+|UND_ERR_[A-Z_]+)\b/;

/**
 * Returns the network code of an exception, or undefined if it isn't a network error. n8n's request helper wraps
 * exceptions differently from version to version: the code may be in `code`, in a cause, or only in a message.
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
