import type { Delivery, UnreadableCallback } from '../../callback/delivery';
import { idInDamagedJson } from './damagedJson';

/** The ID is near the start of a body, which may contain a whole transcript. */
const SEARCHED_BYTES = 100_000;

/**
 * Returns the event for a verified callback that can't be read, with the job ID if its body contains one anywhere.
 * @param idNames names of the fields that contain the ID, the most reliable first
 */
export function unreadable(reason: string, { rawBody }: Delivery, idNames: readonly string[]): UnreadableCallback {
	const id = idInDamagedJson(rawBody.toString('utf8', 0, SEARCHED_BYTES), idNames);
	return { unreadable: reason, ...(id !== undefined && { id }) };
}
