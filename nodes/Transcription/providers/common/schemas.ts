import { z } from 'zod';

/**
 * Schemas for responses from services. They are lenient: a field that is missing, null, or of an undocumented type is
 * treated as absent, so that the user still gets the transcript.
 */

/** Treats null and values of an undocumented type as absent. */
export const lenient = <T extends z.ZodTypeAny>(schema: T) =>
	schema
		.nullish()
		.transform((value) => value ?? undefined)
		.catch(undefined);

/** The ID of a job or a file, which some services return as a number. */
export const idText = z.union([z.string(), z.number().int().nonnegative().safe()]).transform(String);

/** A name that some services return as a number. `z.coerce` would throw for values that can't be converted to text. */
export const label = z.union([z.string(), z.number()]).transform(String);

/** A list without its invalid entries. */
export const lenientList = <T extends z.ZodTypeAny>(schema: T) =>
	lenient(
		z
			.array(schema.optional().catch(undefined))
			.transform((items) => items.filter((item): item is z.output<T> => item !== undefined)),
	);

/**
 * Returns a schema that is built on first use. Intended for large schemas, since n8n loads this package at startup even
 * if no transcript is ever fetched.
 */
export function lazySchema<T extends z.ZodTypeAny>(make: () => T): z.ZodLazy<T> {
	let schema: T | undefined;
	return z.lazy(() => (schema ??= make()));
}
