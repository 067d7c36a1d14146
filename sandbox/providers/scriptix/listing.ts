import { z } from 'zod';

import { ApiError } from './errors';
import type { Entry } from './store';

/**
 * The list's query parameters (docs.scriptix.io, API, Pagination and Filtering & Sorting). Sorting by other fields
 * isn't supported here.
 */
const querySchema = z.object({
	offset: z.coerce.number().int().min(0).default(0),
	limit: z.coerce.number().int().min(1).max(100).default(25),
	sort: z.literal('created_at').optional(),
	direction: z.enum(['asc', 'desc']).default('desc'),
});

/** @param newestFirst all of the account's sessions @throws ApiError 400 for an invalid parameter */
export function sessionPage(newestFirst: readonly Entry[], query: unknown): Entry[] {
	const parsed = querySchema.safeParse(query);
	if (!parsed.success) throw new ApiError(400, 'bad_request', `${String(parsed.error.issues[0]?.path[0])} is invalid`);
	const { offset, limit, direction } = parsed.data;
	const sorted = direction === 'desc' ? newestFirst : [...newestFirst].reverse();
	return sorted.slice(offset, offset + limit);
}
