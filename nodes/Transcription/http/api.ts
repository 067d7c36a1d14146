import {
	type IExecuteFunctions,
	type IHookFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IN8nHttpFullResponse,
	type IDataObject,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { parseJson } from '../core/json';
import { pause } from '../core/pause';
import { redactSecrets } from '../core/redact';
import { userError } from '../core/userError';
import {
	type Explain,
	explainNetwork,
	explainSigned,
	explainStatus,
	explainTimeout,
	explainTooLarge,
	explainUncertain,
	type ServiceExplanation,
	networkCodeOf,
	ServiceError,
} from './errors';
import { Gate } from './gate';
import { batchPauseMs, isUncertain, retryAfterMs, retryDelayMs, type RequestFailure } from './retry';
import { resolveUrl, type Target } from './target';
import { errorTextOf, redactErrorText } from './errorText';
import { type Expected, readBody, TooLargeError } from './body';
import type { Settings } from './connection';
import { Deadline } from './deadline';
import { type Multipart, openForm } from './multipart';
import { closeContent, type UploadSource } from './upload';
import { LIMITS, type RequestLimits } from './limits';

/** The n8n contexts in which a provider's API can be called. */
export type RequestContext = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

export type ApiRequest = Target & {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	query?: Record<string, string | number | boolean>;
	/** Additional headers. */
	headers?: Record<string, string>;
	/** Sent as JSON. */
	json?: object;
	/** Sent as the raw body, streamed. */
	upload?: UploadSource;
	/** Sent as a multipart form. The file is streamed. */
	multipart?: Multipart;
	/**
	 * Whether sending the request twice is harmless: reads, deletes, and uploads that nothing refers to yet. A request
	 * that isn't idempotent may cost the user money, so it is sent again only if the service certainly didn't accept it.
	 */
	idempotent: boolean;
	/**
	 * Whether the caller can do without the response. A failed request is then retried even if the caller of the
	 * provider repeats requests itself, because it wouldn't learn about the failure. Default: false.
	 */
	isOptional?: boolean;
	/** Default: `json`. */
	expect?: Expected;
	/**
	 * Milliseconds to wait before sending the request, for a result that takes time. Ends early if the execution is
	 * stopped.
	 */
	delayMs?: number;
	/** Secrets in this request. They are redacted in the response. */
	secrets?: readonly string[];
};

export interface ApiResponse {
	status: number;
	/** Parsed JSON if JSON was expected, or the text if text was expected or the response isn't JSON. */
	body: unknown;
	/** Names are lowercase. */
	headers: Readonly<Record<string, unknown>>;
}

/**
 * Sends requests to a provider's API with the user's credential. No other origin ever receives the credential. If the
 * service asks for a pause, all requests wait.
 */
export interface ProviderApi {
	/** Without a trailing slash. */
	readonly baseUrl: string;
	/** Provider-specific fields of the credential. */
	readonly settings: Settings;
	/**
	 * @returns a response with a 2xx status
	 * @throws ServiceError for any other status, or if there was no response, after the retries that `idempotent` allows
	 * @throws UserError if the execution was stopped before the request was sent
	 */
	request(request: ApiRequest): Promise<ApiResponse>;
}

export interface Service {
	displayName: string;
	credentialType: string;
	/** Without a trailing slash. */
	baseUrl: string;
	explain: Explain;
	settings: Settings;
	/** Secrets that are redacted in the service's error messages. */
	secrets: readonly string[];
	/** For callers that repeat requests themselves. Default: as many as `retryDelayMs` allows. */
	maxAttempts?: number;
}

/**
 * Added to n8n's own timeout, so that our deadline ends a request first. n8n's timeout is needed only for a request
 * that ignores the signal.
 */
const TIMER_MARGIN_MS = 1000;

/** @param limits for tests */
export function createApi(context: RequestContext, service: Service, limits: RequestLimits = LIMITS): ProviderApi {
	const gate = new Gate();
	return {
		baseUrl: service.baseUrl,
		settings: service.settings,
		async request(request) {
			if (request.delayMs) {
				await pause(request.delayMs, cancelSignalOf(context));
				throwIfCanceled(context);
			}
			let refusal: ServiceError | undefined;
			for (let attempt = 1; ; attempt++) {
				const outcome = await gate.pass(async () => {
					if (refusal && isCanceled(context)) throw refusal;
					throwIfCanceled(context);
					const sent = await send(context, service, request, limits);
					if ('response' in sent) gate.recordSuccess();
					else pauseAll(gate, service, sent, attempt);
					return sent;
				}, cancelSignalOf(context));
				if ('response' in outcome) return outcome.response;
				// Stopping the execution aborts the request, which looks like a network error. Whether the service accepted a
				// request that isn't idempotent is unknown, so that error is kept.
				if (request.idempotent) throwIfCanceled(context);
				if (attempt === service.maxAttempts && !request.isOptional) throw outcome.error;
				const delay = retryDelayMs(outcome.failure, request.idempotent, attempt, Math.random(), Date.now());
				if (delay === undefined || isCanceled(context)) throw outcome.error;
				refusal = outcome.error;
				if (!gate.isClosed) await pause(delay, cancelSignalOf(context));
			}
		},
	};
}

/** Callers that repeat requests themselves also pause themselves. */
function pauseAll(gate: Gate, { maxAttempts }: Service, { failure, error }: FailedAttempt, attempt: number): void {
	if (maxAttempts !== undefined) return;
	const pauseMs = batchPauseMs(failure, attempt, Math.random(), Date.now());
	if (pauseMs !== undefined) gate.close(pauseMs);
	else if (error.status === 429 && error.retryAfterMs !== undefined) gate.refuse(error, error.retryAfterMs);
}

interface FailedAttempt {
	failure: RequestFailure;
	error: ServiceError;
}

type Outcome = { response: ApiResponse } | FailedAttempt;

async function send(
	context: RequestContext,
	service: Service,
	request: ApiRequest,
	limits: RequestLimits,
): Promise<Outcome> {
	const url = resolveUrl(request, service);
	const { body, close } = await bodyOf(request);
	const limitMs = limitFor(request, limits);
	const deadline = new Deadline(limitMs, cancelSignalOf(context), request.idempotent ? 0 : limits.graceMs);
	const options = optionsFor(url, request, body, limitMs, deadline.signal);
	try {
		const response = (await (request.signedUrl === undefined
			? context.helpers.httpRequestWithAuthentication.call(
					withSignal(context, deadline.signal),
					service.credentialType,
					options,
				)
			: context.helpers.httpRequest(options))) as IN8nHttpFullResponse;
		const responseBody = await readBody(response.body, request.expect ?? 'json', limits, (bytes) =>
			deadline.extend(bytes * limits.msPerByte),
		);
		return interpret(service, request, response, responseBody);
	} catch (error) {
		if (error instanceof TooLargeError)
			return failed(service, request, { tooLarge: true }, explainTooLarge(service.displayName, error.bytes));
		if (deadline.isOver)
			return failed(service, request, { timedOut: true }, explainTimeout(service.displayName, deadline.allowedMs));
		// The credential is read first, so by this point the request had already started.
		const networkCode = networkCodeOf(error) ?? 'UNKNOWN';
		const message = String(redactSecrets((error as Error).message, secretsIn(service, request)));
		return failed(service, request, { networkCode }, explainNetwork(service.displayName, networkCode, message));
	} finally {
		deadline.release();
		// A request that ended early leaves the file handle open.
		close();
	}
}

function limitFor({ upload, multipart }: ApiRequest, { requestMs, uploadMs, msPerByte }: RequestLimits): number {
	const file = upload ?? multipart?.file?.source;
	return file ? Math.ceil(uploadMs + file.bytes * msPerByte) : requestMs;
}

/**
 * Returns a context with this signal. n8n's helper ignores the signal of a request and uses the one from its context.
 */
function withSignal<T extends RequestContext>(context: T, signal: AbortSignal): T {
	return Object.create(context, { getExecutionCancelSignal: { value: () => signal } }) as T;
}

async function bodyOf(request: ApiRequest): Promise<{ body: unknown; close: () => void }> {
	if (request.multipart) return await openForm(request.multipart);
	if (!request.upload) return { body: request.json, close: () => {} };
	const content = await request.upload.open();
	return { body: content, close: () => closeContent(content) };
}

/** n8n 2.8's request helper never returns if a compressed response is truncated or corrupt, so compression is disabled. */
const UNCOMPRESSED = { 'Accept-Encoding': 'identity' };

/**
 * A service may refuse an upload before it has read all of it. By default, n8n asks the service to close the connection
 * after the response. The response is then often lost, because the next write fails before the response is read.
 */
const KEEP_ALIVE = { Connection: 'keep-alive' };

function optionsFor(
	url: string,
	request: ApiRequest,
	body: unknown,
	limitMs: number,
	abortSignal: AbortSignal,
): IHttpRequestOptions {
	const { upload } = request;
	const file = upload ?? request.multipart?.file?.source;
	return {
		method: request.method,
		url,
		...(request.query && { qs: request.query as IDataObject }),
		...(body !== undefined && { body: body as IHttpRequestOptions['body'] }),
		headers: {
			...UNCOMPRESSED,
			...(file && KEEP_ALIVE),
			...(upload && { 'Content-Type': 'application/octet-stream', 'Content-Length': upload.bytes }),
			...request.headers,
		},
		json: ['json', 'nothing'].includes(request.expect ?? 'json'),
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// A redirect would send the credential to another origin, and following it would require buffering the whole
		// upload.
		disableFollowRedirect: true,
		timeout: limitMs + TIMER_MARGIN_MS,
		abortSignal,
	};
}

function interpret(service: Service, request: ApiRequest, response: IN8nHttpFullResponse, body: unknown): Outcome {
	const status = response.statusCode;
	if (status >= 200 && status < 300) {
		// A submit with a corrupt response may have succeeded, so the caller searches the text for the ID.
		const isReadable = typeof body !== 'string' || (request.expect ?? 'json') !== 'json';
		if (isReadable || !request.idempotent) {
			return { response: { status, body: withoutSecrets(service, request, body), headers: response.headers ?? {} } };
		}
		return failed(
			service,
			request,
			{ unreadableResponse: true },
			{
				message: `${service.displayName} ${looksLikeJson(body) ? 'sent invalid JSON' : 'sent a response that isn’t JSON'}`,
				description:
					'Try again later. If the credential has a custom Base URL, check that it points to the provider’s API.',
				isUnreadable: true,
			},
		);
	}
	const header = response.headers?.['retry-after'];
	const retryAfter = typeof header === 'string' ? header : undefined;
	const errorBody = redactSecrets(parseErrorBody(body), secretsIn(service, request));
	const detail = errorTextOf(errorBody);
	return failed(
		service,
		request,
		{ status, ...(retryAfter && { retryAfter }) },
		request.signedUrl === undefined
			? (service.explain(status, detail, request.path ?? '', errorBody) ??
					explainStatus(service.displayName, status, detail, retryAfter))
			: explainSigned(service.displayName, status, detail),
	);
}

function looksLikeJson(text: string): boolean {
	return /^\s*[{[]/.test(text);
}

/**
 * Redacts secrets in an error or in the response to a submit. Both may echo the request, and both are shown in
 * messages.
 */
function withoutSecrets(service: Service, request: ApiRequest, body: unknown): unknown {
	const clean = (value: unknown) => redactSecrets(value, secretsIn(service, request));
	return !request.idempotent ? clean(body) : redactErrorText(body, clean);
}

function failed(
	service: Service,
	request: ApiRequest,
	failure: RequestFailure,
	explanation: ServiceExplanation,
): Outcome {
	const uncertain = !request.idempotent && isUncertain(failure);
	return {
		failure,
		error: new ServiceError(
			uncertain
				? explainUncertain(service.displayName, `${explanation.message}. ${explanation.description}`)
				: explanation,
			'status' in failure ? failure.status : undefined,
			'status' in failure ? retryAfterMs(failure.retryAfter, Date.now()) : undefined,
		),
	};
}

/** Returns the request's secrets, including its signed URL, which works like a password. */
function secretsIn(service: Service, { secrets = [], signedUrl }: ApiRequest): string[] {
	return [...service.secrets, ...secrets, ...(signedUrl === undefined ? [] : [signedUrl])];
}

/** Parses an error response to a request for a file or text, whose body hasn't been parsed yet. */
function parseErrorBody(body: unknown): unknown {
	if (!Buffer.isBuffer(body) && typeof body !== 'string') return body;
	const text = body.toString('utf8');
	return parseJson(text) ?? text;
}

function throwIfCanceled(context: RequestContext): void {
	if (!isCanceled(context)) return;
	throw userError(
		'The execution was stopped while this node was waiting',
		'Nothing was lost at the provider. Run the node again to continue.',
	);
}

function isCanceled(context: RequestContext): boolean {
	return cancelSignalOf(context)?.aborted === true;
}

function cancelSignalOf(context: RequestContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
