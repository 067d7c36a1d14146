import type { DeduplicationScope, IExecuteFunctions } from 'n8n-workflow';
import { isOnlyWritingProcess, MAX_ROUNDS, waitForConcurrentWrites } from './processes';
import { addKeys, chunk, removeKeys } from './store';
import { rememberKeys, takeObsoleteKeys } from './intermediateKeys';
import { acknowledgementKey, claimKey, leaseAt, leaseBefore } from './keys';
import { rememberPermanent } from './lookup';

/**
 * Records keys, and records them again if another process erased them.
 * @returns the keys that didn't exist before
 */
export async function writeUntilStable(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	keys: readonly string[],
): Promise<Set<string>> {
	const add = async () => await addKeys(context, scope, keys);
	const first = await add();
	if (isOnlyWritingProcess()) return first;
	for (let round = 1; round <= MAX_ROUNDS; round++) {
		await waitForConcurrentWrites();
		if ((await add()).size === 0) return first;
	}
	context.logger.warn(
		`Other processes overwrote the record of received transcripts ${MAX_ROUNDS} times: ${keys.slice(0, 10).join(', ')}`,
	);
	return first;
}

/**
 * The number of events recorded in one write. It is small enough that their keys don't evict each other from the
 * record.
 */
const EVENT_BATCH_SIZE = 1000;

/**
 * Records events as received. Manual executions record nothing.
 *
 * @returns the events that this execution may emit; the others were received before. If n8n retries the node, the same
 * execution gets the same result.
 */
export async function recordReceived(context: IExecuteFunctions, eventIds: readonly string[]): Promise<Set<string>> {
	return await recordClaims(context, eventIds, (eventId) => [eventId]);
}

/**
 * Records another receipt of events that were received before but never acknowledged.
 *
 * @returns the events that this execution may emit; another execution received the others within the last few minutes
 */
export async function recordReceivedAgain(
	context: IExecuteFunctions,
	eventIds: readonly string[],
): Promise<Set<string>> {
	// Two leases are used, so that executions just before and just after the end of a lease see each other.
	return await recordClaims(context, eventIds, (eventId, now) => [leaseBefore(eventId, now), leaseAt(eventId, now)]);
}

/**
 * Keys that prove that some execution has received an event. Any one of them is enough, but none identifies the
 * execution.
 */
type ReceiptKeys = (eventId: string, now: number) => string[];

async function recordClaims(
	context: IExecuteFunctions,
	eventIds: readonly string[],
	receiptKeysOf: ReceiptKeys,
): Promise<Set<string>> {
	if (context.getMode() === 'manual') return new Set(eventIds);
	const claimed = new Set<string>();
	for (const batch of chunk(eventIds, EVENT_BATCH_SIZE)) {
		const claiming = claimEvents(context, batch, receiptKeysOf);
		// After a failure, the recorded events must still be emitted. The others count as not received.
		const more =
			claimed.size === 0
				? await claiming
				: await warnOnFailure(context, claiming, `only ${claimed.size} of ${eventIds.length} were recorded`);
		if (!more) break;
		for (const eventId of more) claimed.add(eventId);
	}
	return claimed;
}

/**
 * Writes the receipt, the lease, and this execution's claim in one write. If several processes write, one may overwrite
 * another. Each process therefore waits until all writes in progress have ended, and then checks the result by
 * repeating its write:
 * - Its claim exists: this execution owns the event.
 * - Its claim doesn't exist, but the event does: another execution overwrote the claim with its own and owns the event.
 * - Neither exists: another process erased both. The repeated write has recorded them again, so they are checked again.
 *
 * If an execution doesn't get the event, its claim isn't removed, because only that execution would check it.
 */
async function claimEvents(
	context: IExecuteFunctions,
	eventIds: readonly string[],
	receiptKeysOf: ReceiptKeys,
): Promise<string[]> {
	const executionId = context.getExecutionId();
	const now = Date.now();
	const claim = (eventId: string) => claimKey(eventId, executionId);
	const claimed: string[] = [];
	let open = eventIds;
	for (let round = 1; ; round++) {
		const writing = addKeys(context, 'workflow', keysToWrite(open, claim, receiptKeysOf, now));
		// From the second round on, the events are already recorded. Emitting them twice is better than never emitting
		// them.
		const added =
			round === 1
				? await writing
				: await warnOnFailure(
						context,
						writing,
						`if these arrive again, they may be emitted twice: ${open.slice(0, 10).join(', ')}`,
					);
		if (!added) return [...claimed, ...open];
		const undecided: string[] = [];
		for (const eventId of open) {
			const receiptKeys = receiptKeysOf(eventId, now);
			if (round === 1) {
				const keys = keysToWrite([eventId], claim, receiptKeysOf, now).filter((key) => key !== eventId);
				rememberKeys(context, eventId, keys, added.has(eventId));
			}
			const addedCount = receiptKeys.filter((key) => added.has(key)).length;
			const hasClaim = !added.has(claim(eventId));
			if (hasClaim && addedCount === 0 && (round > 1 || isOnlyWritingProcess())) claimed.push(eventId);
			else if (hasClaim || addedCount === receiptKeys.length) undecided.push(eventId);
		}
		open = undecided;
		if (open.length === 0) return claimed;
		if (isOnlyWritingProcess() || round === MAX_ROUNDS) break;
		await waitForConcurrentWrites();
	}
	if (!isOnlyWritingProcess()) {
		context.logger.warn(
			`Other processes overwrote the record of received transcripts ${MAX_ROUNDS} times. If these arrive again, they may be emitted twice: ${open.slice(0, 10).join(', ')}`,
		);
	}
	return [...claimed, ...open];
}

/** Logs a failure and returns undefined. */
async function warnOnFailure<T>(
	context: IExecuteFunctions,
	work: Promise<T>,
	consequence: string,
): Promise<T | undefined> {
	return await work.catch((error: unknown) => {
		context.logger.warn(
			`Couldn’t write the record of received transcripts (${(error as Error).message}); ${consequence}`,
		);
		return undefined;
	});
}

/** Puts the keys that are needed longest last, because the oldest keys are evicted first. */
function keysToWrite(
	eventIds: readonly string[],
	claim: (eventId: string) => string,
	receiptKeysOf: ReceiptKeys,
	now: number,
): string[] {
	const leases = eventIds.flatMap((eventId) => [leaseAt(eventId, now), ...receiptKeysOf(eventId, now)]);
	return [...new Set([...eventIds.map(claim), ...leases, ...eventIds])];
}

/**
 * Records events as acknowledged, which also records them as received. Manual executions record nothing.
 *
 * @returns the events that the workflow hadn't received before
 */
export async function recordAcknowledged(
	context: IExecuteFunctions,
	eventIds: readonly string[],
): Promise<Set<string>> {
	const notReceived = new Set<string>();
	if (context.getMode() === 'manual') return notReceived;
	const obsolete: string[] = [];
	for (const batch of chunk(eventIds, EVENT_BATCH_SIZE)) {
		const added = await writeUntilStable(context, 'workflow', [...batch, ...batch.map(acknowledgementKey)]);
		rememberPermanent(context, [...batch, ...batch.map(acknowledgementKey)]);
		for (const eventId of batch) {
			if (added.has(eventId)) notReceived.add(eventId);
			obsolete.push(...takeObsoleteKeys(context, eventId, added.has(acknowledgementKey(eventId))));
		}
	}
	await removeKeys(context, 'workflow', obsolete);
	return notReceived;
}
