import type { Form } from '../../server/forms';
import { ValidationError } from './errors';
import { type Params, paramsSchema, repeated } from './params';
import { contradiction } from './rules';

/** Validates the fields of a submit request (ElevenLabs API reference, Create transcript). @throws ValidationError, ApiError */
export function readParams(form: Form, query: Record<string, unknown>): Params {
	const given = Object.fromEntries(form.fields.map(([name]) => [name, form.get(name)]));
	const lists = Object.fromEntries(Object.keys(repeated.shape).map((name) => [name, form.getAll(name)]));
	const parsed = paramsSchema.safeParse({ ...given, ...lists, enable_logging: query.enable_logging });
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw new ValidationError(['body', ...(issue?.path ?? [])], issue?.message ?? 'invalid', issue?.code);
	}
	const problem = contradiction(parsed.data, form.files.file !== undefined);
	if (problem) throw problem;
	return parsed.data;
}
