import type { FastifyInstance } from 'fastify';

import { TooLargeError } from '../../audio/intake';
import { MalformedBodyError } from '../../server/bodies';

/**
 * An error response: `{"error": {"code", "message"}}`. The format and statuses are assumptions, because InstantTranscriber's pages
 * don't mention errors.
 */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
	) {
		super(message);
	}
}

/** Used for an unknown ID and another account's ID. */
export const transcriptionNotFound = () => new ApiError(404, 'not_found', 'Transcription not found');

const KNOWN: Record<number, [code: string, message: string]> = {
	401: ['unauthorized', 'Invalid API key'],
	402: ['quota_exceeded', 'No API audio hours left in this billing period'],
	403: ['forbidden', 'Your plan does not include API access'],
	404: ['not_found', 'Not found'],
	409: ['conflict', 'The transcription is still being processed'],
	413: ['file_too_large', 'The file exceeds the limit of your plan (1 GiB)'],
	415: ['unsupported_media_type', 'Send multipart/form-data or application/json'],
	429: ['too_many_requests', 'At most 10 jobs may run in parallel'],
	500: ['internal_error', 'Something went wrong'],
};

/** Returns the body of an error caused by an HTTP fault. */
export function errorBody(status: number): string {
	const [code, message] = KNOWN[status] ?? ['error', `Error ${status}`];
	return JSON.stringify({ error: { code, message } });
}

/** Converts errors thrown by the routes to the service's error responses. */
export function addErrorHandlers(app: FastifyInstance): void {
	app.setErrorHandler((error, _request, reply) => {
		if (error instanceof ApiError)
			return reply.code(error.status).send({ error: { code: error.code, message: error.message } });
		if (error instanceof MalformedBodyError)
			return reply.code(400).send({ error: { code: 'invalid_body', message: error.message } });
		const status = error instanceof TooLargeError ? 413 : ((error as { statusCode?: number }).statusCode ?? 500);
		return reply.code(status).type('application/json; charset=utf-8').send(errorBody(status));
	});
	app.setNotFoundHandler((_request, reply) =>
		reply.code(404).type('application/json; charset=utf-8').send(errorBody(404)),
	);
}
