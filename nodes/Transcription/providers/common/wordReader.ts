import { z } from 'zod';

/**
 * Readers for lists as long as the transcript: words, tokens, segments. zod takes microseconds for each entry, which adds
 * up to seconds during which n8n's only thread answers no request; a plain function takes a fraction of that. They are as
 * lenient as `lenient.ts`: a field that is missing, null or of an undocumented type is absent.
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

/** A name that some services give as a number. */
export function asLabel(value: unknown): string | undefined {
	return isNumber(value) ? String(value) : asText(value);
}

/**
 * The entries of a list that can be read, in order.
 * @param read returns undefined for an entry that can't be used, which is left out
 * @returns undefined for anything but a list
 */
export function readList<T>(list: unknown, read: (entry: unknown) => T | undefined): T[] | undefined {
	if (!Array.isArray(list)) return undefined;
	const entries: T[] = [];
	for (const given of list as unknown[]) {
		const entry = read(given);
		if (entry !== undefined) entries.push(entry);
	}
	return entries;
}

/** {@link readList} as a field of a zod schema. */
export const longList = <T>(read: (entry: unknown) => T | undefined) => z.unknown().transform((list) => readList(list, read));
