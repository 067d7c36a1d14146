import { userError, type UserError } from '../../core/userError';
import { type IExecuteFunctions, type IWebhookFunctions, sleep } from 'n8n-workflow';
import type { ProbeKind } from '../../callback/probe';
import { addressAdvice, resumedExecution } from '../../callback/url';
import { parseJson } from '../../core/json';
import { networkCodeOf } from '../../http/errors';
import { type ProbeTarget, requestExecutionStatus, type SelfResponse, sendProbe } from '../../shared/selfRequest';

/**
 * Requests that Submit and Wait sends to its own execution. webhook() has no shared store and can't read executions, so
 * this is the only way for one n8n process to learn what another has done in the meantime.
 */

/** Delays before each attempt, in ms. n8n responds with 409 until the execution is stored as waiting. */
const CHECK_JOBS_DELAYS_MS = [1000, 1000, 2000, 4000, 8000, 16_000];

/**
 * Delays before the self-check is repeated, in ms. When n8n starts, it resumes executions before it accepts requests at its
 * webhook URLs.
 */
const SELF_CHECK_DELAYS_MS = [1000, 3000];

/** 409: not waiting yet, or already resumed. 503: the service couldn't be queried. */
const RETRY_STATUSES = [409, 503];

/** A batch of jobs, the URL at which its execution waits, and the secret that signs probes to that URL. */
export interface WaitingBatch extends ProbeTarget {
	/**
	 * ID of the batch's first job, which identifies the batch: an execution may wait for several batches, one after the
	 * other.
	 */
	first: string;
}

/**
 * Checks, before anything is submitted, that the running execution can be reached at its own resume URL.
 * @returns the reason no response was received, or undefined if the URL is reachable. The reason is only used for a
 *   warning, since the service may still reach the URL.
 * @throws UserError if a server other than this n8n instance responds, since callbacks would be lost
 */
export async function checkSelf(context: IExecuteFunctions, url: string, secret: string): Promise<string | undefined> {
	for (const delay of [...SELF_CHECK_DELAYS_MS, undefined]) {
		const response = await requestSelf(context, url, secret);
		if (typeof response === 'string') return response;
		if (isFromRunningExecution(response)) return undefined;
		if (isTemporary(response)) return `status ${response.status}`;
		if (delay === undefined) throw wrongAddress(url, response.status);
		await sleep(delay);
	}
	return undefined;
}

/**
 * Whether the response is for a running execution: n8n rejects such requests with 409, which proves that this is our
 * n8n and the right execution. On a different n8n instance, an execution with this ID doesn't exist or has finished.
 */
function isFromRunningExecution({ status, body }: SelfResponse): boolean {
	const message = String(asObject(body)?.message);
	return status === 409 && /execution/i.test(message) && !/finished/i.test(message);
}

/**
 * Whether n8n is temporarily unable to respond, as reported by a gateway or tunnel (502 to 504, and Cloudflare's 520 to
 * 530) or by n8n itself. Other servers respond with 501 or 500 to unknown requests.
 */
function isTemporary({ status, body }: SelfResponse): boolean {
	if (status < 500) return false;
	return [502, 503, 504].includes(status) || status >= 520 || asObject(body)?.message !== undefined;
}

/** @returns the response, or the reason none was received */
async function requestSelf(context: IExecuteFunctions, url: string, secret: string): Promise<SelfResponse | string> {
	try {
		return await send(context, 'status', { first: '', url, secret });
	} catch (error) {
		return networkCodeOf(error) ?? (error as Error).message.replaceAll(url, new URL(url).origin);
	}
}

function wrongAddress(url: string, status: number): UserError {
	return userError(
		`Callbacks can’t reach this execution: the response from “${new URL(url).host}” (status ${status}) isn’t from this n8n instance`,
		`${addressAdvice(url)} Also check that a proxy in front of it forwards /webhook-waiting/ with the query string. If that address leads to another server only when this n8n instance connects to it, add the “Skip Self-Check” option. Nothing was submitted.`,
	);
}

/**
 * Tells our own execution, once it is waiting, to check whether its jobs have ended. n8n responds with 409 to a
 * callback that arrives before the execution is stored as waiting, and some services don't retry such a callback.
 *
 * Returns immediately. Errors are only logged: other callbacks, and the deadline, still resume the execution.
 */
export function checkJobsOnceWaiting(context: IExecuteFunctions, batch: WaitingBatch): void {
	const { logger } = context;
	void untilAccepted(context, batch).catch((error: unknown) =>
		logger.warn(
			`“${context.getNode().name}” couldn’t tell its waiting execution to check the jobs: ${(error as Error).message.replaceAll(batch.url, new URL(batch.url).origin)}. The execution resumes on a callback or at its deadline.`,
		),
	);
}

async function untilAccepted(context: IExecuteFunctions, batch: WaitingBatch): Promise<void> {
	let status = 0;
	for (const delay of CHECK_JOBS_DELAYS_MS) {
		await sleep(delay);
		({ status } = await send(context, 'checkJobs', batch));
		if (!RETRY_STATUSES.includes(status)) break;
	}
	// A 409 after all attempts means that the execution has resumed, and a 404 means that it is now waiting at a
	// different node.
	if (status !== 200 && status !== 409 && status !== 404) throw new Error(`the response had status ${status}`);
}

/**
 * - `waits`: the execution is waiting for this batch, according to what n8n has just read
 * - `over`: it was resumed, and no longer waits for this batch
 * - `busy`: n8n responds at its own address, but couldn't report the status
 * - `unknown`: n8n can't be reached at its own address
 */
export type WaitStatus = 'waits' | 'over' | 'busy' | 'unknown';

/** The status of the execution and, according to the process that responded, the process that is about to resume it. */
export interface StatusReport {
	status: WaitStatus;
	/** Undefined if no claim was requested, or the execution isn't waiting for the batch. */
	claimedBy?: string;
}

/**
 * Checks whether our own execution is still waiting for the batch. n8n reads the execution again; nothing is resumed.
 * @param claimant the process that is about to resume the execution, which the responding process remembers
 */
export async function requestStatus(
	context: IWebhookFunctions,
	batch: WaitingBatch,
	claimant?: string,
): Promise<StatusReport> {
	const response = await send(context, 'status', batch, claimant).catch(() => undefined);
	// If the execution is waiting at a different node, n8n 2.8 may never respond.
	if (!response) return { status: (await reportsStatus(context, batch.url)) ? 'busy' : 'unknown' };
	const body = asObject(response.body);
	// The response is a page from another server at that address.
	if (!body) return { status: 'unknown' };
	const status = statusIn(batch, response.status, body);
	return { status, ...(status === 'waits' && typeof body.claimedBy === 'string' && { claimedBy: body.claimedBy }) };
}

function statusIn(batch: WaitingBatch, status: number, body: Record<string, unknown>): WaitStatus {
	switch (status) {
		case 200:
			return body.waitingFor === batch.first ? 'waits' : 'over';
		case 404:
			// n8n's message mentions the execution. Another server's wouldn't.
			return /execution/i.test(String(body.message)) ? 'over' : 'unknown';
		case 409:
			return 'over';
		case 503:
			return 'busy';
		default:
			return 'unknown';
	}
}

/** Whether n8n responds at its own address to a request for the execution's status. The request doesn't call any node. */
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

/** Returns the response to a `status` probe. */
export function statusResponse(
	first: string,
	claimedBy: string | undefined,
): { waitingFor: string; claimedBy?: string } {
	return { waitingFor: first, ...(claimedBy !== undefined && { claimedBy }) };
}

/** Reads a probe's body: the first job of its batch and, if the sender claims the batch, the claiming process. */
export function readProbe(rawBody: Buffer): { first?: string; claimant?: string } {
	const { first, claimant } = asObject(parseJson(rawBody.toString('utf8'))) ?? {};
	return {
		...(typeof first === 'string' && { first }),
		...(typeof claimant === 'string' && { claimant: claimant.slice(0, 100) }),
	};
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
