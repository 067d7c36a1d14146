import { outputOf, type Execution, type N8nClient } from '../n8n';
import { names } from './workflow';

/** What arrived at the end of the demo's second flow. */
export interface Delivered {
	transcriptId: string;
	customer: string;
	transcript: string;
	/** Of the execution that the callback started. */
	executionId: string;
	/** From the submission to the end of that execution. */
	seconds: number;
}

function failure(what: string, { error, lastNodeExecuted }: Execution): Error {
	const reason = [error?.message, error?.description].filter(Boolean).join(' ');
	return new Error(`${what} at the node "${lastNodeExecuted ?? '?'}": ${reason || 'n8n gives no reason'}`);
}

/**
 * Runs the upper flow by hand, then waits for the lower one, which only the service's callback starts.
 * @throws with the reason n8n gives when either fails, or when no callback arrives within `timeoutMs`
 */
export async function runOnce(
	client: N8nClient,
	workflowId: string,
	timeoutMs: number,
	say: (line: string) => void,
): Promise<Delivered> {
	const begun = Date.now();
	const { executionId } = await client.runManually({ workflowId, triggerNodeName: names.start });
	if (executionId === undefined) throw new Error('n8n did not run the workflow but waits for a call of its test URL');
	const submitted = await client.waitForExecution(executionId, timeoutMs);
	if (submitted.status !== 'success') throw failure('The recording was not submitted, the run stopped', submitted);
	const id = String(outputOf(submitted, names.submit)[0]?.json['id']);
	say(`submitted, transcript ${id}; the run is over. Waiting for the callback …`);

	const heartbeat = setInterval(() => say(`waiting for the callback … ${Math.round((Date.now() - begun) / 1000)} s`), 15_000);
	try {
		const isNew = (execution: { id: string; mode: string }) =>
			execution.mode === 'webhook' && Number(execution.id) > Number(executionId);
		const looked = new Set<string>();
		for (;;) {
			const left = Math.max(0, begun + timeoutMs - Date.now());
			const ended = await client.waitForExecutions(workflowId, looked.size + 1, left, isNew).catch((cause: Error) => {
				throw new Error(`No callback for transcript ${id} within ${timeoutMs / 1000} s. ${cause.message}`, { cause });
			});
			for (const { id: candidate } of ended.filter((execution) => !looked.has(execution.id))) {
				looked.add(candidate);
				const execution = await client.getExecution(candidate);
				if (execution.status !== 'success') throw failure('The callback came, but its execution failed', execution);
				const [completed, failed] = [0, 1].map((output) => outputOf(execution, names.trigger, output)[0]?.json);
				if (failed?.['id'] === id) throw new Error(`The service could not transcribe it: ${String(failed['errorMessage'])}`);
				// Callbacks of earlier starts may still come in between.
				if (completed?.['id'] !== id) continue;
				const json = outputOf(execution, names.crm)[0]?.json ?? {};
				return {
					transcriptId: id,
					customer: String(json['customer'] ?? ''),
					transcript: String(json['transcript'] ?? ''),
					executionId: candidate,
					seconds: (Date.now() - begun) / 1000,
				};
			}
		}
	} finally {
		clearInterval(heartbeat);
	}
}
