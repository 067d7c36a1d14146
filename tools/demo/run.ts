import { outputOf, type Execution, type N8nClient } from '../n8n';
import { names } from './workflow';

/** The output of the demo's second flow. */
export interface Delivered {
	transcriptId: string;
	customer: string;
	transcript: string;
	/** The execution that the callback started. */
	executionId: string;
	/** Time from the submit to the end of that execution. */
	seconds: number;
}

function failure(summary: string, { error, lastNodeExecuted }: Execution): Error {
	const reason = [error?.message, error?.description].filter(Boolean).join(' ');
	return new Error(`${summary} at the node "${lastNodeExecuted ?? '?'}": ${reason || 'n8n reported no reason'}`);
}

/**
 * Runs the upper flow manually, then waits for the lower flow, which the service's callback starts.
 * @throws Error with n8n's reason if either fails, or if no callback arrives within `timeoutMs`
 */
export async function runOnce(
	client: N8nClient,
	workflowId: string,
	timeoutMs: number,
	say: (line: string) => void,
): Promise<Delivered> {
	const startedAt = Date.now();
	const { executionId } = await client.runManually({ workflowId, triggerNodeName: names.start });
	if (executionId === undefined)
		throw new Error("n8n didn't run the workflow because it is waiting for a request to the test URL");
	const submitted = await client.waitForExecution(executionId, timeoutMs);
	if (submitted.status !== 'success') throw failure("The recording wasn't submitted: the execution stopped", submitted);
	const id = String(outputOf(submitted, names.submit)[0]?.json['id']);
	say(`submitted as transcript ${id}; the execution has ended. Waiting for the callback …`);

	const heartbeat = setInterval(
		() => say(`waiting for the callback … ${Math.round((Date.now() - startedAt) / 1000)} s`),
		15_000,
	);
	try {
		const isNew = (execution: { id: string; mode: string }) =>
			execution.mode === 'webhook' && Number(execution.id) > Number(executionId);
		const checked = new Set<string>();
		for (;;) {
			const left = Math.max(0, startedAt + timeoutMs - Date.now());
			const ended = await client.waitForExecutions(workflowId, checked.size + 1, left, isNew).catch((cause: Error) => {
				throw new Error(`No callback for transcript ${id} within ${timeoutMs / 1000} s. ${cause.message}`, { cause });
			});
			for (const { id: candidate } of ended.filter((execution) => !checked.has(execution.id))) {
				checked.add(candidate);
				const execution = await client.getExecution(candidate);
				if (execution.status !== 'success') throw failure('The callback arrived, but its execution failed', execution);
				const [completed, failed] = [0, 1].map((output) => outputOf(execution, names.trigger, output)[0]?.json);
				if (failed?.['id'] === id)
					throw new Error(`The service couldn't transcribe the recording: ${String(failed['errorMessage'])}`);
				// Callbacks for earlier starts may still arrive.
				if (completed?.['id'] !== id) continue;
				const json = outputOf(execution, names.crm)[0]?.json ?? {};
				return {
					transcriptId: id,
					customer: String(json['customer'] ?? ''),
					transcript: String(json['transcript'] ?? ''),
					executionId: candidate,
					seconds: (Date.now() - startedAt) / 1000,
				};
			}
		}
	} finally {
		clearInterval(heartbeat);
	}
}
