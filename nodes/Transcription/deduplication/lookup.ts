import { randomUUID } from 'node:crypto';
import type { DeduplicationScope, IExecuteFunctions } from 'n8n-workflow';
import { addKeys, chunk, withStore } from './store';
import { acknowledgementKey, claimKey, leasesWithin, probeMarker } from './keys';
import { isOnlyWriter as isOnlyProcess, MAX_ROUNDS, settle } from './processes';
/** More would make the row long, and removing them slow. */
const PROBE_BATCH_SIZE = 500;

/** Marks of others that look at the same time are gone by the next look; what then still stands was left by one that was killed. */
const MAX_PROBES = 3;

/** In queue mode runs by hand take place in the main process: callbacks may come there too, but others do the work. */
const isOnlyWriterOf = (context: IExecuteFunctions) => isOnlyProcess() && context.getMode() !== 'manual';

/**
 * Which of the keys are in the record. Leaves no trace.
 *
 * n8n can only record: what was not there is removed again. If the process is killed in between, the key would pass for
 * recorded, and what it stands for be lost. Hence a mark for each key in the same write: a key that was there with its
 * mark is one that a killed look may have left. It counts as absent and is removed.
 */
export async function lookUp(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	keys: readonly string[],
): Promise<Set<string>> {
	const present = new Set<string>();
	for (const part of chunk(keys, PROBE_BATCH_SIZE)) {
		let open = part;
		for (let left = isOnlyWriterOf(context) ? 1 : MAX_PROBES; open.length > 0 && left > 0; left--) {
			const seen = await probe(context, scope, open, left === 1);
			for (const key of seen.present) present.add(key);
			open = seen.marked;
			if (open.length > 0 && left > 1) await settle();
		}
	}
	return present;
}

interface ProbeResult {
	present: string[];
	/** Present as well, but with a mark. */
	marked: string[];
}

async function probe(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	keys: readonly string[],
	removeMarked: boolean,
): Promise<ProbeResult> {
	const trace = `look ${randomUUID()}`;
	let leftBehind: string[] = [];
	const seen = await withStore(context, scope, async (row) => {
		// Nothing is forgotten for what is removed at once.
		const added = await row.add([...keys, ...keys.map(probeMarker), trace], false);
		const known = keys.filter((key) => !added.has(key));
		const marked = known.filter((key) => !added.has(probeMarker(key)));
		leftBehind = [...added, ...(removeMarked ? marked.flatMap((key) => [key, probeMarker(key)]) : [])];
		await row.remove(leftBehind);
		return { present: known.filter((key) => added.has(probeMarker(key))), marked };
	});
	if (!isOnlyWriterOf(context)) await ensureRemoved(context, scope, trace, leftBehind);
	return seen;
}

/**
 * Another process that writes at the same time may bring back what was removed. The trace, which nobody else asks for,
 * came with the keys and went with them: if it is there, all of them are.
 */
async function ensureRemoved(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	trace: string,
	keys: readonly string[],
): Promise<void> {
	for (let round = 1; round <= MAX_ROUNDS; round++) {
		await settle(0.5);
		const isRemoved = await withStore(context, scope, async (row) => {
			const added = await row.add([trace], false);
			await row.remove(added.has(trace) ? [trace] : keys);
			return added.has(trace);
		});
		if (isRemoved) return;
	}
}

/**
 * What this process has seen in the records of workflows. Who received or acknowledged an event did so for good, so that
 * it need not be looked for again: a look that is killed makes what it looks for doubtful.
 */
const permanentKeys = new Set<string>();

/** Some five megabytes. */
const MAX_PERMANENT_KEYS = 50_000;

const cacheKey = (context: IExecuteFunctions, key: string) => `${String(context.getWorkflow().id)} ${key}`;

/** Which of the keys are in the workflow's record. For keys only that nobody ever removes. Leaves no trace. */
export async function lookUpPermanent(context: IExecuteFunctions, keys: readonly string[]): Promise<Set<string>> {
	const [seen, open] = [new Set<string>(), [] as string[]];
	for (const key of keys) {
		if (permanentKeys.has(cacheKey(context, key))) seen.add(key);
		else open.push(key);
	}
	const present = await lookUp(context, 'workflow', open);
	rememberPermanent(context, present);
	return new Set([...seen, ...present]);
}

/** Notes that these keys are in the workflow's record. */
export function rememberPermanent(context: IExecuteFunctions, keys: Iterable<string>): void {
	for (const key of keys) permanentKeys.add(cacheKey(context, key));
	// The oldest stand first.
	for (const oldest of permanentKeys) {
		if (permanentKeys.size <= MAX_PERMANENT_KEYS) break;
		permanentKeys.delete(oldest);
	}
}

/** Of these events those that the workflow never received. Leaves no trace. */
export async function neverReceived(context: IExecuteFunctions, eventIds: readonly string[]): Promise<string[]> {
	const received = await lookUpPermanent(context, eventIds);
	return eventIds.filter((eventId) => !received.has(eventId));
}

/** Whether another execution than this one received the event. Leaves no trace. */
export async function receivedElsewhere(context: IExecuteFunctions, eventId: string): Promise<boolean> {
	const claim = claimKey(eventId, context.getExecutionId());
	const present = await lookUp(context, 'workflow', [eventId, claim]);
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
	const acknowledged = await lookUpPermanent(context, eventIds.map(acknowledgementKey));
	const open = eventIds.filter((eventId) => !acknowledged.has(acknowledgementKey(eventId)));
	// Who never received an event left no lease, and the leases of thousands of jobs of others are many keys.
	const received = await lookUpPermanent(context, open);
	const now = Date.now();
	const leases = new Map([...received].map((eventId) => [eventId, leasesWithin(eventId, graceSeconds, now)]));
	const present = await lookUp(context, 'workflow', [...leases.values()].flat());
	return open.filter((eventId) => !leases.get(eventId)?.some((lease) => present.has(lease)));
}

/**
 * Remembers jobs that belong to other workflows, for this node alone, so that they are not fetched again. Forgetting one
 * costs a request, nothing else.
 * @param includesExecutions whether this node also wants jobs of executions. What was left out while it didn't is looked
 * at again once it does.
 */
export async function recordForeign(context: IExecuteFunctions, ids: readonly string[], includesExecutions = false): Promise<void> {
	if (context.getMode() === 'manual') return;
	await addKeys(context, 'node', ids.map((id) => foreignKey(id, includesExecutions)));
}

/** Of these jobs those that are not known to belong to other workflows. Leaves no trace. See {@link recordForeign}. */
export async function withoutForeign(context: IExecuteFunctions, ids: readonly string[], includesExecutions = false): Promise<string[]> {
	const foreign = await lookUp(context, 'node', ids.map((id) => foreignKey(id, includesExecutions)));
	return ids.filter((id) => !foreign.has(foreignKey(id, includesExecutions)));
}

const foreignKey = (id: string, includesExecutions: boolean) => (includesExecutions ? `${id}+executions` : id);
