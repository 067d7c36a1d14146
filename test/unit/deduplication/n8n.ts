import type { IExecuteFunctions, WorkflowExecuteMode } from 'n8n-workflow';
import type * as RecordModule from '../../../nodes/Transcription/deduplication/index';
import { RowDeduplicator } from '../../engine/deduplicator';

/** Several processes of one n8n around one record, on a clock of their own. */

export type Record = typeof RecordModule;

const workflow = jest.requireActual<object>('n8n-workflow');

/** A process of n8n: it shares no variable with another. Only the row of the database is common. */
export function aProcess(replaced: object = {}): Record {
	let loaded: Record | undefined;
	jest.isolateModules(() => {
		jest.doMock('n8n-workflow', () => ({ ...workflow, ...replaced }));
		loaded = jest.requireActual<Record>('../../../nodes/Transcription/deduplication');
	});
	return loaded as Record;
}

/** A process to which callbacks come, as in n8n's regular mode. */
export function theOnlyProcess(): Record {
	const process = aProcess();
	process.markAsReceiver();
	return process;
}

export const WORKFLOW = { id: 'workflow' };
const NODE = { id: 'node', name: 'The Node', type: 'transcription', typeVersion: 1, position: [0, 0], parameters: {} };

export interface Execution {
	mode?: WorkflowExecuteMode;
	/** SIGKILL after so many writes: what would come next never comes. */
	killedAfter?: number;
}

/** What n8n gives to the node in one execution. */
export class N8n {
	readonly warnings: string[] = [];
	private executions = 0;

	constructor(readonly row = new RowDeduplicator()) {}

	/** Each call is an execution of its own. */
	execution({ mode = 'webhook', killedAfter = Infinity }: Execution = {}): IExecuteFunctions {
		const id = String(++this.executions);
		const data = { workflow: WORKFLOW, node: NODE } as never;
		let calls = 0;
		const alive = async <T>(call: () => Promise<T>): Promise<T> =>
			++calls > killedAfter ? await new Promise<T>(() => {}) : await call();
		return {
			getMode: () => mode,
			getExecutionId: () => id,
			getWorkflow: () => WORKFLOW,
			getNode: () => NODE,
			logger: { debug() {}, warn: (message: string) => this.warnings.push(message) },
			helpers: {
				checkProcessedAndRecord: async (items: string[], scope: 'node' | 'workflow', options: never) =>
					await alive(async () => await this.row.checkProcessedAndRecord(items, scope, data, options)),
				removeProcessed: async (items: string[], scope: 'node' | 'workflow') =>
					await alive(async () => await this.row.removeProcessed(items, scope, data)),
			},
		} as unknown as IExecuteFunctions;
	}

	get keys(): string[] {
		return this.row.recorded(WORKFLOW.id).map(String);
	}
}

/** Lets the clock run until nothing is left to do. */
export async function done<T>(work: Promise<T>): Promise<T> {
	let isOver = false;
	const ended = work.finally(() => (isOver = true));
	ended.catch(() => {});
	while (!isOver) await jest.advanceTimersByTimeAsync(50);
	// Pauses that nobody waits for.
	await jest.runAllTimersAsync();
	return await ended;
}

export const eventId = (job: string | number) => `assemblyAi:${job}:completed`;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
