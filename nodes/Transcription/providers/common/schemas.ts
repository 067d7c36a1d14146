import { z } from 'zod';
/**
 * Readers for answers of services. What the model needs is read; a field that is missing, null or of another type than
 * documented is left out rather than costing the user the transcript.
 */

/** Absent and null are the same to us; so is a value of an undocumented type. */
export const lenient = <T extends z.ZodTypeAny>(schema: T) =>
	schema
		.nullish()
		.transform((value) => value ?? undefined)
		.catch(undefined);

/** The ID of a job or a file, which some services give as a number. */
export const idText = z.union([z.string(), z.number().int().nonnegative().safe()]).transform(String);

/** A name that some services give as a number. `z.coerce` would throw for what has no text at all. */
export const label = z.union([z.string(), z.number()]).transform(String);

/** What does not look like one of the list is left out; the others stay. */
export const lenientList = <T extends z.ZodTypeAny>(schema: T) =>
	lenient(
		z
			.array(schema.optional().catch(undefined))
			.transform((items) => items.filter((item): item is z.output<T> => item !== undefined)),
	);

/**
 * A reader that is made when something is first read with it. For large ones: n8n loads this package at its start, whether
 * a transcript is ever fetched or not.
 */
export function lazySchema<T extends z.ZodTypeAny>(make: () => T): z.ZodLazy<T> {
	let made: T | undefined;
	return z.lazy(() => (made ??= make()));
}
