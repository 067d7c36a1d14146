import type { IExecuteFunctions } from 'n8n-workflow';
import {
	neverAcknowledged,
	neverReceived,
	withoutForeign,
	recordReceived,
	recordReceivedAgain,
} from '../../deduplication';
import type { Candidate } from './candidates';
import type { RecoverSettings } from './settings';

/**
 * Returns the candidates that haven't been handled yet and, if they came from the list, aren't recorded as belonging to
 * a different trigger. Records nothing.
 * @param isListed false if the user supplied the IDs, which are then always included
 */
export async function withoutHandled(
	context: IExecuteFunctions,
	candidates: readonly Candidate[],
	{ graceSeconds, includeUnattributed, includeCrashedExecutions }: RecoverSettings,
	isListed: boolean,
): Promise<Candidate[]> {
	if (candidates.length === 0) return [];
	const eventIds = candidates.flatMap((candidate) => candidate.eventIds);
	const openEvents = new Set(
		graceSeconds === undefined
			? await neverReceived(context, eventIds)
			: await neverAcknowledged(context, eventIds, graceSeconds),
	);
	const unhandled = candidates.filter((candidate) => candidate.eventIds.every((eventId) => openEvents.has(eventId)));
	if (unhandled.length === 0 || includeUnattributed || !isListed) return unhandled;
	const ownIds = new Set(
		await withoutForeign(
			context,
			unhandled.map(({ id }) => id),
			includeCrashedExecutions,
		),
	);
	return unhandled.filter(({ id }) => ownIds.has(id));
}

/** Returns the candidates' events that are recovered because they were received but never acknowledged. */
export async function receivedBefore(
	context: IExecuteFunctions,
	candidates: readonly Candidate[],
	{ graceSeconds }: RecoverSettings,
): Promise<Set<string>> {
	if (graceSeconds === undefined || candidates.length === 0) return new Set();
	const eventIds = candidates.flatMap((candidate) => candidate.eventIds);
	const newEvents = new Set(await neverReceived(context, eventIds));
	return new Set(eventIds.filter((eventId) => !newEvents.has(eventId)));
}

/**
 * Records events as received. Events that were received before are recorded first, because the next run returns them
 * again if recording the others fails.
 * @param before events that were received before, see {@link receivedBefore}
 * @returns the events that may be returned; another delivery handled or acknowledged the others in the meantime
 */
export async function recordRecovered(
	context: IExecuteFunctions,
	eventIds: readonly string[],
	before: ReadonlySet<string>,
	{ graceSeconds = 0 }: RecoverSettings,
): Promise<Set<string>> {
	const newEvents = eventIds.filter((eventId) => !before.has(eventId));
	const receivedEvents = eventIds.filter((eventId) => before.has(eventId));
	const unacknowledged =
		receivedEvents.length > 0 ? await neverAcknowledged(context, receivedEvents, graceSeconds) : [];
	const claimedAgain = unacknowledged.length > 0 ? await recordReceivedAgain(context, unacknowledged) : [];
	return new Set([...claimedAgain, ...(newEvents.length > 0 ? await recordReceived(context, newEvents) : [])]);
}
