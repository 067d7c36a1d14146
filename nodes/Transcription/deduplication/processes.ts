import { sleep } from 'n8n-workflow';

/**
 * The wait before checking whether another process has overwritten our write. It is a multiple of the time that n8n
 * recently took to read the record and write it back, within these limits in ms.
 */
const MIN_WAIT_MS = 400;
const WAIT_IN_WRITES = 6;
const MAX_WAIT_MS = 5000;

/**
 * The maximum pause after a write, in ms. If processes write continuously, their writes always overlap, and two
 * versions of the record keep overwriting each other.
 */
const PAUSE_MS = 100;

/** The maximum number of checks before continuing anyway. */
export const MAX_ROUNDS = 10;

let isReceiver = false;

/**
 * Marks this process as one that receives callbacks. In queue mode, such a process doesn't execute published workflows.
 * A process that receives callbacks and also writes to the record is therefore the only one that writes to it, and its
 * writes don't have to be checked.
 */
export function markAsReceiver(): void {
	isReceiver = true;
}

/** Whether this is the only process that writes to the record. */
export function isOnlyWritingProcess(): boolean {
	return isReceiver;
}

let slowestWriteMs = 0;

/** Tracks how long n8n takes to read the record and write it back. */
export function recordWriteTime(milliseconds: number): void {
	slowestWriteMs = Math.max(milliseconds, slowestWriteMs * 0.9);
}

/**
 * Waits until all writes that other processes started before ours have ended. The time is randomized, so that processes
 * that collided once don't collide again.
 * @param share fraction of the usual time
 */
export async function waitForConcurrentWrites(share = 1): Promise<void> {
	const usual = Math.min(Math.max(MIN_WAIT_MS, slowestWriteMs * WAIT_IN_WRITES), MAX_WAIT_MS);
	await sleep(usual * share * (1 + Math.random() / 2));
}

/** Lets other processes write to the record. */
export async function pause(): Promise<void> {
	await sleep(PAUSE_MS * Math.random());
}
