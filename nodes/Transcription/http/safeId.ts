import { ServiceError } from './errors';

/** Matches the IDs of every provider. Anything else could redirect the request to another path. */
const ID_PATTERN = /^[A-Za-z0-9_-]{1,128}$/;

export function isSafeId(id: string): boolean {
	return ID_PATTERN.test(id);
}

/**
 * Returns the ID if it is safe to use in a URL path.
 * @throws ServiceError for anything else
 */
export function safeId(id: string): string {
	if (isSafeId(id)) return id;
	throw new ServiceError({
		message: id.trim() === '' ? 'The Transcript ID is empty' : `“${id.slice(0, 60)}” isn’t a valid transcript ID`,
		description:
			'IDs consist of letters, digits, “_” and “-”. Use the “id” from the output of Submit or the trigger, for example {{ $json.id }}.',
	});
}
