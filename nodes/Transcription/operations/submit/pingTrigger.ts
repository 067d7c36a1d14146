import type { IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';
import { NOT_VERIFIED, PING_ANSWER, signProbe } from '../../callback/probe';
import { networkCodeOf } from '../../http/errors';
import { type InputError, inputError } from '../../providers/provider';
import type { PlannedCallback } from './callbackTarget';

/** The trigger answers without fetching anything. */
const PING_TIMEOUT_MS = 10_000;

/**
 * Asks the trigger behind a callback URL whether it listens and accepts our secret, before money is spent.
 *
 * Only a clear no stops the submit. An n8n that cannot reach its own public address is common and harmless, so that
 * silence is no more than a warning.
 *
 * @param displayName of the provider
 * @returns a warning for the user, or undefined if all is well
 * @throws InputError where the trigger certainly would not get the callback
 */
export async function ping(
	context: IExecuteFunctions,
	callback: PlannedCallback,
	displayName: string,
): Promise<string | undefined> {
	const body = JSON.stringify({ ping: true });
	let response: IN8nHttpFullResponse;
	try {
		response = (await context.helpers.httpRequest({
			method: 'POST',
			url: callback.url,
			body,
			headers: {
				'Content-Type': 'application/json',
				...signProbe('ping', callback.target.secret, body, Date.now() / 1000),
			},
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: PING_TIMEOUT_MS,
		})) as IN8nHttpFullResponse;
	} catch (error) {
		const why = networkCodeOf(error)?.toLowerCase() ?? (error as Error).message;
		return `This n8n could not reach its own callback URL ${callback.url} (${why}). If ${displayName} can, nothing is wrong.`;
	}
	return judge(response, callback, displayName, runsPublished(context));
}

/** n8n's workers call no workflow active (2.8 and 2.41); but webhooks and triggers start published ones only. */
function runsPublished(context: IExecuteFunctions): boolean {
	return context.getWorkflow().active || ['webhook', 'trigger'].includes(context.getMode());
}

function judge(
	response: IN8nHttpFullResponse,
	callback: PlannedCallback,
	displayName: string,
	workflowRunsPublished: boolean,
): string | undefined {
	const answer: unknown = parsed(response.body);
	if (response.statusCode === 404) {
		throw isN8n(answer)
			? nobodyListens(callback, displayName, workflowRunsPublished)
			: notN8n(callback);
	}
	// A 401 in other words comes from something in between, which may let the service pass.
	if (response.statusCode === 401 && isTheSame(answer, NOT_VERIFIED)) {
		throw inputError(
			'The Transcription Trigger uses another credential than this node',
			'Choose the same credential in both, or give both credentials the same Webhook Secret. Nothing was submitted.',
		);
	}
	return response.statusCode === 200 && isTheSame(answer, PING_ANSWER)
		? undefined
		: `Something other than a Transcription Trigger answered at ${callback.url} (status ${response.statusCode}). If the callbacks do not arrive, look there first.`;
}

function isTheSame(answer: unknown, expected: object): boolean {
	return JSON.stringify(answer) === JSON.stringify(expected);
}

/** Whether an answer with status 404 is n8n's word that no such webhook is registered. */
function isN8n(answer: unknown): boolean {
	return /not registered/.test(String((answer as { message?: unknown } | null)?.message ?? ''));
}

function notN8n({ url }: PlannedCallback): InputError {
	const { host, pathname } = new URL(url);
	return inputError(
		`No n8n answered at the callback URL on “${host}”`,
		`Something else said that there is nothing at ${pathname}. Check WEBHOOK_URL of this n8n; if its webhook endpoint was renamed, add the option “Callback Base URL”. If only this n8n itself sees another server at that address, add the option “Skip Trigger Check”. Nothing was submitted.`,
	);
}

function nobodyListens(
	{ url, onThisCanvas }: PlannedCallback,
	displayName: string,
	workflowRunsPublished: boolean,
): InputError {
	const { host, pathname } = new URL(url);
	// In two pieces: the editor does not break a URL into lines.
	const asked = `Nothing was submitted. Asked ${host} for ${pathname}`;
	if (!onThisCanvas) {
		return inputError(
			'No Transcription Trigger listens at the “Callback URL”',
			url.includes('/webhook-test/')
				? `That is a test URL, which exists for two minutes only. Copy the Production URL of the trigger. ${asked}`
				: `Publish the workflow that the trigger is part of, and copy its Production URL. ${asked}`,
		);
	}
	// A manual run never counts as published, so only a production run tells the two causes apart.
	return workflowRunsPublished
		? inputError(
				`There is no Transcription Trigger for ${displayName} on this canvas`,
				`Add a Transcription Trigger with the provider ${displayName} to this workflow and publish it again. ${asked}`,
			)
		: inputError(
				'Publish this workflow first: its Transcription Trigger does not listen yet',
				`Callbacks reach a trigger only while its workflow is published (active). The canvas also needs a Transcription Trigger with the provider ${displayName}. ${asked}`,
			);
}

/** n8n's request helper parses JSON by the content type on some versions and not on others. */
function parsed(body: unknown): unknown {
	if (typeof body !== 'string') return body;
	try {
		return JSON.parse(body);
	} catch {
		return body;
	}
}
