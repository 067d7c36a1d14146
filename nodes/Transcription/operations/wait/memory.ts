import type { INodeExecutionData } from 'n8n-workflow';
import type { Announcement } from './ends';

/**
 * What this process knows of batches that wait: a shortcut that saves asking the service. Nothing depends on it: another
 * process, or this one after a restart, knows nothing and asks.
 */
export interface Batch {
	/** The jobs whose end was seen, by ID. */
	ended: Map<string, Announcement>;
	/** Number of the latest look, so that those before it need not be done. */
	looks: number;
	/** What leaves the node, once all jobs have ended and until the execution was told. */
	left?: INodeExecutionData[];
	/** Unix time in ms at which the execution was told to go on. */
	resumedAt?: number;
}

const MOST_BATCHES = 1000;
const batches = new Map<string, Batch>();

/** @param key tells batches apart; an execution may have several, one after the other */
export function batchOf(key: string): Batch {
	const batch = batches.get(key) ?? { ended: new Map(), looks: 0 };
	// The oldest stands first.
	batches.delete(key);
	batches.set(key, batch);
	for (const oldest of batches.keys()) {
		if (batches.size <= MOST_BATCHES) break;
		batches.delete(oldest);
	}
	return batch;
}
