import { setTimeout as sleep } from 'node:timers/promises';
import { outputOf } from '../../../tools/n8n';
import { countExecutions } from '../../executions';
import type { House } from '../../house';
import { cpuMs } from './cpu';
import { sendBurst } from './load';
import { bodyFor, NEXT, type Way } from './ways';

/** What one burst of callbacks took. */
export interface Received {
	/** Callbacks answered a second. */
	answered: number;
	/** Executions ended a second. */
	finished: number;
	delaysMs: number[];
	/** Processor time of n8n for each callback, in ms. */
	cpuMs: number;
	/** Executions that failed, and what had come with them got lost. */
	failed: number;
}

const LOOK_MS = 50;
const PATIENCE_MS = 120_000;

/**
 * Announces jobs to one way, so many at once, and waits until all executions that this started have ended.
 * @throws where a callback was refused, or an execution did not hand on what had come
 */
export async function receiveAll({ client, n8n }: House, way: Way, ids: readonly string[], atOnce: number): Promise<Received> {
	const failed = async () => await countExecutions(client, way.workflowId, 'error');
	const ended = async () => await countExecutions(client, way.workflowId, 'success', 'error');
	const [endedBefore, failedBefore] = await Promise.all([ended(), failed()]);
	const burst = { url: `${n8n.url}/${way.path}?ref=bench`, headers: way.headers, bodies: ids.map(bodyFor), atOnce };
	const cpuBefore = cpuMs(n8n.pid);
	const { seconds, delaysMs, refused } = await sendBurst(burst);
	const answeredAt = performance.now();
	if (refused > 0) throw new Error(`${way.title}: ${refused} of ${ids.length} callbacks were not answered with 2xx`);
	for (let done = 0; done < ids.length; ) {
		if (performance.now() - answeredAt > PATIENCE_MS) throw new Error(`${way.title}: only ${done} of ${ids.length} executions ended`);
		done = (await ended()) - endedBefore;
		if (done < ids.length) await sleep(LOOK_MS);
	}
	// What remained to be done when the last answer had come.
	const rest = (performance.now() - answeredAt) / 1000;
	const cpu = cpuMs(n8n.pid) - cpuBefore;
	await checkLatest(client, way);
	return {
		answered: ids.length / seconds,
		finished: ids.length / (seconds + rest),
		delaysMs,
		cpuMs: cpu / ids.length,
		failed: (await failed()) - failedBefore,
	};
}

/** A trigger that hands nothing on would be fast. */
async function checkLatest(client: House['client'], { title, workflowId }: Way): Promise<void> {
	const latest = (await client.listExecutions(workflowId)).slice(-5);
	for (const { id } of latest) {
		const execution = await client.getExecution(id);
		if (execution.error) continue;
		if (outputOf(execution, NEXT).length !== 1) throw new Error(`${title}: execution ${id} handed nothing on`);
	}
}
