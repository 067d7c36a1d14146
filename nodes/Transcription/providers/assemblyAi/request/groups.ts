import { userError } from '../../../core/userError';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readBoolean, readText } from '../../../core/optionReaders';

/** Options that hold several values: how they are offered, and how they are read. */

/** An option with one group of values, all of which are shown once it was added. */
export function groupOption(
	option: { displayName: string; name: string; description: string; placeholder: string },
	group: { displayName: string; name: string; values: INodeProperties[] },
): INodeProperties {
	return { ...option, type: 'fixedCollection', default: {}, options: [group] };
}

/** The same with any number of groups of one kind. */
export function rowsOption(...parts: Parameters<typeof groupOption>): INodeProperties {
	return { ...groupOption(...parts), typeOptions: { multipleValues: true } };
}

/** The values of a group; undefined where it was not added. */
export function groupOf(option: unknown, name: string): IDataObject | undefined {
	const [group] = rowsOf(option, name);
	return group;
}

/** Each group's values, none where the option was not added. Expressions may give one in place of a list. */
export function rowsOf(option: unknown, name: string): IDataObject[] {
	const groups = isObject(option) ? [option[name]].flat() : [];
	return groups.filter(isObject);
}

function isObject(value: unknown): value is IDataObject {
	return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A switch that is on until somebody turns it off. @throws InputError */
export function isOn(value: unknown, name: string): boolean {
	return readText(value) === undefined || readBoolean(value, name);
}

/**
 * One of the values that an option offers, which an expression may have replaced by anything.
 * @param name display name, for the message
 * @throws InputError
 */
export function choiceOf<T extends string>(value: unknown, name: string, choices: readonly T[]): T | undefined {
	const text = readText(value);
	const found = choices.find((choice) => choice === text);
	if (found !== undefined || text === undefined) return found;
	throw userError(`“${name}” is ${JSON.stringify(text.slice(0, 60))}`, `Choose one of: ${choices.join(', ')}.`);
}
