import { userError, type UserError } from '../../core/userError';
import { type IExecuteFunctions, type IWebhookFunctions, sleep } from 'n8n-workflow';
import type { ProbeKind } from '../../callback/probe';
import { resumedExecution } from '../../callback/url';
import { parseJson } from '../../core/json';
import { networkCodeOf } from '../../http/errors';
import { type ProbeTarget, requestExecutionStatus, type SelfResponse, sendProbe } from '../../shared/selfRequest';
/**
 * Requests that Submit and Wait sends to its own execution. webhook() has no shared store and can't read executions, so
 * this is the only way for one n8n process to learn what another has done meanwhile.
 */

/** Waits before each try, in ms. n8n answers 409 until the execution is stored as waiting. */
const LOOK_WAITS_MS = [1000, 1000, 2000, 4000, 8000, 16_000];

/** Waits before the self-check is repeated, in ms. While n8n starts, it resumes executions before it answers at its webhook URLs. */
const CHECK_AGAIN_MS = [1000, 3000];

/** 409: not parked yet, or resumed already. 503: the service couldn't be asked. */
const TRY_AGAIN = [409, 503];

/** A batch of jobs, where its execution waits, and the secret that signs a probe to it. */
export interface WaitingBatch extends ProbeTarget {
	/** ID of the batch's first job: an execution may wait for several batches, one after the other. */
	first: string;
}

/** Why this n8n doesn't answer at its own address; undefined if it does. */
export type Unreachable = string | undefined;

/**
 * Checks before anything is submitted that the running execution can be reached at its own resume URL.
 * @returns why nothing answered there; the caller warns, since the service may still reach it
 * @throws InputError where something else than this n8n answers: callbacks would be lost
 */
export async function checkSelf(context: IExecuteFunctions, url: string, secret: string): Promise<Unreachable> {
	for (const wait of [...CHECK_AGAIN_MS, undefined]) {
		const status = await statusOfSelf(context, url, secret);
		// n8n refuses every request to an execution that runs; this proves that it's our n8n, and the right execution.
		if (status === 409) return undefined;
		if (typeof status === 'string') return status;
		if (status >= 500) return `status ${status}`;
		if (wait === undefined) throw wrongAddress(url, status);
		await sleep(wait);
	}
	return undefined;
}

/** @returns the HTTP status, or why there is none */
async function statusOfSelf(context: IExecuteFunctions, url: string, secret: string): Promise<number | string> {
	try {
		return (await send(context, 'status', { first: '', url, secret })).status;
	} catch (error) {
		return networkCodeOf(error) ?? (error as Error).message.replaceAll(url, new URL(url).origin);
	}
}

function wrongAddress(url: string, status: number): UserError {
	return userError(
		`Callbacks wouldn’t reach this execution: “${new URL(url).host}” answered with status ${status}, not as this n8n does`,
		'Check WEBHOOK_URL of this n8n, and that a proxy in front of it passes on /webhook-waiting/ with the query string. If only this n8n itself sees another server at that address, add the option “Skip Self-Check”. Nothing was submitted.',
	);
}

/**
 * Tells our own execution, once it is parked, to check whether its jobs have ended. A callback that arrived before n8n had
 * stored the execution as waiting was answered with 409, and some services don't repeat those.
 *
 * Returns immediately. Trouble is only logged: other callbacks, and the deadline, still resume the execution.
 */
export function checkJobsOnceWaiting(context: IExecuteFunctions, batch: WaitingBatch): void {
	const { logger } = context;
	void untilAccepted(context, batch).catch((error: unknown) =>
		logger.warn(
			`“${context.getNode().name}” couldn't tell its own waiting execution to check its jobs: ${(error as Error).message.replaceAll(batch.url, new URL(batch.url).origin)}. It resumes on a callback or at its deadline.`,
		),
	);
}

async function untilAccepted(context: IExecuteFunctions, batch: WaitingBatch): Promise<void> {
	let status = 0;
	for (const wait of LOOK_WAITS_MS) {
		await sleep(wait);
		({ status } = await send(context, 'checkJobs', batch));
		if (!TRY_AGAIN.includes(status)) break;
	}
	// A 409 after all tries means that the execution has resumed, a 404 that it waits at another node now.
	if (status !== 200 && status !== 409 && status !== 404) throw new Error(`it was answered with status ${status}`);
}

/**
 * - `waits`: the execution waits for this batch, as n8n has just read it
 * - `over`: it was resumed, and does not wait for this batch any more
 * - `busy`: n8n answers at its own address, but couldn't tell
 * - `unknown`: n8n can't be reached at its own address
 */
export type WaitStatus = 'waits' | 'over' | 'busy' | 'unknown';

/** What n8n answered about the execution, and which process is about to resume it according to the one that answered. */
export interface StatusReport {
	status: WaitStatus;
	/** Undefined if no claim was asked for, or the execution doesn't wait for the batch. */
	claimedBy?: string;
}

/**
 * Whether our own execution still waits for the batch. n8n reads it anew for this; nothing is resumed.
 * @param claimant the process that is about to resume the execution: whichever process answers remembers that
 */
export async function requestStatus(context: IWebhookFunctions, batch: WaitingBatch, claimant?: string): Promise<StatusReport> {
	const response = await send(context, 'status', batch, claimant).catch(() => undefined);
	// Where the execution waits at another node, n8n 2.8 may leave the request without any response.
	if (!response) return { status: (await reportsStatus(context, batch.url)) ? 'busy' : 'unknown' };
	const body = asObject(response.body);
	// A page of some other server at that address.
	if (!body) return { status: 'unknown' };
	const status = statusIn(batch, response.status, body);
	return { status, ...(status === 'waits' && typeof body.claimedBy === 'string' && { claimedBy: body.claimedBy }) };
}

function statusIn(batch: WaitingBatch, status: number, body: Record<string, unknown>): WaitStatus {
	switch (status) {
		case 200:
			return body.waitingFor === batch.first ? 'waits' : 'over';
		case 404:
			// n8n names the execution; another server at that address doesn't.
			return /execution/i.test(String(body.message)) ? 'over' : 'unknown';
		case 409:
			return 'over';
		case 503:
			return 'busy';
		default:
			return 'unknown';
	}
}

/** Whether n8n answers at its own address, asked for the execution's status. That calls no node. */
async function reportsStatus(context: IWebhookFunctions, url: string): Promise<boolean> {
	const resumeUrl = String(context.evaluateExpression('{{ $execution.resumeUrl }}'));
	const execution = resumedExecution(url, resumeUrl);
	if (!execution) return false;
	const resumeFormUrl = String(context.evaluateExpression('{{ $execution.resumeFormUrl }}'));
	return await requestExecutionStatus(context, resumeFormUrl, execution).then(
		({ status }) => status === 200,
		() => false,
	);
}

/** The answer to a `status` probe. */
export function statusResponse(first: string, claimedBy: string | undefined): { waitingFor: string; claimedBy?: string } {
	return { waitingFor: first, ...(claimedBy !== undefined && { claimedBy }) };
}

/** What a probe is about: the first job of its batch, and the process that claims the batch, if it does. */
export function readProbe(rawBody: Buffer): { first?: string; claimant?: string } {
	const { first, claimant } = asObject(parseJson(rawBody.toString('utf8'))) ?? {};
	return { ...(typeof first === 'string' && { first }), ...(typeof claimant === 'string' && { claimant: claimant.slice(0, 100) }) };
}

async function send(
	context: IExecuteFunctions | IWebhookFunctions,
	kind: ProbeKind,
	{ first, ...target }: WaitingBatch,
	claimant?: string,
): Promise<SelfResponse> {
	return await sendProbe(context, kind, target, JSON.stringify({ first, claimant }));
}

function asObject(value: unknown): Record<string, unknown> | undefined {
	return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined;
}
