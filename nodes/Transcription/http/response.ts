import type { z } from 'zod';
import { ServiceError } from './errors';
import { reportedError } from './errorText';

/**
 * The answer in the shape that was expected.
 * @param service display name of the provider
 * @throws ServiceRefusal that names the first field which is missing or different, and repeats an error that the service
 * reported in place of it
 */
export function parseResponse<T extends z.ZodTypeAny>(service: string, schema: T, body: unknown): z.output<T> {
	const parsed = schema.safeParse(body);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	const reported = reportedError(body);
	throw new ServiceError({
		message: `${service} sent an answer that this node does not understand`,
		description: `At “${issue?.path.join('.') ?? ''}”: ${issue?.message ?? 'unexpected'}. With a custom base URL, check that it leads to the service itself; otherwise update this package.${reported && ` ${service} says: ${reported}`}`,
	});
}
