import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { CallbackEvent, Delivery, Proof, Verification } from '../callback/delivery';
import { claimedProbe, PING_ANSWER, type ProbeKind, readSample, verifyProbe } from '../callback/probe';
import { acceptedSecrets } from '../callback/secrets';
import { readQuery, scopeOf, triggerScope } from '../callback/url';
import { readConnection } from '../operations/session';
import type { Provider } from '../providers/provider';
import { eventIdFor, type ReceivedEvent } from './receivedEvent';
import { issuedSecret } from './registration';

/**
 * Answers one request to the trigger's URL. Verifies and hands over, nothing else: the provider waits ten seconds at
 * most, and an exception here would become a failed execution.
 *
 * - 401: not verified. Nothing starts; the log says why.
 * - 503: the credential could not be read. The provider tries again.
 * - 200: everything else, also what is of no interest here, so that the provider does not repeat it.
 */
export async function receive(
	context: IWebhookFunctions,
	provider: Provider,
): Promise<IWebhookResponseData> {
	const scope = triggerScope(String(context.getWorkflow().id), provider.name);
	let proof: Proof;
	let delivery: Delivery;
	try {
		delivery = await readDelivery(context);
		proof = await readProof(context, provider, scope);
	} catch (error) {
		context.logger.error(
			`${provider.displayName} callback answered with 503: the credential of “${context.getNode().name}” cannot be used. ${(error as Error).message}`,
		);
		return answer(context, 503, 'Temporarily unavailable');
	}
	const probe = claimedProbe(delivery);
	const verification = probe
		? verifyOwn(context, probe, delivery, proof)
		: provider.callback.verify(delivery, proof);
	if (!verification.ok) return reject(context, provider, verification.reason);
	if (probe === 'ping') return { webhookResponse: PING_ANSWER };
	return probe === 'sample' ? takeSample(provider, delivery) : take(context, provider, delivery, scope);
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
	scope: string,
): IWebhookResponseData {
	const event = ownEvent(provider.callback.read(delivery), scope);
	if ('ignored' in event) {
		context.logger.info(`${provider.displayName} callback left aside: ${event.ignored}`);
		return { webhookResponse: RECEIVED };
	}
	const wanted = context.getNodeParameter('events', []) as string[];
	if (!wanted.includes(event.event)) return { webhookResponse: RECEIVED };
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
	if (id === undefined) return { webhookResponse: RECEIVED };
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
	return answer(context, 401, 'Not verified');
}

/** Writes the response itself: with any other return value n8n would answer 200. */
function answer(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

async function readDelivery(context: IWebhookFunctions): Promise<Delivery> {
	const request = context.getRequestObject();
	// n8n reads the body of JSON requests itself, of others only on demand.
	if (request.rawBody === undefined) await request.readRawBody();
	return {
		rawBody: request.rawBody ?? Buffer.alloc(0),
		headers: request.headers,
		// Express turns keys with brackets or dots into objects; metadata keeps the keys it was given.
		query: new URL(request.originalUrl ?? request.url, 'http://localhost').searchParams,
	};
}
