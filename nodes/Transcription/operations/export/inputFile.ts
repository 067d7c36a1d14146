import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import { userError } from '../../core/userError';
import { givenName } from '../../shared/storage';

/** A file of an input item. */
export interface InputFile {
	/** The name of the binary field. */
	field: string;
	binary: IBinaryData;
	/** For error messages: `The file “call.json” in item 3`. */
	where: string;
}

/**
 * Finds the file in an item's binary field.
 * @param parameter the display name of the parameter that contains the field's name
 * @param alternative what to do if the item has no files
 * @throws UserError if there is none
 */
export function findInputFile(
	item: INodeExecutionData,
	itemIndex: number,
	field: string,
	parameter: string,
	alternative: string,
): InputFile {
	const binaries = item.binary ?? {};
	const binary = Object.hasOwn(binaries, field) ? binaries[field] : undefined;
	if (binary) return { field, binary, where: `The file “${givenName(binary) ?? field}” in item ${itemIndex}` };
	const others = Object.keys(binaries);
	throw userError(
		`Item ${itemIndex} has no file in the binary field “${field}”`,
		others.length > 0
			? `Set “${parameter}” to a field the item has: ${others.join(', ')}.`
			: `The item has no binary data. ${alternative}`,
	);
}
