import { randomUUID } from 'node:crypto';
import type { DeduplicationScope, IExecuteFunctions } from 'n8n-workflow';
import { addKeys, chunk, withStore } from './store';
import { acknowledgementKey, claimKey, leasesWithin, probeMarker } from './keys';
import { isOnlyWritingProcess, MAX_ROUNDS, waitForConcurrentWrites } from './processes';

/** A larger batch would make the database row long and its keys slow to remove. */
const PROBE_BATCH_SIZE = 500;

/**
 * Probe markers from concurrent lookups are gone by the next probe. Markers that remain after the last probe were left
 * by an interrupted lookup.
 */
const MAX_PROBES = 3;

/**
 * Whether this is the only process that can write while this execution runs. Manual executions don't qualify: in queue
 * mode, they run in the main process, which may receive callbacks, while the workers process them.
 */
const isOnlyWriter = (context: IExecuteFunctions) => isOnlyWritingProcess() && context.getMode() !== 'manual';

/**
 * Returns which of the keys are in the store, and leaves the store unchanged.
 *
 * n8n has no read-only lookup, so keys are added, and those that didn't exist are removed again. If the process is killed
 * in between, such a key would count as recorded, and its event would be lost. To prevent that, a probe marker is added for
 * each key in the same write: a key that already exists together with its marker may have been left by an interrupted
 * lookup. It counts as absent and is removed.
 */
export async function lookUp(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	keys: readonly string[],
): Promise<Set<string>> {
	const present = new Set<string>();
	for (const batch of chunk(keys, PROBE_BATCH_SIZE)) {
		let open = batch;
		for (let probesLeft = isOnlyWriter(context) ? 1 : MAX_PROBES; open.length > 0 && probesLeft > 0; probesLeft--) {
			const result = await probe(context, scope, open, probesLeft === 1);
			for (const key of result.present) present.add(key);
			open = result.marked;
			if (open.length > 0 && probesLeft > 1) await waitForConcurrentWrites();
		}
	}
	return present;
}

interface ProbeResult {
	present: string[];
	/** Keys that exist together with their probe marker. */
	marked: string[];
}

async function probe(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	keys: readonly string[],
	removeMarked: boolean,
): Promise<ProbeResult> {
	const probeId = `probe ${randomUUID()}`;
	let toRemove: string[] = [];
	const result = await withStore(context, scope, async (store) => {
		// These keys are removed again immediately, so they mustn't evict others.
		const added = await store.add([...keys, ...keys.map(probeMarker), probeId], false);
		const existing = keys.filter((key) => !added.has(key));
		const marked = existing.filter((key) => !added.has(probeMarker(key)));
		toRemove = [...added, ...(removeMarked ? marked.flatMap((key) => [key, probeMarker(key)]) : [])];
		await store.remove(toRemove);
		return { present: existing.filter((key) => added.has(probeMarker(key))), marked };
	});
	if (!isOnlyWriter(context)) await ensureRemoved(context, scope, probeId, toRemove);
	return result;
}

/**
 * Removes the keys again if a concurrent write by another process has restored them. The probe ID, which no other
 * process uses, was added and removed together with the keys. So if the probe ID exists, the keys do too.
 */
async function ensureRemoved(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	probeId: string,
	keys: readonly string[],
): Promise<void> {
	for (let round = 1; round <= MAX_ROUNDS; round++) {
		await waitForConcurrentWrites(0.5);
		const isRemoved = await withStore(context, scope, async (store) => {
			const added = await store.add([probeId], false);
			await store.remove(added.has(probeId) ? [probeId] : keys);
			return added.has(probeId);
		});
		if (isRemoved) return;
	}
}

/**
 * Keys that this process has found in the workflows' records and that are never removed. Receiving or acknowledging an
 * event can't be undone, so these keys aren't looked up again: an interrupted lookup would make them uncertain.
 */
const permanentKeys = new Set<string>();

/** About 5 MB. */
const MAX_PERMANENT_KEYS = 50_000;

const cacheKey = (context: IExecuteFunctions, key: string) => `${String(context.getWorkflow().id)} ${key}`;

/** Like {@link lookUp} for the workflow's record, with a cache. Only for keys that are never removed. */
export async function lookUpPermanent(context: IExecuteFunctions, keys: readonly string[]): Promise<Set<string>> {
	const [cached, uncached] = [new Set<string>(), [] as string[]];
	for (const key of keys) {
		if (permanentKeys.has(cacheKey(context, key))) cached.add(key);
		else uncached.push(key);
	}
	const present = await lookUp(context, 'workflow', uncached);
	rememberPermanent(context, present);
	return new Set([...cached, ...present]);
}

/** Adds keys that are in the workflow's record to the cache. */
export function rememberPermanent(context: IExecuteFunctions, keys: Iterable<string>): void {
	for (const key of keys) permanentKeys.add(cacheKey(context, key));
	// Set iterates in insertion order, oldest first.
	for (const oldest of permanentKeys) {
		if (permanentKeys.size <= MAX_PERMANENT_KEYS) break;
		permanentKeys.delete(oldest);
	}
}

/** Returns the events that the workflow has never received. Leaves the record unchanged. */
export async function neverReceived(context: IExecuteFunctions, eventIds: readonly string[]): Promise<string[]> {
	const received = await lookUpPermanent(context, eventIds);
	return eventIds.filter((eventId) => !received.has(eventId));
}

/** Whether an execution other than this one received the event. Leaves the record unchanged. */
export async function receivedElsewhere(context: IExecuteFunctions, eventId: string): Promise<boolean> {
	const claim = claimKey(eventId, context.getExecutionId());
	const present = await lookUp(context, 'workflow', [eventId, claim]);
	return present.has(eventId) && !present.has(claim);
}

/**
 * Returns the events that weren't acknowledged, and weren't received within the last `graceSeconds` (plus up to two
 * minutes). Leaves the record unchanged.
 */
export async function neverAcknowledged(
	context: IExecuteFunctions,
	eventIds: readonly string[],
	graceSeconds: number,
): Promise<string[]> {
	const acknowledged = await lookUpPermanent(context, eventIds.map(acknowledgementKey));
	const open = eventIds.filter((eventId) => !acknowledged.has(acknowledgementKey(eventId)));
	// Events that were never received have no leases. Skipping them avoids looking up many keys if other workflows have
	// thousands of jobs.
	const received = await lookUpPermanent(context, open);
	const now = Date.now();
	const leases = new Map([...received].map((eventId) => [eventId, leasesWithin(eventId, graceSeconds, now)]));
	const present = await lookUp(context, 'workflow', [...leases.values()].flat());
	return open.filter((eventId) => !leases.get(eventId)?.some((lease) => present.has(lease)));
}

/**
 * Records in this node's own store which jobs belong to other workflows, so that they aren't fetched again. An evicted
 * entry only costs one more request.
 * @param includesExecutions whether this node also accepts jobs of executions. Jobs that were skipped while it didn't
 * are checked again once it does.
 */
export async function recordForeign(
	context: IExecuteFunctions,
	ids: readonly string[],
	includesExecutions = false,
): Promise<void> {
	if (context.getMode() === 'manual') return;
	await addKeys(
		context,
		'node',
		ids.map((id) => foreignKey(id, includesExecutions)),
	);
}

/**
 * Returns the jobs that aren't known to belong to other workflows. Leaves the store unchanged. See
 * {@link recordForeign}.
 */
export async function withoutForeign(
	context: IExecuteFunctions,
	ids: readonly string[],
	includesExecutions = false,
): Promise<string[]> {
	const foreign = await lookUp(
		context,
		'node',
		ids.map((id) => foreignKey(id, includesExecutions)),
	);
	return ids.filter((id) => !foreign.has(foreignKey(id, includesExecutions)));
}

const foreignKey = (id: string, includesExecutions: boolean) => (includesExecutions ? `${id}+executions` : id);
