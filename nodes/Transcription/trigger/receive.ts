import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { CallbackEvent, Delivery, Proof, Verification } from '../callback/delivery';
import { claimedProbe, NOT_VERIFIED, PING_ANSWER, type ProbeKind, readSample, verifyProbe } from '../callback/probe';
import { acceptedSecrets } from '../callback/secrets';
import { readQuery, scopeOf, triggerScope } from '../callback/url';
import { isSafeId } from '../http/safeId';
import { readConnection } from '../operations/session';
import { listOf } from '../providers/optionValues';
import type { Provider } from '../providers/provider';
import { eventIdFor, type ReceivedEvent } from './receivedEvent';
import { issuedSecret } from './registration';

/**
 * Answers one request to the trigger's URL. Verifies and hands over, nothing else: the provider waits ten seconds at
 * most, and an exception here would become a failed execution.
 *
 * - 400: no readable body, which no provider sends.
 * - 401: not verified. Nothing starts; the log says why.
 * - 503: the credential could not be read. The provider tries again.
 * - 200: everything else, also what is of no interest here, so that the provider does not repeat it.
 */
export async function receive(
	context: IWebhookFunctions,
	provider: Provider,
): Promise<IWebhookResponseData> {
	const delivery = await readDelivery(context);
	if (!delivery) return answer(context, 400, 'Unreadable');
	try {
		return await answerTo(context, provider, delivery);
	} catch (error) {
		context.logger.error(
			`${provider.displayName} callback answered with 503: “${context.getNode().name}” cannot work with its credential and parameters. ${(error as Error).message}`,
		);
		return answer(context, 503, 'Temporarily unavailable');
	}
}

async function answerTo(
	context: IWebhookFunctions,
	provider: Provider,
	delivery: Delivery,
): Promise<IWebhookResponseData> {
	const scope = triggerScope(String(context.getWorkflow().id), provider.name);
	const proof = await readProof(context, provider, scope);
	const probe = claimedProbe(delivery);
	const verification = probe
		? verifyOwn(context, probe, delivery, proof)
		: provider.callback.verify(delivery, proof);
	if (!verification.ok) return reject(context, provider, verification.reason);
	if (probe === 'ping') return { webhookResponse: PING_ANSWER };
	if (probe === 'sample') return takeSample(provider, delivery);
	const event = ownEvent(provider.callback.read(delivery), scope);
	return take(context, provider, delivery, verification.bodySigned ? event : withoutTranscript(event));
}

async function readProof(context: IWebhookFunctions, provider: Provider, scope: string): Promise<Proof> {
	const connection = await readConnection(context, provider);
	return {
		secrets: acceptedSecrets(connection, scope),
		issuedSecret: issuedSecret(context),
		settings: connection.settings,
		nowSeconds: Date.now() / 1000,
	};
}

function verifyOwn(
	context: IWebhookFunctions,
	probe: ProbeKind,
	delivery: Delivery,
	{ secrets, nowSeconds }: Proof,
): Verification {
	if (probe === 'sample' && context.getMode() !== 'manual') {
		return { ok: false, reason: 'a sample came to the production URL' };
	}
	return verifyProbe(probe, delivery, secrets, nowSeconds);
}

function take(
	context: IWebhookFunctions,
	provider: Provider,
	delivery: Delivery,
	event: CallbackEvent,
): IWebhookResponseData {
	if ('ignored' in event) {
		context.logger.info(`${provider.displayName} callback left aside: ${event.ignored}`);
		return { webhookResponse: RECEIVED };
	}
	if (!listOf(context.getNodeParameter('events', [])).includes(event.event)) return { webhookResponse: RECEIVED };
	const query = event.callbackUrl ? new URL(event.callbackUrl).searchParams : delivery.query;
	const { metadata, ref } = readQuery(query);
	return start({
		eventId: eventIdFor(provider.name, event, ref),
		provider: provider.name,
		...(event.id !== undefined && { id: event.id }),
		status: event.event,
		...(ref !== undefined && { ref }),
		...(Object.keys(metadata).length > 0 && { metadata }),
		...event.details,
		...(event.transcript && { transcript: event.transcript }),
	});
}

function withoutTranscript(event: CallbackEvent): CallbackEvent {
	return 'ignored' in event ? event : { ...event, transcript: undefined };
}

/** Where a service sends all jobs to one URL, those of other workflows and programs come here too. */
function ownEvent(event: CallbackEvent, scope: string): CallbackEvent {
	const meant = 'ignored' in event ? undefined : event.callbackUrl;
	return meant === undefined || scopeOf(meant) === scope
		? event
		: { ignored: 'the job was submitted for another workflow' };
}

/** The trigger's own message: see `sample.ts`. */
function takeSample(provider: Provider, delivery: Delivery): IWebhookResponseData {
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

const RECEIVED = { received: true } as const;

function start(event: ReceivedEvent): IWebhookResponseData {
	return { workflowData: [[{ json: event as IDataObject }]], webhookResponse: RECEIVED };
}

function reject(context: IWebhookFunctions, provider: Provider, reason: string): IWebhookResponseData {
	context.logger.warn(
		`Callback to “${context.getNode().name}” (workflow ${context.getWorkflow().id}) answered with 401: ${reason}. ` +
			`If it came from ${provider.displayName}, the job was submitted with another credential, or its API key or Webhook Secret was changed meanwhile: ` +
			'enter the old one as Previous Webhook Secret, and fetch the transcript by its ID, since the service does not repeat a refused callback.',
	);
	return answer(context, 401, NOT_VERIFIED.message);
}

/** Writes the response itself: with any other return value n8n would answer 200. */
function answer(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/** The request as it came, or undefined where its body cannot be had: n8n takes multipart bodies apart itself. */
async function readDelivery(context: IWebhookFunctions): Promise<Delivery | undefined> {
	const request = context.getRequestObject();
	try {
		// n8n reads the body of JSON requests itself, of others only on demand.
		if (request.rawBody === undefined) await request.readRawBody();
	} catch (error) {
		context.logger.info(`Callback to “${context.getNode().name}” answered with 400: ${(error as Error).message}`);
		return undefined;
	}
	return {
		rawBody: request.rawBody ?? Buffer.alloc(0),
		headers: request.headers,
		// Express turns keys with brackets or dots into objects; metadata keeps the keys it was given.
		query: new URL(request.originalUrl ?? request.url, 'http://localhost').searchParams,
	};
}
