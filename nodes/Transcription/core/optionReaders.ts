import { userError } from './userError';
import type { IDataObject } from 'n8n-workflow';

/** Readers for the values of an Options collection. Expressions can set them to any type. */

/** Reads the trimmed text of an option. Returns undefined if it is absent or empty. Accepts resource locators. */
export function readText(value: unknown): string | undefined {
	const inner = value !== null && typeof value === 'object' && 'value' in value ? value.value : value;
	const text = inner === undefined || inner === null ? '' : String(inner).trim();
	return text === '' ? undefined : text;
}

/**
 * Reads a toggle, which an expression may have set to text.
 * @param name display name, for the error message
 * @throws UserError
 */
export function readBoolean(value: unknown, name: string): boolean {
	const text = String(value ?? '')
		.trim()
		.toLowerCase();
	if (text === 'true') return true;
	if (text === 'false' || text === '') return false;
	throw userError(`“${name}” has an invalid value: ${JSON.stringify(value)}`, 'Set it to true or false.');
}

/** Returns undefined if the option wasn't added, so that the service's default applies. @throws UserError */
export function booleanOrAbsent(value: unknown, name: string): boolean | undefined {
	return readText(value) === undefined ? undefined : readBoolean(value, name);
}

/** Reads a list of terms from an array, or from text separated by commas or line breaks. */
export function readTerms(value: unknown): string[] {
	const parts = Array.isArray(value)
		? value.map((part) => readText(part) ?? '')
		: (readText(value) ?? '').split(/[,\n]/);
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/**
 * Reads a number. Returns undefined if the option is absent.
 * @param name display name, for the error message
 * @throws UserError
 */
export function readNumber(
	value: unknown,
	name: string,
	range: { min: number; max?: number; integer?: boolean },
): number | undefined {
	// `Number` converts a blank string to zero.
	if (value === undefined || value === null || String(value).trim() === '') return undefined;
	const number = Number(value);
	const fits =
		number >= range.min &&
		(range.max === undefined || number <= range.max) &&
		(!range.integer || Number.isInteger(number));
	if (fits && Number.isFinite(number)) return number;
	const upTo = range.max === undefined ? ' or more' : ` to ${range.max}`;
	throw userError(
		`“${name}” has an invalid value: ${JSON.stringify(value)}`,
		`Enter a ${range.integer ? 'whole ' : ''}number, ${range.min}${upTo}.`,
	);
}

export function undefinedIfEmpty<T>(list: T[]): T[] | undefined {
	return list.length > 0 ? list : undefined;
}

/** Whether an option is set, which means that it isn't absent, empty, or a toggle that is off. */
export function isSet(value: unknown): boolean {
	return Array.isArray(value) ? value.length > 0 : !['', 'false'].includes(String(value ?? ''));
}

/**
 * Parses the Additional Fields parameter.
 * @param reserved fields that the node sets itself, each with the parameter to use instead
 * @throws UserError for anything but a JSON object, and for reserved fields
 */
export function readAdditionalFields(value: unknown, reserved: Readonly<Record<string, string>>): IDataObject {
	const fields = typeof value === 'string' ? parseAdditionalFields(value) : (value ?? {});
	if (fields === null || typeof fields !== 'object' || Array.isArray(fields)) {
		throw userError(
			'“Additional Fields (JSON)” isn’t a JSON object',
			'Enter an object such as { "punctuate": false }.',
		);
	}
	for (const name of Object.keys(fields)) {
		const instead = Object.hasOwn(reserved, name) && reserved[name];
		if (instead) {
			throw userError(
				`“Additional Fields (JSON)” sets “${name}”, which this node sets itself`,
				`Remove it from there and use “${instead}” instead.`,
			);
		}
	}
	return fields as IDataObject;
}

function parseAdditionalFields(text: string): unknown {
	if (text.trim() === '') return {};
	try {
		return JSON.parse(text);
	} catch (error) {
		throw userError(
			'“Additional Fields (JSON)” isn’t valid JSON',
			`Check the quotes and commas: ${(error as Error).message}`,
		);
	}
}
