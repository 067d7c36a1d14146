import { randomUUID } from 'node:crypto';

import type { FastifyInstance } from 'fastify';

import { MalformedBodyError } from '../../server/bodies';

/** An invalid field (Soniox OpenAPI, ApiErrorValidationError). */
interface ValidationError {
	error_type: string;
	/** e.g. `body.payload.model`, `file.file`, `query.limit` */
	location: string;
	message: string;
}

/** The service's default messages (Soniox docs, Errors). */
const MESSAGES: Record<string, string> = {
	unauthenticated: 'Incorrect API key provided. You can get an API key at https://console.soniox.com',
	permission_denied: 'The API key has no permission for this.',
	invalid_request:
		'Your request did not pass validation. One or more fields in the request body are missing or have invalid values. See `validation_errors` for the specific field and retry with corrected values.',
	invalid_cursor: 'The `cursor` parameter is invalid. Omit `cursor` to start pagination from the beginning.',
	organization_balance_exhausted: 'Organization balance exhausted. Please either add funds manually or enable autopay.',
	file_not_found:
		'No file with this ID exists in your project. The file may have been deleted, or the ID may be incorrect.',
	transcription_not_found:
		'No transcription with this ID exists in your project. It may have been deleted, or the ID may be incorrect.',
	transcription_invalid_state: 'The transcription is not in a state that allows this.',
	request_timeout: 'The request took too long.',
	limit_exceeded: 'Requests per minute limit for async transcription has been exceeded for your organization.',
	internal_error: 'The server encountered an error. Please try again.',
	service_unavailable: 'The service is temporarily unavailable. Please try again.',
};

/** An error response (Soniox OpenAPI, ApiError). */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly type: string,
		message: string = MESSAGES[type] ?? type,
		readonly validation: ValidationError[] = [],
	) {
		super(message);
	}
}

export function invalidRequest(location: string, message: string, type = 'value_error'): ApiError {
	return new ApiError(400, 'invalid_request', undefined, [{ error_type: type, location, message }]);
}

/** Types of errors caused by HTTP faults. Gateway errors have no body. */
const TYPES: Record<number, string> = {
	400: 'invalid_request',
	401: 'unauthenticated',
	402: 'organization_balance_exhausted',
	403: 'permission_denied',
	404: 'not_found',
	408: 'request_timeout',
	409: 'transcription_invalid_state',
	429: 'limit_exceeded',
	500: 'internal_error',
	503: 'service_unavailable',
};

export function errorBody(status: number): string {
	const type = TYPES[status];
	return type === undefined ? '' : JSON.stringify(bodyOf(new ApiError(status, type)));
}

function bodyOf({ status, type, message, validation }: ApiError): object {
	return {
		status_code: status,
		error_type: type,
		message,
		validation_errors: validation,
		request_id: randomUUID(),
		more_info: `https://soniox.com/docs/api-reference/errors#${type.replace(/_/g, '-')}`,
	};
}

/** Converts errors thrown by the routes to the service's error responses. */
export function addErrorHandlers(app: FastifyInstance): void {
	app.setErrorHandler((error, _request, reply) => {
		const known = error instanceof MalformedBodyError ? invalidRequest('body', error.message) : error;
		if (known instanceof ApiError) return reply.code(known.status).send(bodyOf(known));
		const status = (error as { statusCode?: number }).statusCode ?? 500;
		return reply.code(status).type('application/json; charset=utf-8').send(errorBody(status));
	});
	app.setNotFoundHandler((_request, reply) =>
		reply.code(404).type('application/json; charset=utf-8').send(errorBody(404)),
	);
}
