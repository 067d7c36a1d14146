import { SonioxNodeClient } from '@soniox/node';

import type { Sandbox } from '../../../sandbox';

const keyOf = (sandbox: Sandbox, account: string) =>
	sandbox.accounts('soniox').find(({ name }) => name === account)!.apiKey;

/** The official SDK against the sandbox, with the key of one of its accounts. */
export function sdk(sandbox: Sandbox, account = 'main'): SonioxNodeClient {
	return new SonioxNodeClient({ api_key: keyOf(sandbox, account), base_url: sandbox.baseUrl('soniox') });
}

/** A request outside the SDK, for what the SDK would not send or would not show. */
export function call(
	sandbox: Sandbox,
	path: string,
	init: { method?: string; body?: string | FormData; key?: string } = {},
): Promise<Response> {
	const { key = keyOf(sandbox, 'main'), ...rest } = init;
	return fetch(sandbox.baseUrl('soniox') + path, { ...rest, headers: { authorization: `Bearer ${key}` } });
}

/** Submits by URL outside the SDK, which checks some fields itself. */
export function submitRaw(sandbox: Sandbox, fields: object, key?: string): Promise<Response> {
	const body = JSON.stringify({ model: 'stt-async-v5', audio_url: `${sandbox.origin}/samples/voicemail.wav`, ...fields });
	return call(sandbox, '/v1/transcriptions', { method: 'POST', body, ...(key && { key }) });
}
