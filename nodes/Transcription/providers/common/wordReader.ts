import { z } from 'zod';

/**
 * Readers for lists that are as long as the transcript: words, tokens, segments. zod takes microseconds per entry,
 * which can block n8n's main thread for seconds; a plain function takes a fraction of that. These readers are as
 * lenient as `schemas.ts`: a field that is missing, null, or of an undocumented type is treated as absent.
 */

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
	return value !== null && typeof value === 'object' && !Array.isArray(value);
}

export function isNumber(value: unknown): value is number {
	return typeof value === 'number' && !Number.isNaN(value);
}

export function asText(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

export function asNumber(value: unknown): number | undefined {
	return isNumber(value) ? value : undefined;
}

/** Reads a name, which some services return as a number. */
export function asLabel(value: unknown): string | undefined {
	return isNumber(value) ? String(value) : asText(value);
}

/**
 * Reads the valid entries of a list, in order.
 * @param read returns undefined for an entry that can't be used, which is then skipped
 * @returns undefined if the value isn't a list
 */
export function readList<T>(list: unknown, read: (entry: unknown) => T | undefined): T[] | undefined {
	if (!Array.isArray(list)) return undefined;
	const entries: T[] = [];
	for (const item of list as unknown[]) {
		const entry = read(item);
		if (entry !== undefined) entries.push(entry);
	}
	return entries;
}

/** {@link readList} as a field of a zod schema. */
export const longList = <T>(read: (entry: unknown) => T | undefined) =>
	z.unknown().transform((list) => readList(list, read));

/** {@link longList} for a list without which a response can't be read. */
export const requiredLongList = <T>(read: (entry: unknown) => T | undefined) =>
	z.unknown().transform((list, context): T[] => {
		const entries = readList(list, read);
		if (entries) return entries;
		context.addIssue({ code: z.ZodIssueCode.custom, message: 'Expected a list' });
		return z.NEVER;
	});
