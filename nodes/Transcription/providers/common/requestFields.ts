import { userError } from '../../core/userError';
import type { IDataObject } from 'n8n-workflow';

/** An option, and an additional field that it does not go with. */
export interface Contradiction {
	/** The request field that the option fills. */
	field: string;
	/** Display name of the option. */
	option: string;
	/** The additional field. */
	other: string;
	/** Only where the additional field has this value. Left out: wherever it is there. */
	onlyIf?: boolean;
}

/**
 * The fields of a request: those that options fill, and the user's Additional Fields. What would contradict itself is
 * refused here, with the names the user sees, since the service would only refuse it after the upload.
 *
 * @throws InputError
 */
export function requestFields(
	own: IDataObject,
	additional: IDataObject,
	contradictions: readonly Contradiction[] = [],
): IDataObject {
	const twice = Object.keys(additional).find((name) => own[name] !== undefined);
	if (twice) {
		throw userError(
			`“${twice}” is set by an option and again in “Additional Fields (JSON)”`,
			'Keep one of the two.',
		);
	}
	const found = contradictions.find(
		({ field, other, onlyIf }) =>
			own[field] !== undefined &&
			other in additional &&
			(onlyIf === undefined || additional[other] === onlyIf),
	);
	if (found) {
		const value = found.onlyIf === undefined ? '' : ` set to ${found.onlyIf}`;
		throw userError(
			`“${found.option}” does not go with “${found.other}”${value} in “Additional Fields (JSON)”`,
			'Keep one of the two.',
		);
	}
	return { ...own, ...additional };
}
