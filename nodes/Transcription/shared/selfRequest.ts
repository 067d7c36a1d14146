import type {
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	IWebhookFunctions,
} from 'n8n-workflow';
import { type ProbeKind, signProbe } from '../callback/probe';
import { executionStatusUrl, type ResumedExecution } from '../callback/url';
import { parseJson } from '../core/json';

/** Requests that this package sends to its own n8n instance: probes to webhook URLs, and requests for an execution's status. */

type SelfContext = IExecuteFunctions | IHookFunctions | IWebhookFunctions;

export interface SelfResponse {
	status: number;
	/** Parsed if it is JSON, since n8n versions differ in whether they parse it. */
	body: unknown;
}

/** The destination of a probe, and the secret that signs it. */
export interface ProbeTarget {
	/** May contain n8n's token, so it must not be logged. */
	url: string;
	/** The secret that also verifies callbacks to that URL. */
	secret: string;
}

const TIMEOUT_MS = 15_000;

/**
 * Sends a signed probe, see `ProbeKind`.
 * @param rawBody JSON
 * @throws n8n's error if no response was received
 */
export async function sendProbe(
	context: SelfContext,
	kind: ProbeKind,
	{ url, secret }: ProbeTarget,
	rawBody: string,
): Promise<SelfResponse> {
	return await send(context, {
		method: 'POST',
		url,
		body: rawBody,
		headers: { 'Content-Type': 'application/json', ...signProbe(kind, secret, rawBody, Date.now() / 1000) },
	});
}

/**
 * Requests an execution's status from n8n. No node is called and nothing is resumed.
 * @param resumeFormUrl see `executionStatusUrl`
 * @throws n8n's error if no response was received
 */
export async function requestExecutionStatus(
	context: SelfContext,
	resumeFormUrl: string,
	execution: ResumedExecution,
): Promise<SelfResponse> {
	return await send(context, { method: 'GET', url: executionStatusUrl(resumeFormUrl, execution), encoding: 'text' });
}

/**
 * Whether n8n has a webhook for POST requests at one of its own URLs. Sends a GET request, which n8n answers itself by
 * naming the methods that the webhook supports, so no node is called. Never throws. Source: n8n 2.8 and 2.41,
 * `WebhookNotFoundError`.
 */
export async function hasPostWebhook(context: SelfContext, url: string): Promise<boolean> {
	try {
		const { status, body } = await send(context, { method: 'GET', url });
		return status === 404 && /not registered for GET requests.*\bPOST\b/.test(n8nMessageIn(body) ?? '');
	} catch {
		return false;
	}
}

/** Returns the message in n8n's response to a request for a webhook that isn't registered. */
export function n8nMessageIn(body: unknown): string | undefined {
	const message = String((body as { message?: unknown } | null)?.message ?? '');
	return /not registered/.test(message) ? message : undefined;
}

async function send({ helpers }: SelfContext, request: IHttpRequestOptions): Promise<SelfResponse> {
	const { statusCode, body } = (await helpers.httpRequest({
		...request,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: TIMEOUT_MS,
	})) as IN8nHttpFullResponse;
	return { status: statusCode, body: typeof body === 'string' ? (parseJson(body) ?? body) : body };
}
