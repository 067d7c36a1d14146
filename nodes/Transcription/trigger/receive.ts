import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { CallbackEvent, Delivery, Proof, Verification } from '../callback/delivery';
import { respondWith, readDelivery, RECEIVED, refuse } from '../callback/endpoint';
import { claimedProbe, PING_ANSWER, type ProbeKind, readSample, verifyProbe } from '../callback/probe';
import { acceptedSecrets } from '../callback/secrets';
import { readQuery, scopeOf, triggerScope } from '../callback/url';
import { isSafeId } from '../http/safeId';
import type { Connection } from '../http/connection';
import { verifyCallback } from '../shared/verifyCallback';
import { readTerms } from '../core/optionReaders';
import type { Provider } from '../providers/provider';
import { markAsReceiver } from '../deduplication';
import { eventIdFor, type ReceivedEvent } from './receivedEvent';
import { issuedSecret } from './registration';

/**
 * Responds to one request to the trigger's URL. It only verifies the callback and starts an execution, because the
 * provider waits for at most ten seconds, and an exception here would become a failed execution.
 *
 * - 400: the body isn't readable. No provider sends such a request.
 * - 401: not verified. Nothing starts, and the reason is logged.
 * - 503: the credential couldn't be read. The provider retries the callback.
 * - 200: everything else, including irrelevant events, so that the provider doesn't repeat them.
 */
export async function receive(context: IWebhookFunctions, provider: Provider): Promise<IWebhookResponseData> {
	// Callbacks for manual executions always reach the main process, even if other processes receive webhooks.
	if (context.getMode() !== 'manual') markAsReceiver();
	const delivery = await readDelivery(context);
	if (!delivery) return respondWith(context, 400, 'Unreadable');
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
	if (!verification.ok) return refuse(context, provider.displayName, verification.reason);
	if (probe === 'ping') return { webhookResponse: PING_ANSWER };
	if (probe === 'sample') return startOnSample(provider, delivery);
	const event = ignoreForeign(provider.callback.read(delivery), scope);
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
	event: CallbackEvent,
	{ bodySigned, uncheckedSignatures }: Verification & { ok: true },
): IWebhookResponseData {
	if ('ignored' in event) {
		context.logger.info(`${provider.displayName} callback ignored: ${event.ignored}`);
		return { webhookResponse: RECEIVED };
	}
	if (!readTerms(context.getNodeParameter('events', [])).includes(event.event)) return { webhookResponse: RECEIVED };
	const query = event.callbackUrl ? new URL(event.callbackUrl).searchParams : delivery.query;
	const { metadata, ref } = readQuery(query);
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

/** If a service sends all callbacks to one URL, callbacks for other workflows and programs arrive here too. */
function ignoreForeign(event: CallbackEvent, scope: string): CallbackEvent {
	const callbackUrl = 'ignored' in event ? undefined : event.callbackUrl;
	return callbackUrl === undefined || scopeOf(callbackUrl) === scope
		? event
		: { ignored: 'the job was submitted for another workflow' };
}

/** Handles a sample sent by the trigger itself, see `sample.ts`. */
function startOnSample(provider: Provider, delivery: Delivery): IWebhookResponseData {
	const id = readSample(delivery);
	if (id === undefined || !isSafeId(id)) return { webhookResponse: RECEIVED };
	const event = { event: 'completed', id };
	return start({
		eventId: eventIdFor(provider.name, event, undefined),
		provider: provider.name,
		id,
		status: event.event,
		sample: true,
	});
}

function start(event: ReceivedEvent): IWebhookResponseData {
	return { workflowData: [[{ json: event as IDataObject }]], webhookResponse: RECEIVED };
}
