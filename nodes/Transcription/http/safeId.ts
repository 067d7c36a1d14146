import { ServiceError } from './errors';

/** No provider's IDs need more than this; anything else could steer the request to another path. */
const ID_PATTERN = /^[A-Za-z0-9_-]{1,128}$/;

export function isSafeId(id: string): boolean {
	return ID_PATTERN.test(id);
}

/**
 * The ID, fit to stand in a URL path.
 * @throws ServiceRefusal for anything that could be more than an ID
 */
export function safeId(id: string): string {
	if (isSafeId(id)) return id;
	throw new ServiceError({
		message: id.trim() === '' ? 'The Transcript ID is empty' : `“${id.slice(0, 60)}” is not a transcript ID`,
		description:
			'IDs consist of letters, digits, “_” and “-”. Use the “id” that Submit or the trigger put out, for example {{ $json.id }}.',
	});
}
