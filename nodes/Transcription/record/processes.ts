import { sleep } from 'n8n-workflow';

/**
 * How long to wait, in ms, before looking whether another process has overwritten what was recorded. Several times as
 * long as n8n takes to read its record and write it back.
 */
const SETTLING_MS = 400;

/** How often to look before going on all the same. */
export const ROUNDS = 10;

let isReceiver = false;

/**
 * Tells that callbacks come to this process. In queue mode those processes run no published workflow, so one that
 * records as well is the only one: nobody else writes, and nothing has to be read back.
 */
export function noteReceiver(): void {
	isReceiver = true;
}

/** Whether no other process writes into the record. */
export function isAlone(): boolean {
	return isReceiver;
}

/**
 * Lets writes of other processes end that began before ours. Not equally long each time: those that collided once
 * would collide again.
 * @param share of the usual time
 */
export async function settle(share = 1): Promise<void> {
	await sleep(SETTLING_MS * share * (1 + Math.random() / 2));
}
