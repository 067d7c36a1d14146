import type { IExecuteFunctions } from 'n8n-workflow';
import { acknowledgementOf, claimOf, leasesWithin } from './keys';
import { everIn } from './known';
import { presentIn } from './look';

/** Of these events those that the workflow never received. Leaves no trace. */
export async function neverReceived(context: IExecuteFunctions, eventIds: readonly string[]): Promise<string[]> {
	const received = await everIn(context, eventIds);
	return eventIds.filter((eventId) => !received.has(eventId));
}

/** Whether another execution than this one received the event. Leaves no trace. */
export async function receivedElsewhere(context: IExecuteFunctions, eventId: string): Promise<boolean> {
	const claim = claimOf(eventId, context.getExecutionId());
	const present = await presentIn(context, 'workflow', [eventId, claim]);
	return present.has(eventId) && !present.has(claim);
}

/**
 * Of these events those that were not acknowledged, and not received within the last `graceSeconds` (two minutes more at
 * most). Leaves no trace.
 */
export async function neverAcknowledged(
	context: IExecuteFunctions,
	eventIds: readonly string[],
	graceSeconds: number,
): Promise<string[]> {
	const acknowledged = await everIn(context, eventIds.map(acknowledgementOf));
	const open = eventIds.filter((eventId) => !acknowledged.has(acknowledgementOf(eventId)));
	// Who never received an event left no lease, and the leases of thousands of jobs of others are many keys.
	const received = await everIn(context, open);
	const now = Date.now();
	const leases = new Map([...received].map((eventId) => [eventId, leasesWithin(eventId, graceSeconds, now)]));
	const present = await presentIn(context, 'workflow', [...leases.values()].flat());
	return open.filter((eventId) => !leases.get(eventId)?.some((lease) => present.has(lease)));
}
