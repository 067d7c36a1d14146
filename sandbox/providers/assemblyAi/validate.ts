import type { ZodIssue } from 'zod';

import { ApiError } from './errors';
import { paramsSchema, type Params } from './params';
import { contradiction } from './rules';
import { webhookProblem } from './webhookRules';

/** Validates a submit request. @throws ApiError 400 naming the first invalid field */
export function validateParams(body: unknown, allowPrivateCallbacks: boolean): Params {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw new ApiError(400, 'Request body must be a JSON object');
	}
	const parsed = paramsSchema.safeParse(body);
	if (!parsed.success) throw new ApiError(400, describe(parsed.error.issues[0]!));
	const problem = webhookProblem(parsed.data, allowPrivateCallbacks) ?? contradiction(parsed.data);
	if (problem !== null) throw new ApiError(400, problem);
	return parsed.data;
}

const TYPE_NAMES: Record<string, string> = {
	boolean: 'a Boolean',
	string: 'a String',
	integer: 'an Integer',
	number: 'a Number',
	array: 'an Array',
	object: 'an Object',
};

/** Uses the service's wording, e.g. "format_text must be a Boolean" (AssemblyAI API reference, Error). */
function describe(issue: ZodIssue): string {
	const field = issue.path.join('.') || 'request';
	switch (issue.code) {
		case 'unrecognized_keys':
			return `Unknown field: ${[...issue.path, issue.keys[0]].join('.')}`;
		case 'invalid_type':
			if (issue.received === 'undefined') return `${field} is required`;
			return `${field} must be ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
		case 'invalid_enum_value':
			return `${field} must be one of: ${issue.options.join(', ')}`;
		case 'too_small':
			return issue.type === 'number' ? `${field} must be at least ${issue.minimum}` : `${field} must not be empty`;
		case 'too_big':
			return issue.type === 'number' ? `${field} must be at most ${issue.maximum}` : `${field} is too long`;
		case 'invalid_string':
			return `${field} must be a valid URL`;
		case 'custom':
			return issue.message;
		default:
			return `${field} is invalid: ${issue.message}`;
	}
}
