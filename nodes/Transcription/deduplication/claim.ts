import type { DeduplicationScope, IExecuteFunctions } from 'n8n-workflow';
import { isOnlyWriter, MAX_ROUNDS, settle } from './processes';
import { addKeys, chunk, removeKeys } from './store';
import { acknowledgementKey, claimKey, leaseAt, leaseBefore, leasesWithin, probeMarker } from './keys';
import { rememberPermanent } from './lookup';

/**
 * Records keys, again where another process erased them.
 * @returns those that were not there before
 */
export async function writeUntilStable(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	keys: readonly string[],
): Promise<Set<string>> {
	const add = async () => await addKeys(context, scope, keys);
	const first = await add();
	if (isOnlyWriter()) return first;
	for (let round = 1; round <= MAX_ROUNDS; round++) {
		await settle();
		if ((await add()).size === 0) return first;
	}
	context.logger.warn(`Other processes overwrote the record ${MAX_ROUNDS} times: ${keys.slice(0, 10).join(', ')}`);
	return first;
}

/** So many at once that their keys do not push each other out of the record. */
const CLAIM_BATCH_SIZE = 1000;

/**
 * Records events as received. Tests by hand leave no trace.
 *
 * @returns those that this execution may hand on; the others were received before. An execution that asks again, since
 * n8n tries its node again, gets the same answer.
 */
export async function recordReceived(context: IExecuteFunctions, eventIds: readonly string[]): Promise<Set<string>> {
	return await recordClaims(context, eventIds, (eventId) => [eventId]);
}

/**
 * Records events as received once more: those that were received, but never acknowledged.
 *
 * @returns those that this execution may hand on; the others were received within the last minutes by another
 */
export async function recordReceivedAgain(context: IExecuteFunctions, eventIds: readonly string[]): Promise<Set<string>> {
	// Two leases, so that executions that come just before and just after the end of one see each other.
	return await recordClaims(context, eventIds, (eventId, now) => [leaseBefore(eventId, now), leaseAt(eventId, now)]);
}

/** @param proofOf the keys of which one suffices to tell that an execution has the event, without telling which */
type ReceiptKeys = (eventId: string, now: number) => string[];

async function recordClaims(
	context: IExecuteFunctions,
	eventIds: readonly string[],
	proofOf: ReceiptKeys,
): Promise<Set<string>> {
	if (context.getMode() === 'manual') return new Set(eventIds);
	const taken = new Set<string>();
	for (const part of chunk(eventIds, CLAIM_BATCH_SIZE)) {
		const taking = claimEvents(context, part, proofOf);
		// What is recorded has to be handed on; the rest is as if it had not come yet.
		const more = taken.size === 0 ? await taking : await warnOnFailure(context, taking, `only ${taken.size} of ${eventIds.length} were recorded`);
		if (!more) break;
		for (const eventId of more) taken.add(eventId);
	}
	return taken;
}

/**
 * Writes receipt, lease and this execution's claim in one write. Where several processes write, one may have overwritten
 * the other, so that each looks again, by the same write, when all writes that were under way have ended:
 * - its claim is there: the event is its own;
 * - the claim is not, but the event is: another execution overwrote it with its own claim and has the event;
 * - neither is: somebody else erased both. They are recorded again by that, and looked at again.
 *
 * The claim of an execution that does not get the event stays: only that execution would ask for it.
 */
async function claimEvents(context: IExecuteFunctions, eventIds: readonly string[], proofOf: ReceiptKeys): Promise<string[]> {
	const executionId = context.getExecutionId();
	const now = Date.now();
	const claim = (eventId: string) => claimKey(eventId, executionId);
	const taken: string[] = [];
	let open = eventIds;
	for (let round = 1; ; round++) {
		const writing = addKeys(context, 'workflow', keysToWrite(open, claim, proofOf, now));
		// From the second time on they are recorded: rather twice than never.
		const added = round === 1 ? await writing : await warnOnFailure(context, writing, `what arrives again may be handed on twice: ${open.slice(0, 10).join(', ')}`);
		if (!added) return [...taken, ...open];
		const again: string[] = [];
		for (const eventId of open) {
			const proofs = proofOf(eventId, now);
			const fresh = proofs.filter((proof) => added.has(proof)).length;
			const isMine = !added.has(claim(eventId));
			if (isMine && fresh === 0 && (round > 1 || isOnlyWriter())) taken.push(eventId);
			else if (isMine || fresh === proofs.length) again.push(eventId);
		}
		open = again;
		if (open.length === 0) return taken;
		if (isOnlyWriter() || round === MAX_ROUNDS) break;
		await settle();
	}
	if (!isOnlyWriter()) {
		context.logger.warn(
			`Other processes overwrote the record of received transcripts ${MAX_ROUNDS} times. What arrives again may be handed on twice: ${open.slice(0, 10).join(', ')}`,
		);
	}
	return [...taken, ...open];
}

/** Undefined where it fails, which is in the log then. */
async function warnOnFailure<T>(context: IExecuteFunctions, work: Promise<T>, consequence: string): Promise<T | undefined> {
	return await work.catch((error: unknown) => {
		context.logger.warn(`The record of received transcripts failed (${(error as Error).message}); ${consequence}`);
		return undefined;
	});
}

/** What is needed longest comes last: the oldest keys are forgotten first. */
function keysToWrite(
	eventIds: readonly string[],
	claim: (eventId: string) => string,
	proofOf: ReceiptKeys,
	now: number,
): string[] {
	const leases = eventIds.flatMap((eventId) => [leaseAt(eventId, now), ...proofOf(eventId, now)]);
	return [...new Set([...eventIds.map(claim), ...leases, ...eventIds])];
}

/** So many at once that their keys do not push each other out of the record. */
const ACK_EVENTS_AT_ONCE = 1000;

/** Leases of events that took longer to get here are left to be forgotten, in seconds. */
const USUAL_PIPELINE_SECONDS = 600;

/**
 * Records that events have arrived where they were to go, and with it that they were received. Tests by hand leave no
 * trace.
 *
 * @returns those that the workflow had not received before
 */
export async function recordAcknowledged(context: IExecuteFunctions, eventIds: readonly string[]): Promise<Set<string>> {
	const strangers = new Set<string>();
	if (context.getMode() === 'manual') return strangers;
	for (const part of chunk(eventIds, ACK_EVENTS_AT_ONCE)) {
		const added = await writeUntilStable(context, 'workflow', [...part, ...part.map(acknowledgementKey)]);
		rememberPermanent(context, [...part, ...part.map(acknowledgementKey)]);
		for (const eventId of part) if (added.has(eventId)) strangers.add(eventId);
	}
	await removeIntermediateKeys(context, eventIds);
	return strangers;
}

/** What the record needed until now only makes it longer, and what a killed look left on it would make it doubtful. */
async function removeIntermediateKeys(context: IExecuteFunctions, eventIds: readonly string[]): Promise<void> {
	const executionId = context.getExecutionId();
	const now = Date.now();
	const keys = eventIds.flatMap((eventId) => [
		probeMarker(eventId),
		probeMarker(acknowledgementKey(eventId)),
		claimKey(eventId, executionId),
		...leasesWithin(eventId, USUAL_PIPELINE_SECONDS, now),
	]);
	await removeKeys(context, 'workflow', keys);
}
