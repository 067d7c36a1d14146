import type { IExecuteFunctions, WorkflowExecuteMode } from 'n8n-workflow';
import type * as RecordModule from '../../../nodes/Transcription/deduplication/index';
import { RowDeduplicator } from '../../engine/deduplicator';

/** Simulates several n8n processes that share one record, with fake timers. */

export type Record = typeof RecordModule;

const workflow = jest.requireActual<object>('n8n-workflow');

/** An n8n process. Processes share no variables, only the database row. */
export function aProcess(replaced: object = {}): Record {
	let loaded: Record | undefined;
	jest.isolateModules(() => {
		jest.doMock('n8n-workflow', () => ({ ...workflow, ...replaced }));
		loaded = jest.requireActual<Record>('../../../nodes/Transcription/deduplication');
	});
	return loaded as Record;
}

/** A process that receives callbacks, as in n8n's regular mode. */
export function theOnlyProcess(): Record {
	const process = aProcess();
	process.markAsReceiver();
	return process;
}

export const WORKFLOW = { id: 'workflow' };
const NODE = { id: 'node', name: 'The Node', type: 'transcription', typeVersion: 1, position: [0, 0], parameters: {} };

export interface Execution {
	mode?: WorkflowExecuteMode;
	/** The number of writes after which the process is killed: later calls never return. */
	killedAfter?: number;
}

/** Creates the contexts that n8n passes to the node. */
export class N8n {
	readonly warnings: string[] = [];
	private executions = 0;

	constructor(readonly row = new RowDeduplicator()) {}

	/** The context of a new execution. */
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

/** Advances the fake timers until the work and all pauses have ended. */
export async function done<T>(work: Promise<T>): Promise<T> {
	let isOver = false;
	const ended = work.finally(() => (isOver = true));
	ended.catch(() => {});
	while (!isOver) await jest.advanceTimersByTimeAsync(50);
	// Run the pauses that the work doesn't await.
	await jest.runAllTimersAsync();
	return await ended;
}

export const eventId = (job: string | number) => `assemblyAi:${job}:completed`;

/** Seeded random numbers from 0 to 1 (mulberry32). */
export function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
