import { userError, type UserError } from '../../core/userError';
import type { IExecuteFunctions } from 'n8n-workflow';
import { NOT_VERIFIED, PING_ANSWER } from '../../callback/probe';
import { addressAdvice, siblingUrl } from '../../callback/url';
import { networkCodeOf } from '../../http/errors';
import { PROVIDERS } from '../../providers';
import type { Provider } from '../../providers/provider';
import { hasPostWebhook, n8nMessageIn, type SelfResponse, sendProbe } from '../../shared/selfRequest';
import type { PlannedCallback } from './callbackTarget';

/**
 * Checks that the trigger at a callback URL is listening and accepts our secret, before money is spent.
 *
 * Only a definite failure stops the submit. It is common and harmless for an n8n instance to be unable to reach its own
 * public address, so a missing response only causes a warning.
 *
 * @returns a warning for the user, or undefined if the check passed
 * @throws UserError if the trigger certainly wouldn't receive the callback
 */
export async function pingTrigger(
	context: IExecuteFunctions,
	callback: PlannedCallback,
	provider: Provider,
): Promise<string | undefined> {
	const body = JSON.stringify({ ping: true });
	let response: SelfResponse;
	try {
		response = await sendProbe(context, 'ping', { url: callback.url, secret: callback.target.secret }, body);
	} catch (error) {
		const reason = networkCodeOf(error)?.toLowerCase() ?? (error as Error).message;
		return `This n8n instance couldn’t reach its own callback URL ${callback.url} (${reason}). If ${provider.displayName} can reach it, you can ignore this warning.`;
	}
	if (response.status === 404) {
		throw n8nMessageIn(response.body) === undefined
			? notN8n(callback)
			: await triggerNotListening(context, callback, provider);
	}
	return interpretResponse(response, callback);
}

/**
 * Whether this is a run of a published workflow. n8n's workers never report a workflow as active (2.8 and 2.41), but
 * webhooks and triggers only start published workflows.
 */
function isPublishedRun(context: IExecuteFunctions): boolean {
	return context.getWorkflow().active || ['webhook', 'trigger'].includes(context.getMode());
}

function interpretResponse({ status, body }: SelfResponse, callback: PlannedCallback): string | undefined {
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

function notN8n({ url }: PlannedCallback): UserError {
	const { host, pathname } = new URL(url);
	return userError(
		`The callback URL on “${host}” doesn’t point to n8n`,
		`Another server responded that ${pathname} doesn’t exist. ${addressAdvice(url)} If its webhook endpoint was renamed, add the “Callback Base URL” option. If that address leads to another server only when this n8n instance connects to it, add the “Skip Trigger Check” option. Nothing was submitted.`,
	);
}

async function triggerNotListening(
	context: IExecuteFunctions,
	{ url, onThisCanvas }: PlannedCallback,
	provider: Provider,
): Promise<UserError> {
	const { displayName } = provider;
	const { host, pathname } = new URL(url);
	// The host and the path are separate, since the editor doesn't wrap URLs.
	const checked = `Nothing was submitted. Checked ${pathname} on ${host}.`;
	const others = await otherTriggers(context, url, provider);
	if (!onThisCanvas) {
		if (others.length > 0) {
			return userError(
				`The Transcription Trigger in the workflow of the “Callback URL” is for ${others.join(' and ')}, not ${displayName}`,
				`Choose the same provider and credential in both nodes, or add a Transcription Trigger for ${displayName} to that workflow and publish it again. ${checked}`,
			);
		}
		return userError(
			'No Transcription Trigger is listening at the “Callback URL”',
			url.includes('/webhook-test/')
				? `This is a test URL, which is only available for two minutes. Use the trigger’s Production URL. ${checked}`
				: `Publish the workflow that contains the trigger, and copy the trigger’s Production URL. ${checked}`,
		);
	}
	if (others.length > 0) {
		return userError(
			`The published Transcription Trigger on this canvas is for ${others.join(' and ')}, not ${displayName}`,
			`1. Choose the same provider and credential in both nodes, or add another Transcription Trigger with the provider ${displayName}. 2. Publish the workflow again. ${checked}`,
		);
	}
	const message = `No published Transcription Trigger for ${displayName} on this canvas`;
	const add = `a Transcription Trigger with the provider ${displayName} and the same credential as this node`;
	// Only a production execution proves that the workflow is published, so that the trigger is missing or deactivated.
	return isPublishedRun(context)
		? userError(
				message,
				`1. Add ${add}, or activate it if it is deactivated. 2. Publish the workflow again. ${checked}`,
			)
		: userError(
				message,
				`1. Add ${add}, unless this canvas has one. 2. Publish the workflow: callbacks only reach a trigger while its workflow is published. ${checked}`,
			);
}

/** Returns the display names of the other providers that the workflow at a callback URL has a published trigger for. */
async function otherTriggers(context: IExecuteFunctions, url: string, { name }: Provider): Promise<string[]> {
	const others = PROVIDERS.filter((other) => other.name !== name);
	const found = await Promise.all(
		others.map(async (other) => await hasPostWebhook(context, siblingUrl(url, other.name))),
	);
	return others.filter((_, index) => found[index]).map(({ displayName }) => displayName);
}
