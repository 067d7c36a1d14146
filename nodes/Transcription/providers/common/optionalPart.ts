import { ServiceError } from '../../http/errors';

/**
 * Fetches a part of a transcript, such as a summary, or returns the error if the service can't provide it. The caller
 * returns the transcript without that part, but with a warning, since one missing part must not hide the others.
 *
 * Status 409 means that the part isn't ready, although the service reported that it is.
 *
 * @throws errors that trying again, or a user, may resolve: the service is temporarily unavailable, or it refused the
 * account
 */
export async function optionalPart<T>(fetch: () => Promise<T>): Promise<{ part: T } | { error: ServiceError }> {
	try {
		return { part: await fetch() };
	} catch (error) {
		return { error: unavailable(error) };
	}
}

/** @throws any other error */
function unavailable(error: unknown): ServiceError {
	if (error instanceof ServiceError && !error.isAccountRefused && (!error.isTransient || isUnready(error)))
		return error;
	throw error;
}

/** Whether the service has the part, but not yet. */
export function isUnready({ status }: ServiceError): boolean {
	return status === 409;
}
