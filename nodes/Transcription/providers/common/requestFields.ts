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
 * Merges the fields set by options with the user's Additional Fields. Conflicts are reported here, with the names the
 * user sees, because the service would only reject them after the upload.
 *
 * @throws UserError
 */
export function requestFields(
	optionFields: IDataObject,
	additional: IDataObject,
	conflicts: readonly OptionConflict[] = [],
): IDataObject {
	const duplicate = Object.keys(additional).find((name) => optionFields[name] !== undefined);
	if (duplicate) {
		throw userError(
			`“${duplicate}” is set both by an option and in “Additional Fields (JSON)”`,
			'Keep one of the two.',
		);
	}
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
	return { ...optionFields, ...additional };
}
