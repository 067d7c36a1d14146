import type { FastifyInstance } from 'fastify';

import { MalformedBodyError } from '../../server/bodies';

/** An error response: `{"error": message}` (AssemblyAI API reference, Errors). */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

/** Used for an unknown ID, another account's ID, and an attempt to delete a running job. The status is 400, not 404. */
export const transcriptNotFound = () => new ApiError(400, 'Transcript lookup error, transcript id not found');

/** Returns the body of an error caused by an HTTP fault. 502, 503, and 504 have none (AssemblyAI API reference, Errors). */
export function errorBody(status: number): string {
	if (status === 502 || status === 503 || status === 504) return '';
	const texts: Record<number, string> = {
		401: 'Authentication error, API token missing/invalid',
		404: 'Not found',
		429: 'Too many requests',
		500: 'Server error, developers have been alerted.',
	};
	return JSON.stringify({ error: texts[status] ?? `Error ${status}` });
}

/** Converts errors thrown by the routes to the service's error responses. */
export function addErrorHandlers(app: FastifyInstance): void {
	app.setErrorHandler((error, _request, reply) => {
		if (error instanceof ApiError) return reply.code(error.status).send({ error: error.message });
		if (error instanceof MalformedBodyError) return reply.code(400).send({ error: `Invalid JSON: ${error.message}` });
		const status = (error as { statusCode?: number }).statusCode ?? 500;
		return reply.code(status).type('application/json; charset=utf-8').send(errorBody(status));
	});
	app.setNotFoundHandler((_request, reply) =>
		reply.code(404).type('application/json; charset=utf-8').send(errorBody(404)),
	);
}
