import type { IExecuteFunctions } from 'n8n-workflow';
import { neverAcknowledged, neverReceived, withoutForeign, recordReceived, recordReceivedAgain } from '../../deduplication';
import type { Candidate } from './candidates';
import type { RecoverSettings } from './settings';

/**
 * Those that were neither handled nor, where the list tells of them, seen to belong elsewhere. Leaves no trace.
 * @param isListed whoever hands in an ID wants that job, although the list said nothing of whose it is
 */
export async function withoutHandled(
	context: IExecuteFunctions,
	candidates: readonly Candidate[],
	{ graceSeconds, includeUnattributed, includeCrashedExecutions }: RecoverSettings,
	isListed: boolean,
): Promise<Candidate[]> {
	if (candidates.length === 0) return [];
	const eventIds = candidates.flatMap((candidate) => candidate.eventIds);
	const wanted = new Set(
		graceSeconds === undefined
			? await neverReceived(context, eventIds)
			: await neverAcknowledged(context, eventIds, graceSeconds),
	);
	const unhandled = candidates.filter((candidate) => candidate.eventIds.every((eventId) => wanted.has(eventId)));
	if (unhandled.length === 0 || includeUnattributed || !isListed) return unhandled;
	const own = new Set(await withoutForeign(context, unhandled.map(({ id }) => id), includeCrashedExecutions));
	return unhandled.filter(({ id }) => own.has(id));
}

/** Of these events those that were received before now, but not acknowledged: they are brought back as such. */
export async function receivedBefore(
	context: IExecuteFunctions,
	candidates: readonly Candidate[],
	{ graceSeconds }: RecoverSettings,
): Promise<Set<string>> {
	if (graceSeconds === undefined || candidates.length === 0) return new Set();
	const eventIds = candidates.flatMap((candidate) => candidate.eventIds);
	const fresh = new Set(await neverReceived(context, eventIds));
	return new Set(eventIds.filter((eventId) => !fresh.has(eventId)));
}

/**
 * Records events, those first that come back anyway where recording the others fails.
 * @param before those that were received before, see {@link receivedBefore}
 * @returns those that may be handed on: another delivery may have been handled, or acknowledged, meanwhile
 */
export async function recordRecovered(
	context: IExecuteFunctions,
	eventIds: readonly string[],
	before: ReadonlySet<string>,
	{ graceSeconds = 0 }: RecoverSettings,
): Promise<Set<string>> {
	const fresh = eventIds.filter((eventId) => !before.has(eventId));
	const again = eventIds.filter((eventId) => before.has(eventId));
	const open = again.length > 0 ? await neverAcknowledged(context, again, graceSeconds) : [];
	const mine = open.length > 0 ? await recordReceivedAgain(context, open) : [];
	return new Set([...mine, ...(fresh.length > 0 ? await recordReceived(context, fresh) : [])]);
}
