import { z } from 'zod';

/**
 * A reader that is made when something is first read with it. For large ones: n8n loads this package at its start, whether
 * a transcript is ever fetched or not.
 */
export function lazily<T extends z.ZodTypeAny>(make: () => T): z.ZodLazy<T> {
	let made: T | undefined;
	return z.lazy(() => (made ??= make()));
}
