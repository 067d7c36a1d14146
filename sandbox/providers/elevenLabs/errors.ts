import type { FastifyInstance } from 'fastify';

import { TooLargeError } from '../../audio/intake';
import { MalformedBodyError } from '../../server/bodies';
import { newId } from './ids';

interface ErrorFields {
	/** The legacy code, if it differs from the current one. */
	status?: string;
	/** The field of the request that caused the error. */
	param?: string;
	/** Whether the response has only the legacy fields `status` and `message`. */
	isLegacy?: boolean;
}

/**
 * An error response: `{"detail": {"type", "code", "message", "status", "request_id", "param"}}`, where `status` is the
 * legacy name of `code` (ElevenLabs API reference, Errors). Some responses still have only `status` and `message`.
 */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly fields: ErrorFields = {},
	) {
		super(message);
	}
}

/** The error for a request that doesn't match the schema: 422 with a list (ElevenLabs OpenAPI, HTTPValidationError). */
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
export const transcriptNotFound = () =>
	new ApiError(404, 'not_found_error', 'Transcript not found.', { isLegacy: true });

/**
 * The error for a key without permission for an operation. The type is the same as for an invalid key (user reports,
 * 2026).
 */
export const missingPermission = (permission: string) =>
	new ApiError(
		401,
		'missing_permissions',
		`The API key you used is missing the permission ${permission} to execute this operation.`,
	);

const CODES: Record<number, [code: string, message: string]> = {
	401: ['invalid_api_key', 'Invalid API key'],
	402: ['quota_exceeded', 'This request exceeds your quota.'],
	403: ['insufficient_permissions', 'You do not have permission to do this.'],
	404: ['not_found', 'Not Found'],
	413: ['file_too_large', 'The file is too large.'],
	429: ['rate_limit_exceeded', 'Too many requests.'],
};

/** Returns the body of an error caused by an HTTP fault. Gateways send 502, 503, and 504 without a body. */
export function errorBody(status: number): string {
	if (status === 502 || status === 503 || status === 504) return '';
	const [code, message] = CODES[status] ?? ['internal_server_error', `Error ${status}`];
	return JSON.stringify(bodyOf(new ApiError(status, code, message)));
}

const TYPES: Record<number, string> = {
	400: 'validation_error',
	401: 'authentication_error',
	402: 'payment_required',
	403: 'authorization_error',
	404: 'not_found',
	409: 'conflict',
	422: 'validation_error',
	429: 'rate_limit_error',
};

function bodyOf({ status, code, message, fields }: ApiError) {
	if (fields.isLegacy) return { detail: { status: code, message } };
	// Every response to an unknown key has this type, regardless of its status.
	const type = code === 'invalid_api_key' ? 'authentication_error' : (TYPES[status] ?? 'internal_error');
	const { param = null } = fields;
	return { detail: { type, code, message, status: fields.status ?? code, request_id: newId(), param } };
}

/** Converts errors thrown by the routes to the service's error responses. */
export function addErrorHandlers(app: FastifyInstance): void {
	app.setErrorHandler((error, _request, reply) => {
		if (error instanceof ApiError) return reply.code(error.status).send(bodyOf(error));
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
