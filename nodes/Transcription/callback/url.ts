import type { Metadata } from './metadata';
import { parseHttpUrl } from '../core/url';

/**
 * Callback URLs: where they point, what they carry, how they are read again.
 *
 * A trigger's URL is `<base>/<workflow ID>/<provider>`, so that Submit knows the URL of the trigger on its own canvas.
 */

/** Node's HTTP server refuses a request whose head exceeds 16 KiB; the headers need their part. */
export const LONGEST_CALLBACK_URL = 8000;

/** Our own correlation ID among the query parameters. */
const REF = 'ref';
/** By which a callback proves itself where a service offers no better way. */
export const TOKEN = 'token';
/** By which n8n (2.14 and newer) knows who may make an execution go on. */
const RESUME_TOKEN = 'signature';

/**
 * The production base of n8n's webhooks, from the URL at which n8n would resume this execution
 * (`https://host/prefix/webhook-waiting/12?…` gives `https://host/prefix/webhook`). Undefined where the operator
 * renamed that endpoint: the base then has to be given.
 */
export function webhookBaseOf(resumeUrl: string): string | undefined {
	const url = parseHttpUrl(resumeUrl);
	const prefix = /^(.*)\/webhook-waiting\/[^/]+\/?$/.exec(url?.pathname ?? '')?.[1];
	return url && prefix !== undefined ? `${url.origin}${prefix}/webhook` : undefined;
}

/**
 * The path below an execution's resume URL that only Submit and Wait registers. n8n answers 404 there while the execution
 * waits at any other node, so a late callback or self-probe can't resume one of n8n's Wait nodes. Source: n8n 2.8 and
 * 2.41, `waiting-webhooks`.
 */
export const WAITING_PATH = 'transcription';

/** Where a waiting Submit and Wait takes callbacks, from n8n's resume URL. Undefined for anything but an http(s) URL. */
export function waitingUrl(resumeUrl: string): string | undefined {
	const url = parseHttpUrl(resumeUrl);
	if (!url) return undefined;
	url.pathname = `${url.pathname.replace(/\/+$/, '')}/${WAITING_PATH}`;
	return url.href;
}

/** The URL of the trigger for `provider` in workflow `workflowId`. */
export function triggerUrl(base: string, workflowId: string, provider: string): string {
	return `${base.replace(/\/+$/, '')}/${triggerScope(workflowId, provider)}`;
}

/** What {@link scopeOf} gives for the trigger's own URL. */
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
 * The execution that a callback URL resumes. Undefined if the URL doesn't resume one, or if it belongs to another n8n.
 * @param resumeUrl any resume URL of this n8n, such as `$execution.resumeUrl`
 */
export function resumedExecution(callbackUrl: string, resumeUrl: string): ResumedExecution | undefined {
	const [url, own] = [parseHttpUrl(callbackUrl), parseHttpUrl(resumeUrl)];
	const base = own?.pathname.replace(/[^/]+\/?$/, '');
	if (!url || url.origin !== own?.origin || !base || !url.pathname.startsWith(base)) return undefined;
	const [id] = url.pathname.slice(base.length).split('/');
	const resumeToken = url.searchParams.get(RESUME_TOKEN);
	return id ? { id, ...(resumeToken && { resumeToken }) } : undefined;
}

/**
 * The URL at which n8n reports an execution's status. Requesting it calls no node and resumes nothing.
 * @param resumeFormUrl of any execution of this n8n, such as `$execution.resumeFormUrl`
 */
export function executionStatusUrl(resumeFormUrl: string, { id, resumeToken }: ResumedExecution): string {
	const url = new URL(resumeFormUrl);
	url.pathname = url.pathname.replace(/[^/]+\/?$/, `${id}/n8n-execution-status`);
	url.search = resumeToken === undefined ? '' : `${RESUME_TOKEN}=${encodeURIComponent(resumeToken)}`;
	return url.href;
}

/**
 * The part of a callback URL that belongs to one trigger: its last two path segments, `<workflow ID>/<provider>`.
 * What stands before differs between production, test and a reverse proxy's view of the same trigger.
 */
export function scopeOf(url: string): string {
	const segments = (parseHttpUrl(url)?.pathname ?? '').split('/').filter(Boolean);
	return segments.slice(-2).join('/');
}

/** Whether a URL looks like one of this package's triggers, in this or another n8n. */
export function pointsToTrigger(url: string, provider: string): boolean {
	return scopeOf(url).endsWith(`/${provider}`);
}

/** The URL with metadata and the correlation ID in its query string. Keeps what the URL already carries. */
export function withQuery(url: string, metadata: Metadata, ref: string): string {
	const result = new URL(url);
	for (const [key, value] of Object.entries(metadata)) result.searchParams.set(key, value);
	result.searchParams.set(REF, ref);
	return result.href;
}

/** Metadata and correlation ID from a callback's query string. */
export function readQuery(query: URLSearchParams): { metadata: Metadata; ref?: string } {
	const pairs = new Map(query);
	const ref = pairs.get(REF);
	pairs.delete(REF);
	// Keys that n8n or this package adds are not the user's.
	pairs.delete(TOKEN);
	pairs.delete(RESUME_TOKEN);
	return { metadata: Object.fromEntries(pairs), ...(ref && { ref }) };
}

/** Whatever in a callback URL must not be shown: our token, and n8n's of an execution that waits. */
export function secretsIn(callbackUrl: string | undefined): string[] {
	const query = parseHttpUrl(callbackUrl ?? '')?.searchParams;
	return [TOKEN, RESUME_TOKEN].flatMap((name) => query?.get(name) || []);
}
