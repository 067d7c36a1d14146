import { request } from 'undici';

import { RevAiApiClient } from 'revai-node-sdk';

import type { Sandbox } from '../../../sandbox';

export const JOBS = '/speechtotext/v1/jobs';
export const JSON_TRANSCRIPT = 'application/vnd.rev.transcript.v1.0+json';

const keyOf = (sandbox: Sandbox, account: string) =>
	sandbox.accounts('revAi').find(({ name }) => name === account)!.apiKey;

/** Returns the official SDK, connected to the sandbox with the key of a sandbox account. */
export function sdk(sandbox: Sandbox, account = 'main'): RevAiApiClient {
	const baseUrl = sandbox.baseUrl('revAi');
	return new RevAiApiClient({
		token: keyOf(sandbox, account),
		deploymentConfig: { baseUrl, baseWebsocketUrl: baseUrl },
	});
}

/** Sends a request that the SDK would not send, or whose response it would not expose. */
export async function call(
	sandbox: Sandbox,
	path: string,
	{
		method = 'GET',
		json,
		headers,
	}: { method?: 'GET' | 'POST' | 'DELETE'; json?: unknown; headers?: Record<string, string> } = {},
) {
	const response = await request(sandbox.baseUrl('revAi') + path, {
		method,
		headers: {
			authorization: `Bearer ${keyOf(sandbox, 'main')}`,
			...(json !== undefined && { 'content-type': 'application/json' }),
			...headers,
		},
		...(json !== undefined && { body: JSON.stringify(json) }),
	});
	const text = await response.body.text();
	const type = String(response.headers['content-type'] ?? '');
	// Untyped because these tests check the shape of responses.
	return { status: response.statusCode, type, body: type.includes('json') ? JSON.parse(text) : text };
}
