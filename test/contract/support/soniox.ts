import { SonioxNodeClient } from '@soniox/node';

import type { Sandbox } from '../../../sandbox';

const keyOf = (sandbox: Sandbox, account: string) =>
	sandbox.accounts('soniox').find(({ name }) => name === account)!.apiKey;

/** Returns the official SDK, connected to the sandbox with the key of a sandbox account. */
export function sdk(sandbox: Sandbox, account = 'main'): SonioxNodeClient {
	return new SonioxNodeClient({ api_key: keyOf(sandbox, account), base_url: sandbox.baseUrl('soniox') });
}

/** Sends a request that the SDK would not send, or whose response it would not expose. */
export function call(
	sandbox: Sandbox,
	path: string,
	init: { method?: string; body?: string | FormData; key?: string } = {},
): Promise<Response> {
	const { key = keyOf(sandbox, 'main'), ...rest } = init;
	return fetch(sandbox.baseUrl('soniox') + path, { ...rest, headers: { authorization: `Bearer ${key}` } });
}

/** Submits by URL without the SDK, which validates some fields itself. */
export function submitRaw(sandbox: Sandbox, fields: object, key?: string): Promise<Response> {
	const body = JSON.stringify({
		model: 'stt-async-v5',
		audio_url: `${sandbox.origin}/samples/voicemail.wav`,
		...fields,
	});
	return call(sandbox, '/v1/transcriptions', { method: 'POST', body, ...(key && { key }) });
}
