import type { IExecuteFunctions } from 'n8n-workflow';
import { BoundedMap } from '../core/boundedMap';
import { removeKeys } from './store';
import { writeUntilStable } from './claim';

/**
 * The submit ledger records which items of a node run have been submitted, or may have been. A submit costs the user
 * money, and n8n may run a node again in the same execution: when it retries the node, or when a late callback returns
 * a waiting execution to an earlier point.
 *
 * The entries are in the node's own deduplication store, so they never evict received events. n8n only stores hashes,
 * so the ledger can only tell whether an item was submitted before. The results are kept in this process's memory.
 */
export interface SubmitLedger<T> {
	/** Items that an earlier run with the same key submitted, or may have submitted. */
	readonly submittedBefore: ReadonlySet<number>;
	/**
	 * Returns the result of an earlier run in this process, or undefined if the run was in another process or received no
	 * response.
	 */
	resultOf(itemIndex: number): T | undefined;
	/** Keeps the result for an item, for a later run in this process. */
	keep(itemIndex: number, result: T): void;
	/** Removes items that certainly weren't submitted, so that n8n's Retry On Fail can submit them. */
	release(itemIndexes: readonly number[]): Promise<void>;
}

const results = new BoundedMap<string, unknown>(10_000);

/**
 * Identifies this run of the node in its execution: the ID is the same for every attempt of Retry On Fail and for a run
 * that n8n repeats, but different for every loop iteration. Call it before the first await: an agent's parallel calls
 * of a tool share the run index, and only the number of calls so far distinguishes them (n8n 2.8 and 2.41, agent
 * version 2).
 */
export function nodeRunOf(context: IExecuteFunctions & { getNextRunIndex?(): number }): string {
	const run = context.getNextRunIndex?.() ?? Number(context.getWorkflowDataProxy(0).$runIndex);
	return `submit:${context.getExecutionId()}:${run}`;
}

/**
 * Records that a node run submits these items, in one write. Call it before anything is submitted.
 * @param nodeRun see {@link nodeRunOf}
 * @throws NodeOperationError if n8n's record can't be written, in which case nothing may be submitted
 */
export async function openLedger<T>(
	context: IExecuteFunctions,
	nodeRun: string,
	itemIndexes: readonly number[],
): Promise<SubmitLedger<T>> {
	const entry = (itemIndex: number) => `${nodeRun}:${itemIndex}`;
	const added =
		itemIndexes.length > 0 ? await writeUntilStable(context, 'node', itemIndexes.map(entry)) : new Set<string>();
	// Node IDs are only unique within a workflow.
	const memoryKey = (itemIndex: number) => `${context.getWorkflow().id}:${context.getNode().id}:${entry(itemIndex)}`;
	return {
		submittedBefore: new Set(itemIndexes.filter((itemIndex) => !added.has(entry(itemIndex)))),
		resultOf: (itemIndex) => results.get(memoryKey(itemIndex)) as T | undefined,
		keep: (itemIndex, result) => results.set(memoryKey(itemIndex), result),
		async release(released) {
			if (released.length > 0) await removeKeys(context, 'node', released.map(entry));
		},
	};
}
