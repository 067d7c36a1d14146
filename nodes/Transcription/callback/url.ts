import type { Metadata } from './metadata';
import { parseHttpUrl } from '../core/url';

/**
 * Builds and parses callback URLs.
 *
 * A trigger's URL is `<base>/<workflow ID>/<provider>`, so that Submit knows the URL of the trigger in its own workflow.
 */

/** Node's HTTP server rejects a request if its headers and URL exceed 16 KiB in total. This leaves room for headers. */
export const LONGEST_CALLBACK_URL = 8000;

/** The query parameter for our correlation ID. */
const REF = 'ref';
/** The query parameter that authenticates callbacks from services that offer nothing more secure. */
export const TOKEN = 'token';
/** The query parameter that lists results that aren't available until some time after the callback. */
export const POST_PROCESSING = 'postprocessing';
/** The query parameter that n8n (2.14 and newer) uses to authorize resuming an execution. */
const RESUME_TOKEN = 'signature';

/**
 * Derives the base of n8n's production webhook URLs from an execution's resume URL
 * (`https://host/prefix/webhook-waiting/12?…` → `https://host/prefix/webhook`). Returns undefined if the operator
 * renamed that endpoint, in which case the base must be configured.
 */
export function webhookBaseOf(resumeUrl: string): string | undefined {
	const url = parseHttpUrl(resumeUrl);
	const prefix = /^(.*)\/webhook-waiting\/[^/]+\/?$/.exec(url?.pathname ?? '')?.[1];
	return url && prefix !== undefined ? `${url.origin}${prefix}/webhook` : undefined;
}

/**
 * The path below an execution's resume URL that only Submit and Wait registers. While the execution waits at any other
 * node, n8n responds with 404, so a late callback or self-probe can't resume one of n8n's Wait nodes. Source: n8n 2.8
 * and 2.41, `waiting-webhooks`.
 */
export const WAITING_PATH = 'transcription';

/**
 * Derives the callback URL of a waiting Submit and Wait from n8n's resume URL. Returns undefined if that isn't an
 * http(s) URL.
 */
export function waitingUrl(resumeUrl: string): string | undefined {
	const url = parseHttpUrl(resumeUrl);
	if (!url) return undefined;
	url.pathname = `${url.pathname.replace(/\/+$/, '')}/${WAITING_PATH}`;
	return url.href;
}

/** Returns the advice to show if something else responds at one of this n8n instance's URLs. */
export function addressAdvice(url: string): string {
	const hint = new URL(url).pathname.includes('//')
		? ' The address contains “//”. WEBHOOK_URL must end with at most one slash.'
		: '';
	return `Check the WEBHOOK_URL of this n8n instance.${hint}`;
}

/** Returns the URL of the trigger for `provider` in workflow `workflowId`. */
export function triggerUrl(base: string, workflowId: string, provider: string): string {
	return `${base.replace(/\/+$/, '')}/${triggerScope(workflowId, provider)}`;
}

/** Returns the scope of the trigger's own URL, see {@link scopeOf}. */
export function triggerScope(workflowId: string, provider: string): string {
	return `${workflowId}/${provider}`;
}

/** An execution that a callback URL resumes, see {@link resumedExecution}. */
export interface ResumedExecution {
	id: string;
	/** n8n's token for that execution (2.14 and newer). A secret. */
	resumeToken?: string;
}

/**
 * Returns the execution that a callback URL resumes, or undefined if there is none or the URL belongs to another n8n
 * instance.
 * @param resumeUrl any resume URL of this n8n instance, such as `$execution.resumeUrl`
 */
export function resumedExecution(callbackUrl: string, resumeUrl: string): ResumedExecution | undefined {
	const [url, ownUrl] = [parseHttpUrl(callbackUrl), parseHttpUrl(resumeUrl)];
	const base = ownUrl?.pathname.replace(/[^/]+\/?$/, '');
	if (!url || url.origin !== ownUrl?.origin || !base || !url.pathname.startsWith(base)) return undefined;
	const [id] = url.pathname.slice(base.length).split('/');
	const resumeToken = url.searchParams.get(RESUME_TOKEN);
	return id ? { id, ...(resumeToken && { resumeToken }) } : undefined;
}

/**
 * Returns the URL at which n8n reports an execution's status. Requesting it doesn't run a node or resume the execution.
 * @param resumeFormUrl the URL of any execution of this n8n instance, such as `$execution.resumeFormUrl`
 */
export function executionStatusUrl(resumeFormUrl: string, { id, resumeToken }: ResumedExecution): string {
	const url = new URL(resumeFormUrl);
	url.pathname = url.pathname.replace(/[^/]+\/?$/, `${id}/n8n-execution-status`);
	url.search = resumeToken === undefined ? '' : `${RESUME_TOKEN}=${encodeURIComponent(resumeToken)}`;
	return url.href;
}

/**
 * Returns the part of a callback URL that belongs to one trigger: its last two path segments,
 * `<workflow ID>/<provider>`. The part before these differs between production URLs, test URLs, and URLs as seen by a
 * reverse proxy.
 */
export function scopeOf(url: string): string {
	const segments = (parseHttpUrl(url)?.pathname ?? '').split('/').filter(Boolean);
	return segments.slice(-2).join('/');
}

/** Whether a URL has the format of this package's trigger URLs, in this or another n8n instance. */
export function pointsToTrigger(url: string, provider: string): boolean {
	return scopeOf(url).endsWith(`/${provider}`);
}

/** Returns the URL of another provider's trigger in the same workflow. */
export function siblingUrl(url: string, provider: string): string {
	const sibling = new URL(url);
	sibling.pathname = sibling.pathname.replace(/[^/]+\/*$/, provider);
	sibling.search = '';
	return sibling.href;
}

/** Adds metadata and the correlation ID to the query string. Keeps existing query parameters. */
export function withQuery(url: string, metadata: Metadata, ref: string): string {
	const result = new URL(url);
	for (const [key, value] of Object.entries(metadata)) result.searchParams.set(key, value);
	result.searchParams.set(REF, ref);
	return result.href;
}

/** Reads metadata and the correlation ID from a callback's query string. */
export function readQuery(query: URLSearchParams): { metadata: Metadata; ref?: string } {
	const pairs = new Map(query);
	const ref = pairs.get(REF);
	pairs.delete(REF);
	// The rest was added by n8n or this package, not by the user.
	pairs.delete(TOKEN);
	pairs.delete(POST_PROCESSING);
	pairs.delete(RESUME_TOKEN);
	return { metadata: Object.fromEntries(pairs), ...(ref && { ref }) };
}

/** Returns the secrets in a callback URL: our token, and n8n's token for a waiting execution. */
export function secretsIn(callbackUrl: string | undefined): string[] {
	const query = parseHttpUrl(callbackUrl ?? '')?.searchParams;
	return [TOKEN, RESUME_TOKEN].flatMap((name) => query?.get(name) || []);
}
