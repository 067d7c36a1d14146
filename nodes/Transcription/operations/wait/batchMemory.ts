import type { INodeExecutionData } from 'n8n-workflow';
import { BoundedMap } from '../../core/boundedMap';
import type { Announcement } from './ends';

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
}

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

export function readyItemsOf(key: string): INodeExecutionData[] | undefined {
	return readyItems.get(key);
}

export function keepReadyItems(key: string, items: INodeExecutionData[]): void {
	readyItems.set(key, items);
}

export function dropReadyItems(key: string): void {
	readyItems.delete(key);
}
