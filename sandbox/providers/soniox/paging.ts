import { ApiError, invalidRequest } from './errors';

const LARGEST_PAGE = 1000;

/**
 * Returns one page of a list (Soniox OpenAPI, GetFilesPayload and GetTranscriptionsPayload). The order isn't
 * documented. Here, entries are sorted by creation time. @throws ApiError 400
 */
export function page<T>(items: readonly T[], query: unknown): { items: T[]; nextCursor: string | null } {
	const { limit: limitText, cursor } = query as { limit?: string; cursor?: string };
	const limit = limitText === undefined ? LARGEST_PAGE : Number(limitText);
	if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE) {
		throw invalidRequest('query.limit', `Input should be a whole number from 1 to ${LARGEST_PAGE}`);
	}
	const start = cursor === undefined ? 0 : position(cursor);
	const end = start + limit;
	return { items: items.slice(start, end), nextCursor: end < items.length ? cursorAt(end) : null };
}

/** Creates a cursor with characters that have a special meaning in URLs, to test that clients encode them. */
function cursorAt(index: number): string {
	return `${Buffer.from(String(index)).toString('base64')}+/=`;
}

function position(cursor: string): number {
	const index = Number(Buffer.from(cursor.replace(/\+\/=$/, ''), 'base64').toString());
	if (Number.isInteger(index) && cursorAt(index) === cursor) return index;
	throw new ApiError(400, 'invalid_cursor');
}
