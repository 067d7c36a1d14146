import { setTimeout as sleep } from 'node:timers/promises';
import { outputOf } from '../../../tools/n8n';
import type { N8nInstance } from '../../../tools/n8n';
import { cpuMs } from './cpu';
import { sendBurst } from './load';
import { bodyFor, NEXT, type Receiver } from './receivers';

/** The measurements for one burst of callbacks. */
export interface Received {
	/** Callbacks answered per second. */
	answered: number;
	/** Executions ended per second. */
	finished: number;
	delaysMs: number[];
	/** n8n's processor time per callback, in ms. */
	cpuMs: number;
	/** Executions that failed, which means that their callbacks were lost. */
	failed: number;
}

const POLL_INTERVAL_MS = 50;
const TIMEOUT_MS = 120_000;

/**
 * Sends callbacks to a receiver, `concurrency` at a time, and waits until all their executions have ended.
 * @throws Error if a callback was refused, or an execution had no output
 */
export async function receiveAll(
	{ client, n8n }: N8nInstance,
	receiver: Receiver,
	ids: readonly string[],
	concurrency: number,
): Promise<Received> {
	const failed = async () => await client.countExecutions(receiver.workflowId, 'error');
	const ended = async () => await client.countExecutions(receiver.workflowId, 'success', 'error');
	const [endedBefore, failedBefore] = await Promise.all([ended(), failed()]);
	const burst = {
		url: `${n8n.url}/${receiver.path}?ref=bench`,
		headers: receiver.headers,
		bodies: ids.map(bodyFor),
		concurrency,
	};
	const cpuBefore = cpuMs(n8n.pid);
	const { seconds, delaysMs, refused } = await sendBurst(burst);
	const answeredAt = performance.now();
	if (refused > 0)
		throw new Error(`${receiver.title}: ${refused} of ${ids.length} callbacks didn't get a 2xx response`);
	for (let done = 0; done < ids.length;) {
		if (performance.now() - answeredAt > TIMEOUT_MS)
			throw new Error(`${receiver.title}: only ${done} of ${ids.length} executions ended`);
		done = (await ended()) - endedBefore;
		if (done < ids.length) await sleep(POLL_INTERVAL_MS);
	}
	// Allows for the work that remains after the last response.
	const rest = (performance.now() - answeredAt) / 1000;
	const cpu = cpuMs(n8n.pid) - cpuBefore;
	await checkLatest(client, receiver);
	return {
		answered: ids.length / seconds,
		finished: ids.length / (seconds + rest),
		delaysMs,
		cpuMs: cpu / ids.length,
		failed: (await failed()) - failedBefore,
	};
}

/** Makes sure that a trigger isn't fast only because it outputs nothing. @throws Error if an execution had no output */
async function checkLatest(client: N8nInstance['client'], { title, workflowId }: Receiver): Promise<void> {
	const latest = (await client.listExecutions(workflowId)).slice(-5);
	for (const { id } of latest) {
		const execution = await client.getExecution(id);
		if (execution.error) continue;
		if (outputOf(execution, NEXT).length !== 1) throw new Error(`${title}: execution ${id} had no output`);
	}
}
