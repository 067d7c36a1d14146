import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js';

import type { Sandbox } from '../../../sandbox';

const keyOf = (sandbox: Sandbox, account: string) => sandbox.accounts('elevenLabs').find(({ name }) => name === account)!.apiKey;

/** The official SDK against the sandbox, with the key of one of its accounts. */
export function elevenLabsSdk(sandbox: Sandbox, account = 'main'): ElevenLabsClient {
	return new ElevenLabsClient({ apiKey: keyOf(sandbox, account), baseUrl: sandbox.baseUrl('elevenLabs'), maxRetries: 0 });
}

/** A request outside the SDK, for what the SDK would not send or would not show. */
export async function callElevenLabs(sandbox: Sandbox, path: string, init: RequestInit & { key?: string } = {}): Promise<Response> {
	const { key = keyOf(sandbox, 'main'), ...rest } = init;
	return await fetch(sandbox.baseUrl('elevenLabs') + path, { ...rest, headers: { 'xi-api-key': key } });
}

/** A form of plain fields; a list is a repeated field. */
export function formOf(fields: Record<string, string | string[]>, file?: Blob): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one);
	if (file) form.append('file', file, 'call.wav');
	return form;
}
