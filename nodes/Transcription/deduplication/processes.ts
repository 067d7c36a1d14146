import { sleep } from 'n8n-workflow';

/**
 * How long to wait at least, in ms, before looking whether another process has overwritten what was recorded; and how
 * many times as long as n8n lately took to read its record and write it back.
 */
const SETTLING_MS = 400;
const SETTLING_WRITES = 6;
const LONGEST_SETTLING_MS = 5000;

/**
 * Pause after a write, in ms, at most. Processes that write without a break overlap again and again, so that for as
 * long as they do there are two records which take turns.
 */
const PAUSE_MS = 100;

/** How often to look before going on all the same. */
export const MAX_ROUNDS = 10;

let isReceiver = false;

/**
 * Tells that callbacks come to this process. In queue mode those processes run no published workflow, so one that
 * records as well is the only one: nobody else writes, and nothing has to be read back.
 */
export function markAsReceiver(): void {
	isReceiver = true;
}

/** Whether no other process writes into the record. */
export function isOnlyWriter(): boolean {
	return isReceiver;
}

let slowestWriteMs = 0;

/** Notes how long n8n took to read its record and write it back. */
export function recordWriteTime(milliseconds: number): void {
	slowestWriteMs = Math.max(milliseconds, slowestWriteMs * 0.9);
}

/**
 * Lets writes of other processes end that began before ours. Not equally long each time: those that collided once
 * would collide again.
 * @param share of the usual time
 */
export async function settle(share = 1): Promise<void> {
	const usual = Math.min(Math.max(SETTLING_MS, slowestWriteMs * SETTLING_WRITES), LONGEST_SETTLING_MS);
	await sleep(usual * share * (1 + Math.random() / 2));
}

/** Leaves the record to the other processes for a moment. */
export async function pause(): Promise<void> {
	await sleep(PAUSE_MS * Math.random());
}
