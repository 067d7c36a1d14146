import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CompletedRequest, generateCACertificate, getLocal } from 'mockttp';

/** What a site answers. */
export interface SiteAnswer {
	status?: number;
	/** Sent as JSON. */
	json?: unknown;
	/** Sent as it is, as `type`. */
	body?: string | Buffer;
	type?: string;
}

/** A request as a site gets it. */
export interface SiteRequest {
	method: string;
	host: string;
	path: string;
	query: Record<string, string>;
	headers: CompletedRequest['headers'];
	/** Undefined where the body is no JSON. */
	json: unknown;
}

/** Answers the requests to one host. What it throws becomes a status 400 and a complaint of the internet. */
export type Site = (request: SiteRequest) => SiteAnswer;

/**
 * The internet as n8n sees it: an intercepting proxy with a certificate authority of its own, behind which local sites
 * play hosts with fixed addresses. A request to a host that nobody plays is answered with 502 and is a complaint.
 */
export interface Internet {
	/** Environment of an n8n that is to see it. What is on 127.0.0.1 it reaches directly. */
	env: Record<string, string>;
	/** Replaces the sites; forgets complaints. */
	play(sites: Record<string, Site>): void;
	/** What went wrong since `play`: unknown hosts, requests that a site refuses. */
	complaints(): string[];
	close(): Promise<void>;
}

export async function startInternet(): Promise<Internet> {
	const folder = mkdtempSync(join(tmpdir(), 'transcription-internet-'));
	const authority = await generateCACertificate({ subject: { commonName: 'Authority of these tests' } });
	const certificate = join(folder, 'ca.pem');
	writeFileSync(certificate, authority.cert);
	const proxy = getLocal({ https: authority, http2: false });
	await proxy.start();

	let sites: Record<string, Site> = {};
	let complaints: string[] = [];
	const complain = (status: number, message: string): SiteAnswer => {
		complaints.push(message);
		return { status, json: { message } };
	};
	await proxy.forAnyRequest().always().thenCallback(async (incoming) => {
		const request = await siteRequest(incoming);
		const line = `${request.method} ${request.host}${request.path}`;
		try {
			return toResponse(sites[request.host]?.(request) ?? complain(502, `${line}: nobody plays this host`));
		} catch (error) {
			return toResponse(complain(400, `${line}: ${(error as Error).message}`));
		}
	});

	return {
		env: {
			HTTPS_PROXY: proxy.url,
			HTTP_PROXY: proxy.url,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: certificate,
		},
		play(next) {
			sites = next;
			complaints = [];
		},
		complaints: () => [...complaints],
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
	};
}

function toResponse({ status = 200, json, body, type }: SiteAnswer) {
	if (json !== undefined) return { statusCode: status, json: json as object };
	return {
		statusCode: status,
		headers: { 'content-type': type ?? 'application/octet-stream' },
		...(body !== undefined && { rawBody: Buffer.from(body) }),
	};
}
