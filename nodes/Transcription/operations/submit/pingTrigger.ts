import { userError, type UserError } from '../../core/userError';
import type { IExecuteFunctions } from 'n8n-workflow';
import { NOT_VERIFIED, PING_ANSWER } from '../../callback/probe';
import { addressAdvice } from '../../callback/url';
import { networkCodeOf } from '../../http/errors';
import { type SelfResponse, sendProbe } from '../../shared/selfRequest';
import type { PlannedCallback } from './callbackTarget';

/**
 * Checks that the trigger at a callback URL is listening and accepts our secret, before money is spent.
 *
 * Only a definite failure stops the submit. It is common and harmless for an n8n instance to be unable to reach its own
 * public address, so a missing response only causes a warning.
 *
 * @param displayName display name of the provider
 * @returns a warning for the user, or undefined if the check passed
 * @throws UserError if the trigger certainly wouldn't receive the callback
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
		const reason = networkCodeOf(error)?.toLowerCase() ?? (error as Error).message;
		return `This n8n instance couldn’t reach its own callback URL ${callback.url} (${reason}). If ${displayName} can reach it, you can ignore this warning.`;
	}
	return interpretResponse(response, callback, displayName, isPublishedRun(context));
}

/**
 * Whether this is a run of a published workflow. n8n's workers never report a workflow as active (2.8 and 2.41), but
 * webhooks and triggers only start published workflows.
 */
function isPublishedRun(context: IExecuteFunctions): boolean {
	return context.getWorkflow().active || ['webhook', 'trigger'].includes(context.getMode());
}

function interpretResponse(
	{ status, body }: SelfResponse,
	callback: PlannedCallback,
	displayName: string,
	workflowRunsPublished: boolean,
): string | undefined {
	if (status === 404) {
		throw isN8n(body) ? triggerNotListening(callback, displayName, workflowRunsPublished) : notN8n(callback);
	}
	// Any other 401 is sent by something in between, such as a proxy, which may let the provider's callbacks through.
	if (status === 401 && isEqual(body, NOT_VERIFIED)) {
		throw userError(
			'The Transcription Trigger uses a different credential than this node',
			'Choose the same credential in both nodes, or set the same “Webhook Secret” in both credentials. Nothing was submitted.',
		);
	}
	return status === 200 && isEqual(body, PING_ANSWER)
		? undefined
		: `Something other than a Transcription Trigger responded at ${callback.url} (status ${status}). If callbacks don’t arrive, check that URL first.`;
}

function isEqual(body: unknown, expected: object): boolean {
	return JSON.stringify(body) === JSON.stringify(expected);
}

/** Whether the body of a 404 response is n8n's message that the webhook isn't registered. */
function isN8n(body: unknown): boolean {
	return /not registered/.test(String((body as { message?: unknown } | null)?.message ?? ''));
}

function notN8n({ url }: PlannedCallback): UserError {
	const { host, pathname } = new URL(url);
	return userError(
		`The callback URL on “${host}” doesn’t point to n8n`,
		`Another server responded that ${pathname} doesn’t exist. ${addressAdvice(url)} If its webhook endpoint was renamed, add the “Callback Base URL” option. If that address leads to another server only when this n8n instance connects to it, add the “Skip Trigger Check” option. Nothing was submitted.`,
	);
}

function triggerNotListening(
	{ url, onThisCanvas }: PlannedCallback,
	displayName: string,
	workflowRunsPublished: boolean,
): UserError {
	const { host, pathname } = new URL(url);
	// The host and the path are separate, since the editor doesn't wrap URLs.
	const checked = `Nothing was submitted. Checked ${pathname} on ${host}.`;
	if (!onThisCanvas) {
		return userError(
			'No Transcription Trigger is listening at the “Callback URL”',
			url.includes('/webhook-test/')
				? `This is a test URL, which is only available for two minutes. Use the trigger’s Production URL. ${checked}`
				: `Publish the workflow that contains the trigger, and copy the trigger’s Production URL. ${checked}`,
		);
	}
	// A manual execution never counts as published, so only a production execution can distinguish the two causes.
	return workflowRunsPublished
		? userError(
				`There is no Transcription Trigger for ${displayName} on this canvas`,
				`Add a Transcription Trigger with the provider ${displayName} to this workflow and publish it again. ${checked}`,
			)
		: userError(
				'The Transcription Trigger of this workflow isn’t listening yet',
				`Publish this workflow: callbacks only reach a trigger while its workflow is published (active). The canvas also needs a Transcription Trigger with the provider ${displayName}. ${checked}`,
			);
}
