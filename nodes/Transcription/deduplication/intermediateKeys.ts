import type { IExecuteFunctions } from 'n8n-workflow';
import { BoundedMap } from '../core/boundedMap';
import { acknowledgementKey, claimKey, leasesWithin, probeMarker } from './keys';
import { isOnlyWritingProcess } from './processes';
import { REMEMBERED_EVENTS } from './store';

/**
 * The leases and claims that this process has recorded, by event. To remove a key, n8n searches the whole record, also
 * if the key doesn't exist. With this list, an acknowledgement removes only keys that exist.
 */
const recordedKeys = new BoundedMap<string, readonly string[]>(REMEMBERED_EVENTS);

const mapKey = (context: IExecuteFunctions, eventId: string) => `${String(context.getWorkflow().id)} ${eventId}`;

/**
 * Remembers leases and claims of an event. They are only remembered from the first receipt on, because otherwise, another
 * process may have recorded more of them, and an interrupted lookup may have left a probe marker.
 * @param isFirst whether the event hadn't been received before
 */
export function rememberKeys(
	context: IExecuteFunctions,
	eventId: string,
	keys: readonly string[],
	isFirst: boolean,
): void {
	const key = mapKey(context, eventId);
	const earlier = recordedKeys.get(key);
	if (isFirst || earlier) recordedKeys.set(key, [...(earlier ?? []), ...keys]);
}

/** If the first receipt isn't known, leases are removed if the event was received within this time, in seconds. */
const USUAL_PIPELINE_SECONDS = 600;

/**
 * Returns the keys that are no longer needed after an event was acknowledged. They include the probe markers of
 * interrupted lookups, which would make the event uncertain.
 * @param isFirst whether the event hadn't been acknowledged before, so that no lookup can have left a marker for its
 * acknowledgement
 */
export function takeObsoleteKeys(context: IExecuteFunctions, eventId: string, isFirst: boolean): string[] {
	const key = mapKey(context, eventId);
	const recorded = recordedKeys.get(key);
	recordedKeys.delete(key);
	// Lookups by other processes may be interrupted while this one is running.
	if (recorded && isFirst && isOnlyWritingProcess()) return [...recorded];
	const leasesAndClaims = recorded ?? [
		claimKey(eventId, context.getExecutionId()),
		...leasesWithin(eventId, USUAL_PIPELINE_SECONDS, Date.now()),
	];
	return [probeMarker(eventId), probeMarker(acknowledgementKey(eventId)), ...leasesAndClaims];
}
