import type { IExecuteFunctions } from 'n8n-workflow';
import { neverAcknowledged, neverReceived, notForeign, recordForeign, recordReceived, recordReceivedAgain } from '../../record';
import type { Candidate } from './candidates';
import type { RecoverSettings } from './settings';

/**
 * Those that were neither handled nor, where they come from the service's list, seen to belong elsewhere: that cannot be
 * told of every job in a list, and whoever hands in an ID knows. Leaves no trace.
 */
export async function stillOpen(
	context: IExecuteFunctions,
	candidates: readonly Candidate[],
	{ graceSeconds, wholeAccount }: RecoverSettings,
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
	if (unhandled.length === 0 || wholeAccount || !isListed) return unhandled;
	const own = new Set(await notForeign(context, unhandled.map(({ id }) => id)));
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
 * Records events in one go.
 * @param before those that were received before, see {@link receivedBefore}
 * @returns those that may be handed on: another delivery may have been handled, or acknowledged, meanwhile
 */
export async function record(
	context: IExecuteFunctions,
	eventIds: readonly string[],
	before: ReadonlySet<string>,
	{ graceSeconds = 0 }: RecoverSettings,
): Promise<Set<string>> {
	const fresh = eventIds.filter((eventId) => !before.has(eventId));
	const again = eventIds.filter((eventId) => before.has(eventId));
	const mine = fresh.length > 0 ? await recordReceived(context, fresh) : [];
	if (again.length === 0) return new Set(mine);
	const open = await neverAcknowledged(context, again, graceSeconds);
	return new Set([...mine, ...(open.length > 0 ? await recordReceivedAgain(context, open) : [])]);
}

/** Remembers jobs that belong elsewhere, so that they are not fetched again. */
export async function leaveOut(context: IExecuteFunctions, ids: readonly string[]): Promise<void> {
	if (ids.length > 0 && context.getMode() !== 'manual') await recordForeign(context, [...ids]);
}
