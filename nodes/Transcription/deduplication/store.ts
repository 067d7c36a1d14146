import {
	type DeduplicationScope,
	type ICheckProcessedOptions,
	type IExecuteFunctions,
	NodeOperationError,
	sleep,
} from 'n8n-workflow';
import { runExclusive } from '../core/keyedMutex';
import { isOnlyWritingProcess, recordWriteTime, pause } from './processes';

/** Splits the unique values into chunks of at most `size`. */
export function* chunk(all: readonly string[], size: number): Generator<string[]> {
	const unique = [...new Set(all)];
	for (let start = 0; start < unique.length; start += size) yield unique.slice(start, start + size);
}

/**
 * The number of keys that n8n keeps for a workflow. The oldest ones are evicted. An event takes up three keys until it
 * is acknowledged and two after that, so the record holds 5,000 events if they are acknowledged and 3,300 if not.
 */
const MAX_KEYS = 10_000;

/** The minimum number of events that the record holds. */
export const REMEMBERED_EVENTS = Math.floor(MAX_KEYS / 3);

/** n8n throws if two processes insert the workflow's database row at the same time. The next attempt finds the row. */
const MAX_ATTEMPTS = 3;

/** n8n's deduplication storage: one database row of keys per scope, with the oldest keys evicted. */
export interface KeyStore {
	/**
	 * Adds keys in one write.
	 * @param evict whether to evict the oldest keys to make room
	 * @returns the keys that didn't exist
	 */
	add(keys: readonly string[], evict?: boolean): Promise<Set<string>>;
	/**
	 * Removes keys in one write. Failures are logged. If this process is the only writer, it removes the remaining keys
	 * before it next uses the store.
	 */
	remove(keys: readonly string[]): Promise<void>;
}

/**
 * Runs a task with exclusive access to a store. n8n reads the database row, changes it, and writes it back, so
 * concurrent tasks would erase each other's keys. Other processes still can; see `processes.ts`.
 *
 * @param scope `workflow` for the store shared by all nodes, `node` for this node's own store
 */
export async function withStore<T>(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	task: (store: KeyStore) => Promise<T>,
): Promise<T> {
	const owner = ownerOf(context, scope);
	const result = runExclusive(owner, async () => {
		const store = storeOf(context, scope);
		const overdue = pendingRemovals.get(owner);
		pendingRemovals.delete(owner);
		if (overdue) await store.remove([...overdue]);
		return await task(store);
	});
	if (!isOnlyWritingProcess()) void runExclusive(owner, pause);
	return await result;
}

/**
 * Keys that couldn't be removed, by store. If left in the store, they would count as recorded or make other keys
 * uncertain.
 */
const pendingRemovals = new Map<string, Set<string>>();

/** Operations that are waiting for access, by operation and store. */
const pendingBatches = new Map<string, { keys: Set<string>; done: Promise<Set<string>> }>();

/**
 * Adds keys in one write, batched with those of other callers in this process that are waiting for the same store. The
 * longer a store is busy, the longer all callers wait, and the more often processes overwrite each other.
 *
 * @returns the keys that didn't exist and that no earlier caller added
 */
export async function addKeys(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	keys: readonly string[],
): Promise<Set<string>> {
	const { uniqueKeys, done } = batchWrite(context, scope, 'add', keys, async (store, all) => await store.add(all));
	const added = await done;
	return new Set(uniqueKeys.filter((key) => added.has(key)));
}

/** Removing keys blocks n8n's event loop, so it is done in batches. */
const REMOVAL_BATCH_SIZE = 1000;

/**
 * Removes keys, batched with those of other callers, so that more urgent operations don't have to wait for each
 * removal.
 */
export async function removeKeys(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	keys: readonly string[],
): Promise<void> {
	const { done } = batchWrite(context, scope, 'remove', keys, async (store, all) => {
		for (const batch of chunk(all, REMOVAL_BATCH_SIZE)) await store.remove(batch);
		return new Set();
	});
	await done;
}

/** @returns the keys that no earlier caller of the same batch passed, and the result of the whole batch */
function batchWrite(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	operation: 'add' | 'remove',
	keys: readonly string[],
	write: (store: KeyStore, all: string[]) => Promise<Set<string>>,
): { uniqueKeys: string[]; done: Promise<Set<string>> } {
	const name = `${operation} ${ownerOf(context, scope)}`;
	let batch = pendingBatches.get(name);
	if (!batch) {
		const all = new Set<string>();
		const done = withStore(context, scope, async (store) => {
			pendingBatches.delete(name);
			return await write(store, [...all]);
		});
		batch = { keys: all, done };
		pendingBatches.set(name, batch);
	}
	const uniqueKeys: string[] = [];
	for (const key of keys) {
		if (batch.keys.has(key)) continue;
		batch.keys.add(key);
		uniqueKeys.push(key);
	}
	return { uniqueKeys, done: batch.done };
}

function ownerOf(context: IExecuteFunctions, scope: DeduplicationScope): string {
	const workflowId = String(context.getWorkflow().id);
	return scope === 'node' ? `${workflowId} ${context.getNode().id}` : workflowId;
}

function storeOf(context: IExecuteFunctions, scope: DeduplicationScope): KeyStore {
	const { helpers, logger } = context;
	return {
		async add(keys, evict = true) {
			if (keys.length === 0) return new Set();
			const options: ICheckProcessedOptions = { mode: 'entries', ...(evict && { maxEntries: MAX_KEYS }) };
			const { new: fresh } = await withRetry(
				context,
				async () => await helpers.checkProcessedAndRecord([...keys], scope, options),
			);
			return new Set(fresh as string[]);
		},
		async remove(keys) {
			if (keys.length === 0) return;
			try {
				await withRetry(context, async () => await helpers.removeProcessed([...keys], scope, { mode: 'entries' }));
			} catch (error) {
				logger.warn(`Couldn’t clean up the record of received transcripts: ${(error as Error).message}`);
				// A later removal could erase a key that another process has recorded in the meantime.
				if (!isOnlyWritingProcess()) return;
				const owner = ownerOf(context, scope);
				pendingRemovals.set(owner, new Set([...(pendingRemovals.get(owner) ?? []), ...keys]));
			}
		},
	};
}

/** @throws NodeOperationError if n8n can't read or write the record several times in a row */
async function withRetry<T>(context: IExecuteFunctions, task: () => Promise<T>): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		try {
			const startedAt = Date.now();
			const result = await task();
			recordWriteTime(Date.now() - startedAt);
			return result;
		} catch (error) {
			if (attempt === MAX_ATTEMPTS || isIncompatible(error)) throw toNodeError(context, error as Error);
			context.logger.debug('Writing the record of received transcripts failed, retrying', { attempt });
			await sleep(20 * attempt);
		}
	}
}

/** n8n's Remove Duplicates node with Scope: Workflow writes to the same database row, which allows only one mode. */
const isIncompatible = (error: unknown) => /incompatible setting/i.test((error as Error).message);

function toNodeError(context: IExecuteFunctions, error: Error): NodeOperationError {
	if (!isIncompatible(error)) return new NodeOperationError(context.getNode(), error);
	return new NodeOperationError(
		context.getNode(),
		'A Remove Duplicates node uses the storage that this workflow needs for its record of received transcripts',
		{
			description:
				'In that node, choose Scope: Node. Then run its operation Clear Deduplication History once with Scope: Workflow, and run Recover Missed to fetch transcripts that arrived in the meantime, because they weren’t recorded.',
		},
	);
}
