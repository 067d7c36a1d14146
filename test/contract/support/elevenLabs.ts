import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js';

import type { Sandbox } from '../../../sandbox';

const keyOf = (sandbox: Sandbox, account: string) =>
	sandbox.accounts('elevenLabs').find(({ name }) => name === account)!.apiKey;

/** Returns the official SDK, connected to the sandbox with the key of a sandbox account. */
export function elevenLabsSdk(sandbox: Sandbox, account = 'main'): ElevenLabsClient {
	return new ElevenLabsClient({
		apiKey: keyOf(sandbox, account),
		baseUrl: sandbox.baseUrl('elevenLabs'),
		maxRetries: 0,
	});
}

/** Sends a request that the SDK would not send, or whose response it would not expose. */
export async function callElevenLabs(
	sandbox: Sandbox,
	path: string,
	init: RequestInit & { key?: string } = {},
): Promise<Response> {
	const { key = keyOf(sandbox, 'main'), ...rest } = init;
	return await fetch(sandbox.baseUrl('elevenLabs') + path, { ...rest, headers: { 'xi-api-key': key } });
}

/** Creates a form from plain fields. A list becomes a repeated field. */
export function formOf(fields: Record<string, string | string[]>, file?: Blob): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one);
	if (file) form.append('file', file, 'call.wav');
	return form;
}
