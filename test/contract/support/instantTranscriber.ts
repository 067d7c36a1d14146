import { FormData, request } from 'undici';

import type { Sandbox } from '../../../sandbox';
import { sampleAudio } from './assemblyAi';

/** InstantTranscriber has no SDK, so these requests follow the curl commands in its documentation. */
interface ApiResponse {
	status: number;
	// eslint-disable-next-line @typescript-eslint/no-explicit-any
	body: any;
	text: string;
}

export const keyOf = (sandbox: Sandbox, account = 'main') =>
	sandbox.accounts('instantTranscriber').find(({ name }) => name === account)!.apiKey;

/** Sends a request with `Authorization: Bearer <key>` to a path or to a URL that the API returned. */
export async function call(
	sandbox: Sandbox,
	path: string,
	{
		json,
		form,
		key = keyOf(sandbox),
		...init
	}: {
		method?: 'POST' | 'GET';
		json?: object;
		form?: FormData;
		body?: string;
		key?: string;
		headers?: Record<string, string>;
	} = {},
): Promise<ApiResponse> {
	const url = path.startsWith('http') ? path : sandbox.baseUrl('instantTranscriber') + path;
	const response = await request(url, {
		method: form || json ? 'POST' : (init.method ?? 'GET'),
		body: form ?? (json ? JSON.stringify(json) : init.body),
		headers: { authorization: `Bearer ${key}`, ...(json && { 'content-type': 'application/json' }), ...init.headers },
	});
	const text = await response.body.text();
	const isJson = String(response.headers['content-type']).includes('json');
	return { status: response.statusCode, body: isJson ? JSON.parse(text) : text, text };
}

/** Creates the form that curl sends for `-F "file=@<sample>"`, plus more fields. */
export function formWith(file: string, fields: Record<string, string> = {}): FormData {
	const form = new FormData();
	form.append('file', new Blob([sampleAudio(file)]), file);
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	return form;
}
