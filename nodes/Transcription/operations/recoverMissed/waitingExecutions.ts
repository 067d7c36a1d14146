import { type IExecuteFunctions, sleep } from 'n8n-workflow';
import { type ResumedExecution, resumedExecution } from '../../callback/url';
import { networkCodeOf } from '../../http/errors';
import { requestExecutionStatus } from '../../shared/selfRequest';

/**
 * The state of an execution that a job's callback resumes:
 *
 * - `crashed`
 * - `active`: running or waiting
 * - `ended`: it succeeded, failed, or was canceled
 * - `missing`: n8n doesn't have it (pruned, deleted, or successful and not saved)
 * - `unknown`: n8n didn't report a status
 */
export type ExecutionState = 'crashed' | 'active' | 'ended' | 'missing' | 'unknown';

/** n8n's execution statuses. n8n responds with `null` if the execution doesn't exist. */
const STATES: ReadonlyMap<string, ExecutionState> = new Map([
	['crashed', 'crashed'],
	['new', 'active'],
	['running', 'active'],
	['waiting', 'active'],
	['form-waiting', 'active'],
	['success', 'ended'],
	['error', 'ended'],
	['canceled', 'ended'],
	['null', 'missing'],
]);

/** When n8n starts, it marks waiting executions as crashed for a few milliseconds. */
const CONFIRM_AFTER_MS = 1000;

/**
 * The executions of this n8n instance that callback URLs resume. Nodes can't read executions, so this class requests
 * the status over HTTP from a URL that only reports it. No node is called, and no execution is resumed. It sends one
 * request at a time, one per execution (two if it crashed), and stops after the first request that gets no response.
 */
export class WaitingExecutions {
	/** The reason n8n didn't report a status. Undefined if every request succeeded. */
	problem: string | undefined;

	private isUnreachable = false;
	private readonly resumeUrl: string;
	private readonly resumeFormUrl: string;
	private readonly states = new Map<string, ExecutionState>();
	private queueEnd: Promise<unknown> = Promise.resolve();

	constructor(private readonly context: IExecuteFunctions) {
		this.resumeUrl = String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
		this.resumeFormUrl = String(context.evaluateExpression('{{ $execution.resumeFormUrl }}', 0));
	}

	/** Returns the execution that a job's callback resumes, or undefined if this n8n instance doesn't have one. */
	find(callbackUrl: string | undefined): ResumedExecution | undefined {
		return callbackUrl === undefined ? undefined : resumedExecution(callbackUrl, this.resumeUrl);
	}

	/** Returns the state of an execution. Never throws. */
	async stateOf(execution: ResumedExecution): Promise<ExecutionState> {
		const state = this.queueEnd.then(async () => await this.readState(execution));
		this.queueEnd = state;
		return await state;
	}

	private async readState(execution: ResumedExecution): Promise<ExecutionState> {
		const known = this.states.get(execution.id);
		if (known) return known;
		let state = await this.requestState(execution);
		if (state === 'crashed') {
			await sleep(CONFIRM_AFTER_MS);
			state = await this.requestState(execution);
		}
		this.states.set(execution.id, state);
		return state;
	}

	private async requestState(execution: ResumedExecution): Promise<ExecutionState> {
		if (this.isUnreachable) return 'unknown';
		try {
			const { status, body } = await requestExecutionStatus(this.context, this.resumeFormUrl, execution);
			const state = status === 200 ? STATES.get(String(body).trim()) : undefined;
			if (!state) this.problem ??= `status ${status}`;
			return state ?? 'unknown';
		} catch (error) {
			this.isUnreachable = true;
			this.problem = networkCodeOf(error)?.toLowerCase() ?? 'no response';
			return 'unknown';
		}
	}
}
