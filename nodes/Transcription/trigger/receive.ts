import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import {
	type CallbackEvent,
	type Delivery,
	type Proof,
	readCallback,
	type UnreadableCallback,
	type Verification,
} from '../callback/delivery';
import { respondWith, readDelivery, RECEIVED, refuse, warnUnreadable } from '../callback/endpoint';
import { claimedProbe, PING_ANSWER, type ProbeKind, readSample, verifyProbe } from '../callback/probe';
import { acceptedSecrets } from '../callback/secrets';
import { readQuery, scopeOf, triggerScope } from '../callback/url';
import { isSafeId } from '../http/safeId';
import type { Connection } from '../http/connection';
import { verifyCallback } from '../shared/verifyCallback';
import { readTerms } from '../core/optionReaders';
import type { Provider } from '../providers/provider';
import { markAsReceiver } from '../deduplication';
import { EXAMPLE_ID, EXAMPLE_METADATA } from '../transcript/example';
import { eventIdFor, type ReceivedEvent } from './receivedEvent';
import { issuedSecret } from './registration';

/**
 * Responds to one request to the trigger's URL. It only verifies the callback and starts an execution, because the
 * provider waits for at most ten seconds, and an exception here would become a failed execution.
 *
 * - 400: not verified, and n8n couldn't provide the body. No provider sends such a request.
 * - 401: not verified. Nothing starts, and the reason is logged.
 * - 503: the credential couldn't be read. The provider retries the callback.
 * - 200: everything else, including irrelevant events and verified callbacks that can't be read, so that the provider
 *   doesn't repeat them.
 */
export async function receive(context: IWebhookFunctions, provider: Provider): Promise<IWebhookResponseData> {
	// Callbacks for manual executions always reach the main process, even if other processes receive webhooks.
	if (context.getMode() !== 'manual') markAsReceiver();
	const delivery = await readDelivery(context);
	try {
		return await respond(context, provider, delivery);
	} catch (error) {
		context.logger.error(
			`Responded with 503 to a ${provider.displayName} callback to “${context.getNode().name}”, which can’t use its credential or parameters: ${(error as Error).message}`,
		);
		return respondWith(context, 503, 'Temporarily unavailable');
	}
}

async function respond(
	context: IWebhookFunctions,
	provider: Provider,
	delivery: Delivery,
): Promise<IWebhookResponseData> {
	const scope = triggerScope(String(context.getWorkflow().id), provider.name);
	const probe = claimedProbe(delivery);
	const verifyWith = (connection: Connection): Verification => {
		const proof = verificationContext(context, connection, scope);
		return probe ? verifyOwnProbe(context, probe, delivery, proof) : provider.callback.verify(delivery, proof);
	};
	const { verification } = await verifyCallback(context, provider, verifyWith);
	if (!verification.ok) return refuse(context, provider.displayName, delivery, verification.reason);
	if (probe === 'ping') return { webhookResponse: PING_ANSWER };
	if (probe === 'sample') return startOnSample(provider, delivery);
	const event = ignoreForeign(readCallback(provider.callback.read, delivery), scope);
	if ('unreadable' in event) return startOnUnreadable(context, provider, delivery, event);
	return startOnEvent(context, provider, delivery, event, verification);
}

function verificationContext(context: IWebhookFunctions, connection: Connection, scope: string): Proof {
	return {
		secrets: acceptedSecrets(connection, scope),
		isSecretDerived: connection.webhookSecret === undefined,
		scope,
		issuedSecret: issuedSecret(context, connection, scope),
		settings: connection.settings,
		nowSeconds: Date.now() / 1000,
	};
}

function verifyOwnProbe(
	context: IWebhookFunctions,
	probe: ProbeKind,
	delivery: Delivery,
	{ secrets, nowSeconds }: Proof,
): Verification {
	if (probe === 'checkJobs') return { ok: false, reason: 'it is a probe for a waiting execution' };
	if (probe === 'sample' && context.getMode() !== 'manual') {
		return { ok: false, reason: 'a sample was sent to the production URL' };
	}
	return verifyProbe(probe, delivery, secrets, nowSeconds);
}

function startOnEvent(
	context: IWebhookFunctions,
	provider: Provider,
	delivery: Delivery,
	event: Exclude<CallbackEvent, UnreadableCallback>,
	{ bodySigned, uncheckedSignatures }: Verification & { ok: true },
): IWebhookResponseData {
	if ('ignored' in event) {
		context.logger.info(`${provider.displayName} callback ignored: ${event.ignored}`);
		return { webhookResponse: RECEIVED };
	}
	if (!selectedEvents(context).includes(event.event)) return { webhookResponse: RECEIVED };
	const { metadata, ref } = readQuery(queryOf(event, delivery));
	const carriesTranscript = bodySigned && event.event === 'completed' && provider.callback.transcriptIn !== undefined;
	return start({
		eventId: eventIdFor(provider.name, event, ref),
		provider: provider.name,
		...(event.id !== undefined && { id: event.id }),
		status: event.event,
		...(ref !== undefined && { ref }),
		...(Object.keys(metadata).length > 0 && { metadata }),
		...event.details,
		...(uncheckedSignatures && { signatureHeaders: uncheckedSignatures }),
		...(carriesTranscript && { callbackBody: delivery.rawBody.toString('utf8') }),
	});
}

/**
 * Handles a verified callback that can't be read. If the job is known, the transcript is fetched by its ID. If only our
 * correlation ID is known, the item on the Failed output says so, since the callback isn't repeated.
 */
function startOnUnreadable(
	context: IWebhookFunctions,
	{ name, displayName }: Provider,
	delivery: Delivery,
	event: UnreadableCallback,
): IWebhookResponseData {
	const { unreadable: reason, id } = event;
	const { metadata, ref } = readQuery(queryOf(event, delivery));
	const byId = `Fetch the transcript by ${id === undefined ? 'the ID that Submit returned' : `its ID, ${id}`}`;
	const isKnown = id !== undefined || ref !== undefined;
	const isSelected = selectedEvents(context).some((selected) => selected === 'completed' || selected === 'failed');
	if (!isKnown || !isSelected) {
		warnUnreadable(context, displayName, reason, `Nothing was started. ${byId}, or run Recover Missed.`);
		return { webhookResponse: RECEIVED };
	}
	warnUnreadable(context, displayName, reason, id === undefined ? `It has the ref ${ref}.` : `It is about job ${id}.`);
	const failure = { event: 'failed', ...(id !== undefined && { id }) };
	return start({
		eventId: eventIdFor(name, failure, ref),
		provider: name,
		...(id !== undefined && { id }),
		status: failure.event,
		...(ref !== undefined && { ref }),
		...(Object.keys(metadata).length > 0 && { metadata }),
		errorMessage: `The callback from ${displayName} couldn’t be read, so it’s unknown how the job ended: ${reason}. ${byId}.`,
		unreadable: true,
	});
}

function selectedEvents(context: IWebhookFunctions): string[] {
	return readTerms(context.getNodeParameter('events', []));
}

/** Returns the query of the callback URL from Submit. */
function queryOf({ callbackUrl }: { callbackUrl?: string }, delivery: Delivery): URLSearchParams {
	return callbackUrl === undefined ? delivery.query : new URL(callbackUrl).searchParams;
}

/** Ignores events for other workflows and programs, which arrive here if a service sends all callbacks to one URL. */
function ignoreForeign(event: CallbackEvent, scope: string): CallbackEvent {
	const callbackUrl = 'ignored' in event ? undefined : event.callbackUrl;
	return callbackUrl === undefined || scopeOf(callbackUrl) === scope
		? event
		: { ignored: 'the job was submitted for another workflow' };
}

/** Handles a sample sent by the trigger itself, see `sample.ts`. */
function startOnSample(provider: Provider, delivery: Delivery): IWebhookResponseData {
	const sample = readSample(delivery);
	const isExample = sample !== undefined && 'example' in sample;
	const id = isExample ? EXAMPLE_ID : sample?.id;
	if (id === undefined || !isSafeId(id)) return { webhookResponse: RECEIVED };
	const event = { event: 'completed', id };
	return start({
		eventId: eventIdFor(provider.name, event, undefined),
		provider: provider.name,
		id,
		status: event.event,
		sample: true,
		...(isExample && { isExample, ref: EXAMPLE_ID, metadata: { ...EXAMPLE_METADATA } }),
	});
}

function start(event: ReceivedEvent): IWebhookResponseData {
	return { workflowData: [[{ json: event as IDataObject }]], webhookResponse: RECEIVED };
}
