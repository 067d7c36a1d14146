import type { FastifyInstance } from 'fastify';

import { TooLargeError } from '../../audio/intake';
import { MalformedBodyError } from '../../server/bodies';

/** An error response: `{"detail": {"status", "message"}}` (ElevenLabs API reference, Errors). */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly kind: string,
		message: string,
	) {
		super(message);
	}
}

/** A request that doesn't match the schema: 422 with a list (ElevenLabs OpenAPI, HTTPValidationError). */
export class ValidationError extends Error {
	constructor(
		readonly loc: Array<string | number>,
		message: string,
		readonly kind = 'value_error',
	) {
		super(message);
	}
}

/** Used for an unknown ID, another account's ID, an unfinished or failed job, and a deleted transcript. */
export const transcriptNotFound = () => new ApiError(404, 'not_found_error', 'Transcript not found.');

const KINDS: Record<number, [kind: string, message: string]> = {
	401: ['invalid_api_key', 'Invalid API key'],
	402: ['quota_exceeded', 'This request exceeds your quota.'],
	403: ['insufficient_permissions', 'You do not have permission to do this.'],
	404: ['not_found', 'Not Found'],
	413: ['file_too_large', 'The file is too large.'],
	429: ['rate_limit_exceeded', 'Too many requests.'],
};

/** The body of an error caused by an HTTP fault. Gateways respond with 502, 503 and 504 without a body. */
export function errorBody(status: number): string {
	if (status === 502 || status === 503 || status === 504) return '';
	const [kind, message] = KINDS[status] ?? ['internal_server_error', `Error ${status}`];
	return JSON.stringify(detail(kind, message));
}

const detail = (status: string, message: string) => ({ detail: { status, message } });

/** Converts errors thrown by the routes to the service's error responses. */
export function addErrorHandlers(app: FastifyInstance): void {
	app.setErrorHandler((error, _request, reply) => {
		if (error instanceof ApiError) return reply.code(error.status).send(detail(error.kind, error.message));
		if (error instanceof ValidationError) {
			return reply.code(422).send({ detail: [{ type: error.kind, loc: error.loc, msg: error.message }] });
		}
		if (error instanceof MalformedBodyError) {
			return reply.code(422).send({ detail: [{ type: 'json_invalid', loc: ['body'], msg: error.message }] });
		}
		if (error instanceof TooLargeError)
			return reply.code(413).type('application/json; charset=utf-8').send(errorBody(413));
		const status = (error as { statusCode?: number }).statusCode ?? 500;
		return reply.code(status).type('application/json; charset=utf-8').send(errorBody(status));
	});
	app.setNotFoundHandler((_request, reply) =>
		reply.code(404).type('application/json; charset=utf-8').send(errorBody(404)),
	);
}
