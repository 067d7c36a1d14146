import type { z } from 'zod';
import { isRepaired } from '../core/json';
import { ServiceError } from './errors';
import { reportedError } from './errorText';

/**
 * Parses a response body with a schema.
 * @param service display name of the provider
 * @throws ServiceError that names the first field that doesn't match, and quotes the error if the body reports one
 */
export function parseResponse<T extends z.ZodTypeAny>(service: string, schema: T, body: unknown): z.output<T> {
	const parsed = schema.safeParse(body);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	const reported = reportedError(body);
	const invalid = isRepaired(body) ? ' The response isn’t valid JSON, because it contains NaN or Infinity.' : '';
	throw new ServiceError({
		message: `${service} sent a response that this node can’t read`,
		description: `Error at “${issue?.path.join('.') ?? ''}”: ${issue?.message ?? 'unexpected'}.${invalid} If the credential has a custom Base URL, check that it points to the provider’s API; otherwise, update this package.${reported && ` ${service} says: ${reported}`}`,
	});
}
