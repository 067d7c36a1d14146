import {
	type DeduplicationScope,
	type ICheckProcessedOptions,
	type IExecuteFunctions,
	NodeOperationError,
	sleep,
} from 'n8n-workflow';
import { runExclusive } from '../core/keyedMutex';
import { isOnlyWriter, recordWriteTime, pause } from './processes';

/** Each once, in parts of at most `size`. */
export function* chunk(all: readonly string[], size: number): Generator<string[]> {
	const unique = [...new Set(all)];
	for (let start = 0; start < unique.length; start += size) yield unique.slice(start, start + size);
}

/**
 * How many keys n8n keeps for a workflow; the oldest are forgotten. An event takes three until it is acknowledged and
 * two from then on: 5,000 events are remembered where they are acknowledged, 3,300 where they are not.
 */
const MAX_KEYS = 10_000;

/** How many events are remembered at least. */
export const REMEMBERED_EVENTS = Math.floor(MAX_KEYS / 3);

/** n8n throws when two processes insert the workflow's first row at once; the second try finds the row. */
const MAX_ATTEMPTS = 3;

/** n8n's record as it is: a row of keys, of which the oldest fall out. */
export interface KeyStore {
	/**
	 * Adds keys in one write.
	 * @param forget whether the oldest keys make room for them
	 * @returns those that were not there
	 */
	add(keys: readonly string[], forget?: boolean): Promise<Set<string>>;
	/** Removes keys in one write. Where that fails, which is in the log then, the only process removes them before it uses the row again. */
	remove(keys: readonly string[]): Promise<void>;
}

/**
 * Gives access to the record, to one task at a time: n8n reads the row, changes it and writes it back, so that tasks that
 * come together would erase each other's keys. Other processes still do; see `processes.ts`.
 *
 * @param scope `workflow` for the row of all nodes, `node` for this node's own
 */
export async function withStore<T>(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	task: (row: KeyStore) => Promise<T>,
): Promise<T> {
	const owner = ownerOf(context, scope);
	const result = runExclusive(owner, async () => {
		const row = storeOf(context, scope);
		const overdue = pendingRemovals.get(owner);
		pendingRemovals.delete(owner);
		if (overdue) await row.remove([...overdue]);
		return await task(row);
	});
	if (!isOnlyWriter()) void runExclusive(owner, pause);
	return await result;
}

/** Keys that could not be removed, by the row's owner. Left there, they would pass for recorded, or make others doubtful. */
const pendingRemovals = new Map<string, Set<string>>();

/** What waits for its turn, by the row's owner and what is to be done. */
const pendingBatches = new Map<string, { keys: Set<string>; done: Promise<Set<string>> }>();

/**
 * Adds keys in one write together with those of everybody else in this process who waits for the same row: the longer
 * the row is busy, the longer everybody waits, and the more processes overwrite each other.
 *
 * @returns those that were not there, and that nobody else added who came before
 */
export async function addKeys(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	keys: readonly string[],
): Promise<Set<string>> {
	const { own, done } = batchWrite(context, scope, 'add', keys, async (row, all) => await row.add(all));
	const added = await done;
	return new Set(own.filter((key) => added.has(key)));
}

/** Looking for keys to remove takes n8n's process time. */
const REMOVAL_BATCH_SIZE = 1000;

/** Removes keys, together with those of everybody else as well: else what is more urgent waits behind each of them. */
export async function removeKeys(context: IExecuteFunctions, scope: DeduplicationScope, keys: readonly string[]): Promise<void> {
	const { done } = batchWrite(context, scope, 'remove', keys, async (row, all) => {
		for (const part of chunk(all, REMOVAL_BATCH_SIZE)) await row.remove(part);
		return new Set();
	});
	await done;
}

/** @returns those of the keys that nobody who came before has asked for, and what came of all of them */
function batchWrite(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	what: 'add' | 'remove',
	keys: readonly string[],
	work: (row: KeyStore, all: string[]) => Promise<Set<string>>,
): { own: string[]; done: Promise<Set<string>> } {
	const name = `${what} ${ownerOf(context, scope)}`;
	let batch = pendingBatches.get(name);
	if (!batch) {
		const all = new Set<string>();
		const done = withStore(context, scope, async (row) => {
			pendingBatches.delete(name);
			return await work(row, [...all]);
		});
		batch = { keys: all, done };
		pendingBatches.set(name, batch);
	}
	const own: string[] = [];
	for (const key of keys) {
		if (batch.keys.has(key)) continue;
		batch.keys.add(key);
		own.push(key);
	}
	return { own, done: batch.done };
}

function ownerOf(context: IExecuteFunctions, scope: DeduplicationScope): string {
	const workflowId = String(context.getWorkflow().id);
	return scope === 'node' ? `${workflowId} ${context.getNode().id}` : workflowId;
}

function storeOf(context: IExecuteFunctions, scope: DeduplicationScope): KeyStore {
	const { helpers, logger } = context;
	return {
		async add(keys, forget = true) {
			if (keys.length === 0) return new Set();
			const options: ICheckProcessedOptions = { mode: 'entries', ...(forget && { maxEntries: MAX_KEYS }) };
			const { new: fresh } = await withRetry(context, async () => await helpers.checkProcessedAndRecord([...keys], scope, options));
			return new Set(fresh as string[]);
		},
		async remove(keys) {
			if (keys.length === 0) return;
			try {
				await withRetry(context, async () => await helpers.removeProcessed([...keys], scope, { mode: 'entries' }));
			} catch (error) {
				logger.warn(`Cleaning up the record of received transcripts failed: ${(error as Error).message}`);
				// Another process may record one of them before its turn comes.
				if (!isOnlyWriter()) return;
				const owner = ownerOf(context, scope);
				pendingRemovals.set(owner, new Set([...(pendingRemovals.get(owner) ?? []), ...keys]));
			}
		},
	};
}

/** @throws NodeOperationError where n8n cannot work with its record several times in a row */
async function withRetry<T>(context: IExecuteFunctions, task: () => Promise<T>): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		try {
			const began = Date.now();
			const result = await task();
			recordWriteTime(Date.now() - began);
			return result;
		} catch (error) {
			if (attempt === MAX_ATTEMPTS || isIncompatible(error)) throw toNodeError(context, error as Error);
			context.logger.debug('Recording a transcript met another process, trying again', { attempt });
			await sleep(20 * attempt);
		}
	}
}

/** n8n's node Remove Duplicates with Scope: Workflow writes into the same row, which is of one kind for all who use it. */
const isIncompatible = (error: unknown) => /incompatible setting/i.test((error as Error).message);

function toNodeError(context: IExecuteFunctions, error: Error): NodeOperationError {
	if (!isIncompatible(error)) return new NodeOperationError(context.getNode(), error);
	return new NodeOperationError(context.getNode(), 'A Remove Duplicates node keeps its history where this workflow’s record of received transcripts belongs', {
		description: 'In that node choose Scope: Node, and run its operation Clear Deduplication History once with Scope: Workflow. Then run Recover Missed: what came meanwhile was not recorded.',
	});
}
