import { Readable } from 'node:stream';
import type { IHttpRequestOptions } from 'n8n-workflow';

export interface TransportResponse {
	status: number;
	/** Names are lowercase. */
	headers: Record<string, string>;
	body: Buffer;
}

/** Sends one request. @param isSigned whether the URL is presigned, in which case its host and path are arbitrary */
export type Transport = (options: IHttpRequestOptions, isSigned: boolean) => Promise<TransportResponse>;

/** Headers that `fetch` sets itself. */
const SET_BY_FETCH = ['content-length', 'connection'];

/** Sends requests over HTTP, without redirects. */
export const httpTransport: Transport = async ({ method = 'GET', url, qs, headers = {}, body, abortSignal }) => {
	const target = new URL(url);
	for (const [name, value] of Object.entries(qs ?? {})) target.searchParams.set(name, String(value));
	const sent = new Headers();
	for (const [name, value] of Object.entries(headers)) {
		if (!SET_BY_FETCH.includes(name.toLowerCase())) sent.set(name, String(value));
	}
	const isJson = body !== undefined && !(body instanceof FormData) && !Buffer.isBuffer(body);
	if (isJson) sent.set('content-type', 'application/json');
	const response = await fetch(target, {
		method,
		headers: sent,
		redirect: 'manual',
		...(body !== undefined && { body: isJson ? JSON.stringify(body) : (body as FormData | Buffer) }),
		...(abortSignal && { signal: abortSignal as AbortSignal }),
	});
	return {
		status: response.status,
		headers: Object.fromEntries(response.headers),
		body: Buffer.from(await response.arrayBuffer()),
	};
};

/** Returns the response as n8n's request helper does for `encoding: 'stream'`. */
export function asHelperResponse({ status, headers, body }: TransportResponse) {
	return { statusCode: status, headers, body: Readable.from(body.length > 0 ? [body] : []) };
}
