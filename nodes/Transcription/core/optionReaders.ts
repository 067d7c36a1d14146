import { userError } from './userError';
import type { IDataObject } from 'n8n-workflow';

/** Readers for the values of an Options collection, which expressions may have filled with anything. */

/** Text of an option, trimmed; undefined where it is absent or empty. Understands resource locators. */
export function readText(value: unknown): string | undefined {
	const inner =
		value !== null && typeof value === 'object' && 'value' in value ? value.value : value;
	const text = inner === undefined || inner === null ? '' : String(inner).trim();
	return text === '' ? undefined : text;
}

/**
 * A switch, which an expression may have set to text.
 * @param name display name, for the message
 * @throws InputError
 */
export function readBoolean(value: unknown, name: string): boolean {
	const text = String(value ?? '').trim().toLowerCase();
	if (text === 'true') return true;
	if (text === 'false' || text === '') return false;
	throw userError(`“${name}” is ${JSON.stringify(value)}`, 'Set it to true or false.');
}

/** Several terms, from an array or from text separated by commas or line breaks. */
export function readTerms(value: unknown): string[] {
	const parts = Array.isArray(value) ? value.map((part) => readText(part) ?? '') : (readText(value) ?? '').split(/[,\n]/);
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/**
 * A number, undefined where the option is absent.
 * @param name display name, for the message
 * @throws InputError
 */
export function readNumber(
	value: unknown,
	name: string,
	range: { min: number; max?: number; integer?: boolean },
): number | undefined {
	// `Number` takes blanks for zero.
	if (value === undefined || value === null || String(value).trim() === '') return undefined;
	const number = Number(value);
	const fits =
		number >= range.min &&
		(range.max === undefined || number <= range.max) &&
		(!range.integer || Number.isInteger(number));
	if (fits && Number.isFinite(number)) return number;
	const upTo = range.max === undefined ? ' or more' : ` to ${range.max}`;
	throw userError(
		`“${name}” is ${JSON.stringify(value)}`,
		`Enter a ${range.integer ? 'whole ' : ''}number, ${range.min}${upTo}.`,
	);
}

/** An empty list is the same as none. */
export function undefinedIfEmpty<T>(list: T[]): T[] | undefined {
	return list.length > 0 ? list : undefined;
}

/** Whether an option was set to something: not absent, empty or a switch turned off. */
export function isSet(value: unknown): boolean {
	return Array.isArray(value) ? value.length > 0 : !['', 'false'].includes(String(value ?? ''));
}

/**
 * The Additional Fields as an object.
 * @param reserved fields that the node sets itself, each with the parameter to use instead
 * @throws InputError for anything but a JSON object, and for reserved fields
 */
export function readAdditionalFields(
	value: unknown,
	reserved: Readonly<Record<string, string>>,
): IDataObject {
	const fields = typeof value === 'string' ? parseAdditionalFields(value) : (value ?? {});
	if (fields === null || typeof fields !== 'object' || Array.isArray(fields)) {
		throw userError(
			'“Additional Fields (JSON)” is not a JSON object',
			'Enter an object such as { "punctuate": false }.',
		);
	}
	for (const name of Object.keys(fields)) {
		const instead = Object.hasOwn(reserved, name) && reserved[name];
		if (instead) {
			throw userError(
				`“Additional Fields (JSON)” sets “${name}”, which this node sets itself`,
				`Remove it there and use “${instead}”.`,
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
			'“Additional Fields (JSON)” is not valid JSON',
			`Check quotes and commas: ${(error as Error).message}`,
		);
	}
}
