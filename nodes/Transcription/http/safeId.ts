import { userError } from '../core/userError';

/** Matches every provider's IDs. Anything else could redirect the request to a different path. */
const ID_PATTERN = /^[A-Za-z0-9_-]{1,128}$/;

export function isSafeId(id: string): boolean {
	return ID_PATTERN.test(id);
}

/**
 * Returns the ID if it is safe to use in a URL path.
 * @throws UserError for anything else
 */
export function safeId(id: string): string {
	if (isSafeId(id)) return id;
	throw userError(
		id.trim() === '' ? '“Transcript ID” is empty' : `“${id.slice(0, 60)}” isn’t a valid transcript ID`,
		'IDs consist of letters, digits, “_”, and “-”. Use the “id” that Submit or the trigger returned, for example {{ $json.id }}. If you store IDs, in an n8n data table for example, check the expression in “Transcript ID”.',
	);
}
