import { userError, type UserError } from '../../core/userError';
import type { IExecuteFunctions } from 'n8n-workflow';
import { NOT_VERIFIED, PING_ANSWER } from '../../callback/probe';
import { networkCodeOf } from '../../http/errors';
import { type SelfResponse, sendProbe } from '../../shared/selfRequest';
import type { PlannedCallback } from './callbackTarget';

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
export async function pingTrigger(
	context: IExecuteFunctions,
	callback: PlannedCallback,
	displayName: string,
): Promise<string | undefined> {
	const body = JSON.stringify({ ping: true });
	let response: SelfResponse;
	try {
		response = await sendProbe(context, 'ping', { url: callback.url, secret: callback.target.secret }, body);
	} catch (error) {
		const why = networkCodeOf(error)?.toLowerCase() ?? (error as Error).message;
		return `This n8n could not reach its own callback URL ${callback.url} (${why}). If ${displayName} can, nothing is wrong.`;
	}
	return interpretResponse(response, callback, displayName, isPublishedRun(context));
}

/** n8n's workers call no workflow active (2.8 and 2.41); but webhooks and triggers start published ones only. */
function isPublishedRun(context: IExecuteFunctions): boolean {
	return context.getWorkflow().active || ['webhook', 'trigger'].includes(context.getMode());
}

function interpretResponse(
	{ status, body: answer }: SelfResponse,
	callback: PlannedCallback,
	displayName: string,
	workflowRunsPublished: boolean,
): string | undefined {
	if (status === 404) {
		throw isN8n(answer)
			? triggerNotListening(callback, displayName, workflowRunsPublished)
			: notN8n(callback);
	}
	// A 401 in other words comes from something in between, which may let the service pass.
	if (status === 401 && isTheSame(answer, NOT_VERIFIED)) {
		throw userError(
			'The Transcription Trigger uses another credential than this node',
			'Choose the same credential in both, or give both credentials the same Webhook Secret. Nothing was submitted.',
		);
	}
	return status === 200 && isTheSame(answer, PING_ANSWER)
		? undefined
		: `Something other than a Transcription Trigger answered at ${callback.url} (status ${status}). If the callbacks do not arrive, look there first.`;
}

function isTheSame(answer: unknown, expected: object): boolean {
	return JSON.stringify(answer) === JSON.stringify(expected);
}

/** Whether an answer with status 404 is n8n's word that no such webhook is registered. */
function isN8n(answer: unknown): boolean {
	return /not registered/.test(String((answer as { message?: unknown } | null)?.message ?? ''));
}

function notN8n({ url }: PlannedCallback): UserError {
	const { host, pathname } = new URL(url);
	return userError(
		`No n8n answered at the callback URL on “${host}”`,
		`Something else said that there is nothing at ${pathname}. Check WEBHOOK_URL of this n8n; if its webhook endpoint was renamed, add the option “Callback Base URL”. If only this n8n itself sees another server at that address, add the option “Skip Trigger Check”. Nothing was submitted.`,
	);
}

function triggerNotListening(
	{ url, onThisCanvas }: PlannedCallback,
	displayName: string,
	workflowRunsPublished: boolean,
): UserError {
	const { host, pathname } = new URL(url);
	// In two pieces: the editor does not break a URL into lines.
	const asked = `Nothing was submitted. Asked ${host} for ${pathname}`;
	if (!onThisCanvas) {
		return userError(
			'No Transcription Trigger listens at the “Callback URL”',
			url.includes('/webhook-test/')
				? `That is a test URL, which exists for two minutes only. Copy the Production URL of the trigger. ${asked}`
				: `Publish the workflow that the trigger is part of, and copy its Production URL. ${asked}`,
		);
	}
	// A manual run never counts as published, so only a production run tells the two causes apart.
	return workflowRunsPublished
		? userError(
				`There is no Transcription Trigger for ${displayName} on this canvas`,
				`Add a Transcription Trigger with the provider ${displayName} to this workflow and publish it again. ${asked}`,
			)
		: userError(
				'Publish this workflow first: its Transcription Trigger does not listen yet',
				`Callbacks reach a trigger only while its workflow is published (active). The canvas also needs a Transcription Trigger with the provider ${displayName}. ${asked}`,
			);
}
