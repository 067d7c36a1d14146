import type { IExecuteFunctions } from 'n8n-workflow';
import { partsOf } from './bulk';
import { acknowledgementOf, claimOf, leasesWithin, markOf } from './keys';
import { noteEver } from './known';
import { removeFromRow } from './row';
import { recordUntilItStays } from './stays';

/** So many at once that their keys do not push each other out of the record. */
const EVENTS_AT_ONCE = 1000;

/** Leases of events that took longer to get here are left to be forgotten, in seconds. */
const USUAL_PIPELINE = 600;

/**
 * Records that events have arrived where they were to go, and with it that they were received. Tests by hand leave no
 * trace.
 *
 * @returns those that the workflow had not received before
 */
export async function recordAcknowledged(context: IExecuteFunctions, eventIds: readonly string[]): Promise<Set<string>> {
	const strangers = new Set<string>();
	if (context.getMode() === 'manual') return strangers;
	for (const part of partsOf(eventIds, EVENTS_AT_ONCE)) {
		const added = await recordUntilItStays(context, 'workflow', [...part, ...part.map(acknowledgementOf)]);
		noteEver(context, [...part, ...part.map(acknowledgementOf)]);
		for (const eventId of part) if (added.has(eventId)) strangers.add(eventId);
	}
	await forgetTheWay(context, eventIds);
	return strangers;
}

/** What the record needed until now only makes it longer, and what a killed look left on it would make it doubtful. */
async function forgetTheWay(context: IExecuteFunctions, eventIds: readonly string[]): Promise<void> {
	const executionId = context.getExecutionId();
	const now = Date.now();
	const keys = eventIds.flatMap((eventId) => [
		markOf(eventId),
		markOf(acknowledgementOf(eventId)),
		claimOf(eventId, executionId),
		...leasesWithin(eventId, USUAL_PIPELINE, now),
	]);
	await removeFromRow(context, 'workflow', keys);
}
