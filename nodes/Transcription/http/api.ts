import {
	type IExecuteFunctions,
	type IHookFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IN8nHttpFullResponse,
	type IDataObject,
	type IWebhookFunctions,
	sleep,
} from 'n8n-workflow';
import { parseJson } from '../core/json';
import { redactSecrets } from '../core/redact';
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
import { isUncertain, retryDelayMs, type RequestFailure } from './retry';
import { resolveUrl, type Target } from './target';
import { errorTextOf, withErrorCleaned } from './errorText';
import { type Expected, readBody, TooLargeError } from './body';
import type { Settings } from './connection';
import { Deadline } from './deadline';
import { type Multipart, openForm } from './multipart';
import { closeContent, type UploadSource } from './upload';
import { LIMITS, RequestLimits } from './limits';

/** The n8n functions from which a provider may be asked something. */
export type RequestContext = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

export type ApiRequest = Target & {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	query?: Record<string, string | number | boolean>;
	/** Besides those that every request has. */
	headers?: Record<string, string>;
	/** Sent as JSON. */
	json?: object;
	/** Sent as the raw body, streamed. */
	upload?: UploadSource;
	/** Sent as a form; the file in it is streamed. */
	multipart?: Multipart;
	/**
	 * Whether sending it twice does no harm: reads, deletes, and uploads that nothing refers to yet. A request that isn't
	 * idempotent may cost the user money, so it is sent again only if the service certainly didn't accept it.
	 */
	idempotent: boolean;
	/** Default: `json`. */
	expect?: Expected;
	/** Secrets that this request carries: replaced in whatever the service says about it. */
	secrets?: readonly string[];
};

export interface ApiResponse {
	status: number;
	/** Parsed JSON where that was expected; the text as it came where it is none, or text was expected. */
	body: unknown;
	/** Lower-case names. */
	headers: Readonly<Record<string, unknown>>;
}

/** A provider's own origin, reached with the user's credential. Nothing else ever receives the credential. */
export interface ProviderApi {
	/** Without trailing slash. Tells whether a URL that the service gave is on its own origin. */
	readonly baseUrl: string;
	/** The provider's own fields of the credential. */
	readonly settings: Settings;
	/**
	 * @returns an answer with a 2xx status
	 * @throws ServiceRefusal for any other, and where none came, after the retries that `idempotent` allows
	 */
	request(request: ApiRequest): Promise<ApiResponse>;
}

export interface Service {
	displayName: string;
	credentialType: string;
	/** Without trailing slash. */
	baseUrl: string;
	explain: Explain;
	settings: Settings;
	/** Replaced in whatever the service says before it reaches a message. */
	secrets: readonly string[];
}

/** n8n's own timer only has to end a request that ignores its signal. */
const TIMER_MARGIN_MS = 1000;

/** @param limits for tests */
export function createApi(context: RequestContext, service: Service, limits: RequestLimits = LIMITS): ProviderApi {
	return {
		baseUrl: service.baseUrl,
		settings: service.settings,
		async request(request) {
			for (let attempt = 1; ; attempt++) {
				const outcome = await send(context, service, request, limits);
				if ('answer' in outcome) return outcome.answer;
				const delay = retryDelayMs(outcome.setback, request.idempotent, attempt, Math.random(), Date.now());
				if (delay === undefined || isCancelled(context)) throw outcome.refusal;
				await sleep(delay);
				if (isCancelled(context)) throw outcome.refusal;
			}
		},
	};
}

type Outcome = { answer: ApiResponse } | { setback: RequestFailure; refusal: ServiceError };

async function send(context: RequestContext, service: Service, request: ApiRequest, limits: RequestLimits): Promise<Outcome> {
	const url = resolveUrl(request, service);
	const { body, close } = await bodyOf(request);
	const limitMs = limitFor(request, limits);
	const deadline = new Deadline(limitMs, cancelSignalOf(context));
	const options = optionsFor(url, request, body, limitMs, deadline.signal);
	try {
		const response = (await (request.signedUrl === undefined
			? context.helpers.httpRequestWithAuthentication.call(withSignal(context, deadline.signal), service.credentialType, options)
			: context.helpers.httpRequest(options))) as IN8nHttpFullResponse;
		const answer = await readBody(response.body, request.expect ?? 'json', limits, (bytes) => deadline.extend(bytes * limits.msPerByte));
		return interpret(service, request, response, answer);
	} catch (error) {
		if (error instanceof TooLargeError) return failure(service, request, { tooLarge: true }, explainTooLarge(service.displayName, error.bytes));
		if (deadline.isOver) return failure(service, request, { timedOut: true }, explainTimeout(service.displayName, deadline.allowedMs));
		// Whatever it was, it came after the request was begun: the credential was read before.
		const networkCode = networkCodeOf(error) ?? 'UNKNOWN';
		const words = String(redactSecrets((error as Error).message, secretsIn(service, request)));
		return failure(service, request, { networkCode }, explainNetwork(service.displayName, networkCode, words));
	} finally {
		deadline.release();
		// A request that ended early leaves the rest of the file unread and its handle open.
		close();
	}
}

function limitFor({ upload, multipart }: ApiRequest, { answerMs, uploadMs, msPerByte }: RequestLimits): number {
	const file = upload ?? multipart?.file?.source;
	return file ? Math.ceil(uploadMs + file.bytes * msPerByte) : answerMs;
}

/** n8n's helper replaces the signal of a request by the one that it asks its context for. */
function withSignal<T extends RequestContext>(context: T, signal: AbortSignal): T {
	return Object.create(context, { getExecutionCancelSignal: { value: () => signal } }) as T;
}

async function bodyOf(request: ApiRequest): Promise<{ body: unknown; close: () => void }> {
	if (request.multipart) return await openForm(request.multipart);
	if (!request.upload) return { body: request.json, close: () => {} };
	const content = await request.upload.open();
	return { body: content, close: () => closeContent(content) };
}

/** n8n 2.8's request helper never returns when a compressed answer is cut or damaged; a plain one is noticed. */
const UNCOMPRESSED = { 'Accept-Encoding': 'identity' };

/**
 * A service that refuses an upload may say so before it has read it. n8n would ask it to close the connection after its
 * answer, which then is often lost: writing on fails before the answer is read, and nobody knows what happened.
 */
const KEEPING_CONNECTION = { Connection: 'keep-alive' };

function optionsFor(url: string, request: ApiRequest, body: unknown, limitMs: number, abortSignal: AbortSignal): IHttpRequestOptions {
	const { upload } = request;
	const file = upload ?? request.multipart?.file?.source;
	return {
		method: request.method,
		url,
		...(request.query && { qs: request.query as IDataObject }),
		...(body !== undefined && { body: body as IHttpRequestOptions['body'] }),
		headers: {
			...UNCOMPRESSED,
			...(file && KEEPING_CONNECTION),
			...(upload && { 'Content-Type': 'application/octet-stream', 'Content-Length': upload.bytes }),
			...request.headers,
		},
		json: ['json', 'nothing'].includes(request.expect ?? 'json'),
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// A redirect would carry the credential elsewhere; and following one keeps the whole upload in memory.
		disableFollowRedirect: true,
		timeout: limitMs + TIMER_MARGIN_MS,
		abortSignal,
	};
}

function interpret(service: Service, request: ApiRequest, response: IN8nHttpFullResponse, body: unknown): Outcome {
	const status = response.statusCode;
	if (status >= 200 && status < 300) {
		// A submit whose answer is damaged may have succeeded: the caller looks for the ID in the text.
		const isReadable = typeof body !== 'string' || (request.expect ?? 'json') !== 'json';
		if (isReadable || !request.idempotent) {
			return { answer: { status, body: withoutSecrets(service, request, body), headers: response.headers ?? {} } };
		}
		return failure(service, request, { unreadableAnswer: true }, {
			message: `${service.displayName} sent an answer that is not JSON`,
			description: 'Try again later. With a custom base URL, check that it leads to the service itself.',
		});
	}
	const header = response.headers?.['retry-after'];
	const retryAfter = typeof header === 'string' ? header : undefined;
	const detail = errorTextOf(redactSecrets(parseErrorBody(body), secretsIn(service, request)));
	return failure(
		service,
		request,
		{ status, ...(retryAfter && { retryAfter }) },
		request.signedUrl === undefined
			? (service.explain(status, detail, request.path ?? '') ??
				explainStatus(service.displayName, status, detail, retryAfter))
			: explainSigned(service.displayName, status, detail),
	);
}

/** What a service says about an error, or about what was submitted, may repeat the request and ends up in messages. */
function withoutSecrets(service: Service, request: ApiRequest, body: unknown): unknown {
	const clean = (words: unknown) => redactSecrets(words, secretsIn(service, request));
	return !request.idempotent ? clean(body) : withErrorCleaned(body, clean);
}

function failure(
	service: Service,
	request: ApiRequest,
	setback: RequestFailure,
	explanation: ServiceExplanation,
): Outcome {
	const uncertain = !request.idempotent && isUncertain(setback);
	return {
		setback,
		refusal: new ServiceError(
			uncertain
				? explainUncertain(service.displayName, `${explanation.message}. ${explanation.description}`)
				: explanation,
			'status' in setback ? setback.status : undefined,
		),
	};
}

/** A signed URL is as good as a password. */
function secretsIn(service: Service, { secrets = [], signedUrl }: ApiRequest): string[] {
	return [...service.secrets, ...secrets, ...(signedUrl === undefined ? [] : [signedUrl])];
}

/** What came in place of the file or text that was expected is the service's word on why. */
function parseErrorBody(body: unknown): unknown {
	if (!Buffer.isBuffer(body) && typeof body !== 'string') return body;
	const text = body.toString('utf8');
	return parseJson(text) ?? text;
}

function isCancelled(context: RequestContext): boolean {
	return cancelSignalOf(context)?.aborted === true;
}

function cancelSignalOf(context: RequestContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
