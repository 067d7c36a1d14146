import { randomBytes } from 'node:crypto';

import type { FastifyInstance, FastifyRequest } from 'fastify';

import { TooLargeError } from '../../audio/intake';
import { MalformedBodyError } from '../../server/bodies';

/** An error response (Gladia OpenAPI, BadRequestErrorResponse, UnauthorizedErrorResponse, NotFoundErrorResponse). */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly validationErrors?: string[],
	) {
		super(message);
	}

	body(path: string): object {
		return {
			timestamp: new Date().toISOString(),
			path,
			request_id: newRequestId(),
			statusCode: this.status,
			message: this.message,
			...(this.validationErrors && { validation_errors: this.validationErrors }),
		};
	}
}

/** Creates a request ID, as in the examples: `G-` and eight hex digits. */
export const newRequestId = () => `G-${randomBytes(4).toString('hex')}`;

/** Used for an unknown ID, another account's ID, and deleted jobs. */
export const jobNotFound = () => new ApiError(404, 'Pre recorded job not found');

export const invalidRequest = (...reasons: string[]) => new ApiError(400, 'Bad request', reasons);

export const unauthorized = () => new ApiError(401, 'gladia key not found');

const TEXTS: Record<number, string> = {
	401: 'gladia key not found',
	403: 'Forbidden resource',
	404: 'Not found',
	413: 'Payload too large',
	422: 'Invalid parameter',
	429: 'Too many requests',
	500: 'Internal server error',
};

/** Returns the body of an error caused by an HTTP fault. */
export function errorBody(status: number): string {
	return JSON.stringify(new ApiError(status, TEXTS[status] ?? `Error ${status}`).body('/v2'));
}

/** Returns the path without the sandbox's mount path. */
const pathOf = ({ url }: FastifyRequest) => url.slice(url.indexOf('/v2'));

/** Converts errors thrown by the routes to the service's error responses. */
export function addErrorHandlers(app: FastifyInstance): void {
	app.setErrorHandler((error, request, reply) => {
		if (error instanceof ApiError) return reply.code(error.status).send(error.body(pathOf(request)));
		if (error instanceof MalformedBodyError) {
			return reply.code(400).send(invalidRequest(error.message).body(pathOf(request)));
		}
		const status = error instanceof TooLargeError ? 413 : ((error as { statusCode?: number }).statusCode ?? 500);
		return reply.code(status).type('application/json').send(errorBody(status));
	});
	app.setNotFoundHandler((_request, reply) => reply.code(404).type('application/json').send(errorBody(404)));
}
