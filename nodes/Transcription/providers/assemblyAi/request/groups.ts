import { userError } from '../../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readBoolean, readText } from '../../../core/optionReaders';

/** Helpers for defining and reading options that contain several values. */

/** Returns an option with one group of values. All of them are shown once the option is added. */
export function groupOption(
	option: { displayName: string; name: string; description: string; placeholder: string },
	group: { displayName: string; name: string; values: INodeProperties[] },
): INodeProperties {
	return { ...option, type: 'fixedCollection', default: {}, options: [group] };
}

/** Like {@link groupOption}, but with any number of groups of the same kind. */
export function rowsOption(...parts: Parameters<typeof groupOption>): INodeProperties {
	return { ...groupOption(...parts), typeOptions: { multipleValues: true } };
}

/** Returns the values of a group, or undefined if it wasn't added. */
export function groupOf(option: unknown, name: string): IDataObject | undefined {
	const [group] = rowsOf(option, name);
	return group;
}

/**
 * Returns the values of each group, or an empty list if the option wasn't added. An expression may return a single
 * group instead of a list.
 */
export function rowsOf(option: unknown, name: string): IDataObject[] {
	const groups = isObject(option) ? [option[name]].flat() : [];
	return groups.filter(isObject);
}

function isObject(value: unknown): value is IDataObject {
	return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Reads a boolean that is on by default. @throws UserError */
export function isOn(value: unknown, name: string): boolean {
	return readText(value) === undefined || readBoolean(value, name);
}

/**
 * Reads an option with fixed values. An expression may set any value, so the value is validated.
 * @param name display name, used in the error message
 * @throws UserError
 */
export function choiceOf<T extends string>(value: unknown, name: string, choices: readonly T[]): T | undefined {
	const text = readText(value);
	const found = choices.find((choice) => choice === text);
	if (found !== undefined || text === undefined) return found;
	throw userError(
		`“${name}” has an invalid value: ${JSON.stringify(text.slice(0, 60))}`,
		`Choose one of: ${choices.join(', ')}.`,
	);
}
