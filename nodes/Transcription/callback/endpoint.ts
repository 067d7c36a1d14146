import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Delivery } from './delivery';
import { NOT_VERIFIED } from './probe';

/** n8n's side of an endpoint for callbacks: how a request is read and answered. */

/** What a service is told whose callback was taken. */
export const RECEIVED = { received: true } as const;

/**
 * Answers 401, and says in the log why and what to do.
 * @param service display name of the provider
 */
export function refuse(context: IWebhookFunctions, service: string, reason: string): IWebhookResponseData {
	context.logger.warn(
		`Callback to “${context.getNode().name}” (workflow ${context.getWorkflow().id}) answered with 401: ${reason}. ` +
			`If it came from ${service}, the job was submitted with another credential, or its API key or Webhook Secret was changed meanwhile: ` +
			'enter the old one as Previous Webhook Secret, and fetch the transcript by its ID, since the service does not repeat a refused callback.',
	);
	return respondWith(context, 401, NOT_VERIFIED.message);
}

/** Writes the response itself: with any other return value n8n would answer 200. */
export function respondWith(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/** The request as it came, or undefined where its body cannot be had: n8n takes multipart bodies apart itself. */
export async function readDelivery(context: IWebhookFunctions): Promise<Delivery | undefined> {
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
		json: parsedBody(request),
		headers: request.headers,
		// Express turns keys with brackets or dots into objects; metadata keeps the keys it was given.
		query: new URL(request.originalUrl ?? request.url, 'http://localhost').searchParams,
	};
}

/** n8n gives every request a body; only that of a JSON request is what was sent. */
function parsedBody(request: ReturnType<IWebhookFunctions['getRequestObject']>): unknown {
	const { contentType } = request as { contentType?: string };
	return contentType === 'application/json' ? (request.body as unknown) : undefined;
}
