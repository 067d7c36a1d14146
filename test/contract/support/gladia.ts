import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

import { GladiaClient } from '@gladiaio/sdk';
import { request } from 'undici';

import type { Sandbox } from '../../../sandbox';

export const JOBS = '/v2/pre-recorded';

const keyOf = (sandbox: Sandbox, account: string) =>
	sandbox.accounts('gladia').find(({ name }) => name === account)!.apiKey;

/** Serves the sandbox's Gladia at the root of an origin, because the SDK drops the path of its base URL. */
export async function startOrigin(sandbox: Sandbox): Promise<{ url: string; close(): Promise<void> }> {
	const base = new URL(sandbox.baseUrl('gladia'));
	const server = createServer((incoming, outgoing) => {
		const { method, headers } = incoming;
		const path = base.pathname + (incoming.url ?? '');
		const forwarded = httpRequest({ host: base.hostname, port: base.port, method, path, headers }, (response) => {
			outgoing.writeHead(response.statusCode ?? 502, response.headers);
			response.pipe(outgoing);
		});
		incoming.pipe(forwarded);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

/**
 * Returns the official SDK, connected to the sandbox with the key of a sandbox account.
 * @param apiUrl the URL of `startOrigin`
 */
export function sdk(sandbox: Sandbox, apiUrl: string, account = 'main') {
	const client = new GladiaClient({ apiKey: keyOf(sandbox, account), apiUrl, httpRetry: { maxAttempts: 1 } });
	return client.preRecordedV2();
}

/** Sends a request that the SDK would not send, or whose response it would not expose. */
export async function call(
	sandbox: Sandbox,
	path: string,
	{
		method = 'GET',
		json,
		headers,
		account = 'main',
	}: { method?: 'GET' | 'POST' | 'DELETE'; json?: unknown; headers?: Record<string, string>; account?: string } = {},
) {
	const response = await request(sandbox.baseUrl('gladia') + path, {
		method,
		headers: {
			'x-gladia-key': keyOf(sandbox, account),
			...(json !== undefined && { 'content-type': 'application/json' }),
			...headers,
		},
		...(json !== undefined && { body: JSON.stringify(json) }),
	});
	const text = await response.body.text();
	// Untyped because these tests check the shape of responses.
	return { status: response.statusCode, body: text === '' ? undefined : JSON.parse(text) };
}
