import type { FastifyInstance } from 'fastify';

import { MalformedBodyError } from '../../server/bodies';

/** An error response. Its format depends on the generation of the API. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly details?: Record<string, unknown>,
	) {
		super(message);
	}
}

export const notFound = (what: string) => new ApiError(404, 'not_found', `${what} not found`);

const CODES: Record<number, readonly [code: string, message: string]> = {
	400: ['bad_request', 'Bad request'],
	401: ['unauthorized', 'Invalid or missing API key'],
	403: ['forbidden', 'Insufficient permissions'],
	404: ['not_found', 'Not found'],
	409: ['conflict', 'Conflict'],
	413: ['file_too_large', 'File too large'],
	429: ['rate_limit_exceeded', 'Too many requests'],
	500: ['internal_error', 'Internal server error'],
};

function asApiError(error: unknown): ApiError {
	if (error instanceof ApiError) return error;
	if (error instanceof MalformedBodyError) return new ApiError(400, 'bad_request', `Invalid body: ${error.message}`);
	const status = (error as { statusCode?: number }).statusCode ?? 500;
	const [code, message] = CODES[status] ?? ['error', `Error ${status}`];
	return new ApiError(status, code, message);
}

/**
 * Returns an error's body (docs.scriptix.io, Error codes). The batch upload API uses `{error, message}`, according to
 * its pages.
 */
function bodyOf({ code, message, details }: ApiError, isFlat: boolean): object {
	return isFlat ? { error: code, message } : { error: { code, message, ...(details && { details }) } };
}

/** Returns the body of an error caused by an HTTP fault. */
export function errorBody(status: number): string {
	const [code, message] = CODES[status] ?? ['error', `Error ${status}`];
	return JSON.stringify(bodyOf(new ApiError(status, code, message), status === 429));
}

/** Converts errors thrown by the routes to the service's error responses. */
export function addErrorHandlers(app: FastifyInstance): void {
	app.setErrorHandler((thrown, request, reply) => {
		const error = asApiError(thrown);
		return reply.code(error.status).send(bodyOf(error, !/\/(speech-to-text|account)\b/.test(request.url)));
	});
	app.setNotFoundHandler((_request, reply) =>
		reply.code(404).type('application/json; charset=utf-8').send(errorBody(404)),
	);
}
