import { randomUUID } from 'node:crypto';
import type { INodeExecutionData } from 'n8n-workflow';
import { BoundedMap } from '../../core/boundedMap';
import type { Announcement } from './pollJobs';

/**
 * This process's cache for a waiting batch, which saves requests to the service. Nothing depends on it: other
 * processes, and this one after a restart, query the service instead.
 */
export interface BatchMemory {
	/** The jobs known to have ended, by ID. */
	ended: Map<string, Announcement>;
	/** Number of requests so far that check all jobs. If several are concurrent, only the latest has to be handled. */
	checks: number;
	/** Unix time in ms at which the execution was told to resume. */
	resumedAt?: number;
	/** Whether this process paused the batch in a production execution, so that no other n8n process receives its callbacks. */
	isOnlyProcess?: boolean;
	/** Whether this n8n instance couldn't be reached at its own address. */
	selfUnreachable?: boolean;
	/** The process that is about to resume the execution, as far as this process knows. */
	claim?: Claim;
}

interface Claim {
	/** See `PROCESS_ID`. */
	holder: string;
	/** Unix time in ms. Claims expire because a process may die before it has resumed the execution. */
	expiresAt: number;
}

/** Identifies this process among the processes of an n8n instance. */
export const PROCESS_ID = randomUUID();

/** Longer than the time n8n takes to resume an execution after reading it. */
const CLAIM_MS = 5000;

const batches = new BoundedMap<string, BatchMemory>(1000);

/** Output items that are kept until the execution resumes. They can be large. */
const readyItems = new BoundedMap<string, INodeExecutionData[]>(20);

/** Identifies a batch: an execution may have several, one after the other. */
export function batchKey(executionId: string, firstJob: string): string {
	return `${executionId}:${firstJob}`;
}

export function batchMemory(key: string): BatchMemory {
	const batch = batches.get(key) ?? { ended: new Map(), checks: 0 };
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

/** Releases the claim of this process, if it still holds one. */
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
