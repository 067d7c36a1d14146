/**
 * The keys in the store. n8n stores their hashes and can only report whether a key exists, so every fact about an event is
 * a separate key. The event ID itself means that the event was received. Event IDs end in a status, so the suffixes below
 * can't collide with one.
 */

/** The duration of a lease, in seconds. */
const LEASE_SECONDS = 120;

const leaseInSlot = (eventId: string, slot: number) => `${eventId}@${slot}`;

const slotAt = (milliseconds: number) => Math.floor(milliseconds / 1000 / LEASE_SECONDS);

/** Returns the current lease: the event was received in this time slot. */
export function leaseAt(eventId: string, milliseconds: number): string {
	return leaseInSlot(eventId, slotAt(milliseconds));
}

/**
 * Returns every lease that may exist if the event was received within the last `seconds`. Includes the next slot, in
 * case another process has a clock that is slightly ahead.
 * @param milliseconds the current time
 */
export function leasesWithin(eventId: string, seconds: number, milliseconds: number): string[] {
	const leases: string[] = [];
	const last = slotAt(milliseconds) + 1;
	for (let slot = slotAt(milliseconds - seconds * 1000); slot <= last; slot++) leases.push(leaseInSlot(eventId, slot));
	return leases;
}

/** Returns the lease before the current one. */
export function leaseBefore(eventId: string, milliseconds: number): string {
	return leaseInSlot(eventId, slotAt(milliseconds) - 1);
}

/** Returns the key that marks the event as claimed by the execution. */
export function claimKey(eventId: string, executionId: string): string {
	return `${eventId}#${executionId}`;
}

export function acknowledgementKey(eventId: string): string {
	return `${eventId}!`;
}

/**
 * Returns the marker for a key whose lookup is in progress or was interrupted. The key may exist only because that
 * lookup added it.
 */
export function probeMarker(key: string): string {
	return `?${key}`;
}
