import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CompletedRequest, generateCACertificate, getLocal } from 'mockttp';

/** A site's response. */
export interface SiteAnswer {
	status?: number;
	/** Sent as JSON. */
	json?: unknown;
	/** Sent unchanged, with `type` as the content type. */
	body?: string | Buffer;
	type?: string;
}

/** A request to a site. */
export interface SiteRequest {
	method: string;
	host: string;
	path: string;
	query: Record<string, string>;
	headers: CompletedRequest['headers'];
	/** Undefined if the body isn't JSON. */
	json: unknown;
	/** The fields of an `application/x-www-form-urlencoded` body; empty if the body is anything else. */
	form: Record<string, string>;
}

/** Handles requests to one host. Errors are returned as 400 responses and recorded as violations. */
export type Site = (request: SiteRequest) => SiteAnswer | Promise<SiteAnswer>;

/**
 * An intercepting proxy with its own CA. Local servers stand in for known hosts. Requests to any other host get a 502
 * response and are recorded, except those by n8n itself.
 */
export interface Internet {
	/** Environment variables that make n8n use the proxy, except for 127.0.0.1. */
	env: Record<string, string>;
	/** Replaces the sites and clears the violations. */
	mock(sites: Record<string, Site>): void;
	/** Requests to unknown hosts, and requests that a site rejected, since the last `mock`. */
	violations(): string[];
	close(): Promise<void>;
}

/** n8n itself requests lists of nodes and servers from this host, at any time. Workflows don't. */
const N8N_HOST = 'api.n8n.io';

export async function startInternet(): Promise<Internet> {
	const folder = mkdtempSync(join(tmpdir(), 'transcription-internet-'));
	const authority = await generateCACertificate({ subject: { commonName: 'Test CA' } });
	const certificate = join(folder, 'ca.pem');
	writeFileSync(certificate, authority.cert);
	const proxy = getLocal({ https: authority, http2: false });
	await proxy.start();

	let sites: Record<string, Site> = {};
	let violations: string[] = [];
	const reportViolation = (status: number, message: string): SiteAnswer => {
		violations.push(message);
		return { status, json: { message } };
	};
	await proxy
		.forAnyRequest()
		.always()
		.thenCallback(async (incoming) => {
			const request = await siteRequest(incoming);
			if (request.host === N8N_HOST) return toResponse({ status: 502 });
			const line = `${request.method} ${request.host}${request.path}`;
			try {
				return toResponse((await sites[request.host]?.(request)) ?? reportViolation(502, `${line}: unknown host`));
			} catch (error) {
				return toResponse(reportViolation(400, `${line}: ${(error as Error).message}`));
			}
		});

	return {
		env: {
			HTTPS_PROXY: proxy.url,
			HTTP_PROXY: proxy.url,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: certificate,
		},
		mock(next) {
			sites = next;
			violations = [];
		},
		violations: () => [...violations],
		async close() {
			await proxy.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

async function siteRequest(incoming: CompletedRequest): Promise<SiteRequest> {
	const { hostname, pathname, searchParams } = new URL(incoming.url);
	return {
		method: incoming.method,
		host: hostname,
		path: pathname,
		query: Object.fromEntries(searchParams),
		headers: incoming.headers,
		json: await incoming.body.getJson().catch(() => undefined),
		form: await formFields(incoming),
	};
}

async function formFields({ headers, body }: CompletedRequest): Promise<Record<string, string>> {
	if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return {};
	return Object.fromEntries(new URLSearchParams((await body.getText()) ?? ''));
}

function toResponse({ status = 200, json, body, type }: SiteAnswer) {
	if (json !== undefined) return { statusCode: status, json: json as object };
	return {
		statusCode: status,
		headers: { 'content-type': type ?? 'application/octet-stream' },
		...(body !== undefined && { rawBody: Buffer.from(body) }),
	};
}
