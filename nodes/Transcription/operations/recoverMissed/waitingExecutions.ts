import { type IExecuteFunctions, sleep } from 'n8n-workflow';
import { type ResumedExecution, resumedExecution } from '../../callback/url';
import { networkCodeOf } from '../../http/errors';
import { requestExecutionStatus } from '../../shared/selfRequest';

/**
 * The state of an execution that a job's callback resumes:
 *
 * - `crashed`
 * - `active`: it runs or waits
 * - `ended`: it succeeded, failed or was canceled
 * - `missing`: n8n doesn't have it (pruned, deleted, or successful and not saved)
 * - `unknown`: n8n couldn't be asked
 */
export type ExecutionState = 'crashed' | 'active' | 'ended' | 'missing' | 'unknown';

/** n8n's own words. It answers `null` if there is no such execution. */
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

/** While n8n starts, it marks executions that wait as crashed for some milliseconds. */
const CONFIRM_AFTER_MS = 1000;

/**
 * The executions of this n8n that callback URLs resume. Nodes can't read executions, so n8n is asked over HTTP, at an
 * address that only reports: no node is called and no execution resumed. Asks one at a time, about each execution once
 * (twice if it crashed), and no longer after a request without a response.
 */
export class WaitingExecutions {
	/** Why n8n couldn't be asked. Undefined if it could always be asked. */
	trouble: string | undefined;

	private isUnreachable = false;
	private readonly resumeUrl: string;
	private readonly resumeFormUrl: string;
	private readonly states = new Map<string, ExecutionState>();

	constructor(private readonly context: IExecuteFunctions) {
		this.resumeUrl = String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
		this.resumeFormUrl = String(context.evaluateExpression('{{ $execution.resumeFormUrl }}', 0));
	}

	/** The execution that a job's callback resumes. Undefined if there is none, or none of this n8n. */
	find(callbackUrl: string | undefined): ResumedExecution | undefined {
		return callbackUrl === undefined ? undefined : resumedExecution(callbackUrl, this.resumeUrl);
	}

	/** Never throws. */
	async stateOf(execution: ResumedExecution): Promise<ExecutionState> {
		const known = this.states.get(execution.id);
		if (known) return known;
		let state = await this.ask(execution);
		if (state === 'crashed') {
			await sleep(CONFIRM_AFTER_MS);
			state = await this.ask(execution);
		}
		this.states.set(execution.id, state);
		return state;
	}

	private async ask(execution: ResumedExecution): Promise<ExecutionState> {
		if (this.isUnreachable) return 'unknown';
		try {
			const { status, body } = await requestExecutionStatus(this.context, this.resumeFormUrl, execution);
			const state = status === 200 ? STATES.get(String(body).trim()) : undefined;
			if (!state) this.trouble ??= `status ${status}`;
			return state ?? 'unknown';
		} catch (error) {
			this.isUnreachable = true;
			this.trouble = networkCodeOf(error)?.toLowerCase() ?? 'no response';
			return 'unknown';
		}
	}
}
