import { userError } from '../../core/userError';
import type { IDataObject } from 'n8n-workflow';

/** An option and an additional field that can't be combined. */
export interface OptionConflict {
	/** The request field that the option fills. */
	field: string;
	/** Display name of the option. */
	option: string;
	/** Name of the additional field. */
	other: string;
	/** Limits the conflict to this value of the additional field. Default: any value. */
	onlyIf?: boolean;
}

/**
 * Merges the fields set by options with the user's Additional Fields, including nested objects, so that an additional
 * field doesn't replace an object that an option sets. Conflicts are reported here, with the names shown in the editor,
 * because the service would only reject them after the upload.
 *
 * @throws UserError
 */
export function requestFields(
	optionFields: IDataObject,
	additional: IDataObject,
	conflicts: readonly OptionConflict[] = [],
): IDataObject {
	const merged = merge(optionFields, additional);
	const found = conflicts.find(
		({ field, other, onlyIf }) =>
			optionFields[field] !== undefined &&
			other in additional &&
			(onlyIf === undefined || additional[other] === onlyIf),
	);
	if (found) {
		const value = found.onlyIf === undefined ? '' : ` set to ${found.onlyIf}`;
		throw userError(
			`“${found.option}” can’t be combined with “${found.other}”${value} in “Additional Fields (JSON)”`,
			'Keep one of the two.',
		);
	}
	return merged;
}

/** @param path of the objects in the request, with a trailing dot; empty for the request itself */
function merge(optionFields: IDataObject, additional: IDataObject, path = ''): IDataObject {
	const added = Object.entries(additional).map(([name, value]) => {
		const existing = Object.hasOwn(optionFields, name) ? optionFields[name] : undefined;
		if (existing === undefined) return [name, value];
		if (isObject(existing) && isObject(value)) return [name, merge(existing, value, `${path}${name}.`)];
		throw userError(
			`“${path}${name}” is set both by an option and in “Additional Fields (JSON)”`,
			'Keep one of the two.',
		);
	});
	// Unlike an assignment, this can't change the prototype.
	return { ...optionFields, ...Object.fromEntries(added) };
}

function isObject(value: unknown): value is IDataObject {
	return value !== null && typeof value === 'object' && !Array.isArray(value);
}
