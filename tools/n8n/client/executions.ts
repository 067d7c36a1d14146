import type { Execution, ExecutionError, ExecutionStatus, ExecutionSummary, Item, JsonObject, NodeRun } from './types';

/** An execution as returned by n8n. Its data is a string in the format of the `flatted` package. */
export type StoredExecution = ExecutionSummary & { data: string; dataTooLargeToDisplay?: boolean };

interface TaskData {
	data?: { main?: Array<Item[] | null> };
	error?: ExecutionError;
	executionStatus?: string;
	startTime: number;
	executionTime: number;
}

interface ResultData {
	runData?: Record<string, TaskData[]>;
	lastNodeExecuted?: string;
	error?: ExecutionError;
}

/** Decodes n8n's storage format into runs, outputs, and items. */
export async function decodeExecution(stored: StoredExecution): Promise<Execution> {
	const { parse } = await import('flatted');
	// When an execution has just started, n8n has stored no data.
	const data = (parse(stored.data) ?? {}) as JsonObject & { resultData?: ResultData };
	const { runData = {}, lastNodeExecuted, error } = data.resultData ?? {};
	const toRun = ({ data: output, ...run }: TaskData): NodeRun => ({
		outputs: (output?.main ?? []).map((items) => items ?? []),
		error: run.error,
		executionStatus: run.executionStatus,
		startTime: run.startTime,
		executionTime: run.executionTime,
	});
	return {
		...stored,
		id: String(stored.id),
		runs: Object.fromEntries(Object.entries(runData).map(([node, runs]) => [node, runs.map(toRun)])),
		lastNodeExecuted,
		error,
		dataTooLargeToDisplay: stored.dataTooLargeToDisplay ?? false,
		data,
	};
}

/** Returns the output of a node's last run, which is empty if the node didn't run. */
export function outputOf(execution: Execution, node: string, output = 0): Item[] {
	return execution.runs[node]?.at(-1)?.outputs[output] ?? [];
}

const SETTLED: ReadonlySet<ExecutionStatus> = new Set(['success', 'error', 'crashed', 'canceled']);

/** Whether an execution has ended. An execution that is waiting for a callback hasn't. */
export function isSettled({ status }: { status: ExecutionStatus }): boolean {
	return SETTLED.has(status);
}
