import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Delivery } from './delivery';
import { NOT_VERIFIED } from './probe';

/** The n8n adapter for a callback endpoint: reads requests and writes responses. */

/** The response body for an accepted callback. */
export const RECEIVED = { received: true } as const;

/**
 * Responds with 401, and logs the reason and how to fix it. Responds with 400 if n8n couldn't provide the body, which
 * verification may require.
 * @param service display name of the provider
 */
export function refuse(
	context: IWebhookFunctions,
	service: string,
	{ bodyError }: Delivery,
	reason: string,
): IWebhookResponseData {
	if (bodyError !== undefined) {
		context.logger.info(`Responded with 400 to a callback to “${context.getNode().name}”: ${bodyError}`);
		return respondWith(context, 400, 'Unreadable');
	}
	context.logger.warn(
		`Responded with 401 to a callback to “${context.getNode().name}” (workflow ${context.getWorkflow().id}): ${reason}. ` +
			`If it came from ${service}, the job may have been submitted with a different credential, or the API Key or Webhook Secret may have changed since. ` +
			'Enter the old value as Previous Webhook Secret. The provider may not retry a rejected callback, so fetch the transcript by its ID.',
	);
	return respondWith(context, 401, NOT_VERIFIED.message);
}

/** Writes the response directly, because n8n would otherwise respond with 200. */
export function respondWith(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/**
 * Logs why a verified callback can't be read.
 * @param service display name of the provider
 * @param next what happens next, or what the user can do, in full sentences
 */
export function warnUnreadable(context: IWebhookFunctions, service: string, reason: string, next: string): void {
	context.logger.warn(
		`${service} callback to “${context.getNode().name}” (workflow ${context.getWorkflow().id}) was verified, but it can’t be read: ${reason}. ${next}`,
	);
}

/**
 * Reads the raw request. The body is empty if it isn't available, which happens with multipart bodies
 * because n8n parses them itself.
 */
export async function readDelivery(context: IWebhookFunctions): Promise<Delivery> {
	const request = context.getRequestObject();
	let bodyError: string | undefined;
	try {
		// n8n reads the body of a JSON request itself, and other bodies only on demand.
		if (request.rawBody === undefined) await request.readRawBody();
	} catch (error) {
		bodyError = `n8n couldn’t provide the body (${(error as Error).message})`;
	}
	return {
		rawBody: request.rawBody ?? Buffer.alloc(0),
		...(bodyError !== undefined && { bodyError }),
		json: parsedBody(request),
		headers: request.headers,
		// Express converts keys with brackets or dots to objects, but metadata keys must not change.
		query: new URL(request.originalUrl ?? request.url, 'http://localhost').searchParams,
	};
}

/** Returns the parsed body. n8n sets one on every request, but it only matches the sent data if the request is JSON. */
function parsedBody(request: ReturnType<IWebhookFunctions['getRequestObject']>): unknown {
	const { contentType } = request as { contentType?: string };
	return contentType === 'application/json' ? (request.body as unknown) : undefined;
}
