import type { Provider } from '../providers/provider';
import { eventIdOf } from '../transcript/model';

/**
 * Returns the keys under which an event is recorded: its ID and, if the provider's jobs have several IDs, an ID that
 * contains the correlation ID. An event is new only if none of its keys has been received.
 *
 * @param ref the correlation ID that Submit added to the callback URL, if known
 */
export function eventKeys({ name, hasSeveralIds }: Provider, eventId: string, ref: string | undefined): string[] {
	const status = eventId.slice(eventId.lastIndexOf(':') + 1);
	return hasSeveralIds && ref !== undefined ? [...new Set([eventId, eventIdOf(name, ref, status)])] : [eventId];
}
