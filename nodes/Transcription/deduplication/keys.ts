
/**
 * What stands in the record. n8n keeps hashes of it and can only tell whether one is there, so that everything that has
 * to be known is a key of its own. The event's ID itself stands for its receipt. No event's ID has these endings, since
 * it ends with a status.
 */

/** How long one lease covers, in seconds. */
const LEASE_SECONDS = 120;

/** Received in the given slot of time. */
const leaseInSlot = (eventId: string, slot: number) => `${eventId}@${slot}`;

const slotAt = (milliseconds: number) => Math.floor(milliseconds / 1000 / LEASE_SECONDS);

/** The event was received about now. */
export function leaseAt(eventId: string, milliseconds: number): string {
	return leaseInSlot(eventId, slotAt(milliseconds));
}

/**
 * Every lease that a receipt within the last `seconds` has left; also of a process whose clock is a little ahead.
 * @param milliseconds now
 */
export function leasesWithin(eventId: string, seconds: number, milliseconds: number): string[] {
	const leases: string[] = [];
	const last = slotAt(milliseconds) + 1;
	for (let slot = slotAt(milliseconds - seconds * 1000); slot <= last; slot++) leases.push(leaseInSlot(eventId, slot));
	return leases;
}

/** The lease before the one of now. */
export function leaseBefore(eventId: string, milliseconds: number): string {
	return leaseInSlot(eventId, slotAt(milliseconds) - 1);
}

/** The execution took the event for itself. */
export function claimKey(eventId: string, executionId: string): string {
	return `${eventId}#${executionId}`;
}

export function acknowledgementKey(eventId: string): string {
	return `${eventId}!`;
}

/** Somebody is looking whether the key is there, and may have put it there by that. */
export function probeMarker(key: string): string {
	return `?${key}`;
}
