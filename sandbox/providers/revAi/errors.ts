import type { FastifyInstance } from 'fastify';

import { TooLargeError } from '../../audio/intake';
import { MalformedBodyError } from '../../server/bodies';

/** An error response: problem details (Rev AI docs, “Asynchronous API reference”; Node SDK 3.8.5, RevAiApiError). */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly title: string,
		readonly more: object = {},
	) {
		super(title);
	}

	body(): object {
		return { ...this.more, title: this.title, status: this.status };
	}
}

const TYPES = 'https://www.rev.ai/api/v1/errors';

/** Used for an unknown ID and another account's ID. */
export const jobNotFound = () =>
	new ApiError(404, 'could not find job', { type: `${TYPES}/job-not-found`, detail: 'could not find job' });

export const invalidParameters = (parameters: Record<string, string[]>) =>
	new ApiError(400, 'Your request parameters didn’t validate', { type: `${TYPES}/invalid-parameters`, parameters });

export const invalidState = (current: string, allowed: string[]) =>
	new ApiError(409, 'Job is in invalid state', {
		type: `${TYPES}/invalid-job-state`,
		detail: `Job is in invalid state to complete the operation`,
		current_value: current,
		allowed_values: allowed,
	});

export const tooManyUploads = () => new ApiError(429, 'Too Many Requests', { detail: 'too many concurrent uploads' });

export const unsupportedOutput = (accept: string) =>
	new ApiError(406, 'Unsupported output format', {
		type: `${TYPES}/unsupported-output-format`,
		detail: `The output format “${accept}” is not supported`,
	});

const TITLES: Record<number, string> = {
	401: 'Authorization has been denied for this request',
	403: 'Your account does not have permission to access this resource',
	404: 'Not Found',
	413: 'Payload Too Large',
	429: 'Too Many Requests',
	500: 'Internal Server Error',
};

export const unauthorized = () => new ApiError(401, TITLES[401]!);

/** Returns the body of an error caused by an HTTP fault. */
export function errorBody(status: number): string {
	return JSON.stringify(new ApiError(status, TITLES[status] ?? `Error ${status}`).body());
}

/** Converts errors thrown by the routes to the service's error responses. */
export function addErrorHandlers(app: FastifyInstance): void {
	app.setErrorHandler((error, _request, reply) => {
		void reply.type('application/problem+json');
		if (error instanceof ApiError) return reply.code(error.status).send(JSON.stringify(error.body()));
		if (error instanceof MalformedBodyError)
			return reply.code(400).send(JSON.stringify(invalidParameters({ body: [error.message] }).body()));
		const status = error instanceof TooLargeError ? 413 : ((error as { statusCode?: number }).statusCode ?? 500);
		return reply.code(status).send(errorBody(status));
	});
	app.setNotFoundHandler((_request, reply) => reply.code(404).type('application/problem+json').send(errorBody(404)));
}
