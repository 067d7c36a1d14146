import { randomUUID } from 'node:crypto';
import type { INodeExecutionData } from 'n8n-workflow';
import { BoundedMap } from '../../core/boundedMap';
import type { Announcement } from './pollJobs';

/**
 * What this process knows of a waiting batch: a shortcut that saves asking the service. Nothing depends on it: another
 * process, or this one after a restart, knows nothing and asks.
 */
export interface BatchMemory {
	/** The jobs whose end was seen, by ID. */
	ended: Map<string, Announcement>;
	/** Number of the latest look, so that those before it need not be done. */
	looks: number;
	/** Unix time in ms at which the execution was told to resume. */
	resumedAt?: number;
	/** Whether this process parked the batch in a production run, so that no other n8n process takes its callbacks. */
	isOnlyProcess?: boolean;
	/** Whether this n8n couldn't be reached at its own address. */
	selfUnreachable?: boolean;
	/** The process that is about to resume the execution, as far as this one was told. */
	claim?: Claim;
}

interface Claim {
	/** See `PROCESS_ID`. */
	holder: string;
	/** Unix time in ms. A process may die before it has resumed the execution. */
	expiresAt: number;
}

/** Tells the processes of one n8n apart. */
export const PROCESS_ID = randomUUID();

/** Longer than n8n takes to resume an execution after its fresh reading. */
const CLAIM_MS = 5000;

const batches = new BoundedMap<string, BatchMemory>(1000);

/** Items that are ready to leave the node, until the execution was told to resume. They may be large. */
const readyItems = new BoundedMap<string, INodeExecutionData[]>(20);

/** Tells batches apart: an execution may have several, one after the other. */
export function batchKey(executionId: string, firstJob: string): string {
	return `${executionId}:${firstJob}`;
}

export function batchMemory(key: string): BatchMemory {
	const batch = batches.get(key) ?? { ended: new Map(), looks: 0 };
	batches.set(key, batch);
	return batch;
}

/**
 * Claims the batch for a process, unless another one holds it.
 * @returns the process that holds it now
 */
export function claimBatch(batch: BatchMemory, claimant: string): string {
	const now = Date.now();
	const { claim } = batch;
	if (claim && claim.expiresAt >= now && claim.holder !== claimant) return claim.holder;
	batch.claim = { holder: claimant, expiresAt: now + CLAIM_MS };
	return claimant;
}

/** Gives up a claim, if it is still this process's. */
export function releaseBatch(batch: BatchMemory, claimant: string): void {
	if (batch.claim?.holder === claimant) batch.claim = undefined;
}

export function readyItemsOf(key: string): INodeExecutionData[] | undefined {
	return readyItems.get(key);
}

export function keepReadyItems(key: string, items: INodeExecutionData[]): void {
	readyItems.set(key, items);
}

export function dropReadyItems(key: string): void {
	readyItems.delete(key);
}
