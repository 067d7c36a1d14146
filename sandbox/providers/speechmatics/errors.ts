import type { FastifyInstance } from 'fastify';

import { TooLargeError } from '../../audio/intake';
import { MalformedBodyError } from '../../server/bodies';

/** An error response: `{"code", "error", "detail"}` (Speechmatics OpenAPI 2.0.0, ErrorResponse). */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly error: string,
		readonly detail?: string,
	) {
		super(error);
	}

	body(): object {
		return { code: this.status, error: this.error, ...(this.detail !== undefined && { detail: this.detail }) };
	}
}

/** Used for an unknown ID and another account's ID. */
export const jobNotFound = () => new ApiError(404, 'Job not found');

/** Creates the error for an invalid config (Speechmatics docs, “Language identification”, Error responses). */
export const invalidConfig = (reason: string) =>
	new ApiError(400, 'Job rejected', `Job config JSON is invalid. Error: ${reason}`);

const TEXTS: Record<number, string> = {
	401: 'Permission Denied',
	404: 'Not found',
	413: 'Request Entity Too Large',
	429: 'Rate Limited',
	500: 'Internal Server Error',
};

/** Returns the body of an error caused by an HTTP fault. */
export function errorBody(status: number): string {
	return JSON.stringify(new ApiError(status, TEXTS[status] ?? `Error ${status}`).body());
}

/** Converts errors thrown by the routes to the service's error responses. */
export function addErrorHandlers(app: FastifyInstance): void {
	app.setErrorHandler((error, _request, reply) => {
		if (error instanceof ApiError) return reply.code(error.status).send(error.body());
		if (error instanceof MalformedBodyError)
			return reply.code(400).send(new ApiError(400, 'Malformed request', error.message).body());
		const status = error instanceof TooLargeError ? 413 : ((error as { statusCode?: number }).statusCode ?? 500);
		return reply.code(status).type('application/json').send(errorBody(status));
	});
	app.setNotFoundHandler((_request, reply) => reply.code(404).type('application/json').send(errorBody(404)));
}
