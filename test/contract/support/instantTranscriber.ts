import { FormData, request } from 'undici';

import type { Sandbox } from '../../../sandbox';
import { sampleAudio } from './assemblyAi';

/** There is no SDK: the requests are those that the service's pages show as curl commands. */
interface Answer {
	status: number;
	// eslint-disable-next-line @typescript-eslint/no-explicit-any
	body: any;
	text: string;
}

export const keyOf = (sandbox: Sandbox, account = 'main') =>
	sandbox.accounts('instantTranscriber').find(({ name }) => name === account)!.apiKey;

/** A request with `Authorization: Bearer <key>`, to a path or to a URL that the service gave. */
export async function call(
	sandbox: Sandbox,
	path: string,
	{ json, form, key = keyOf(sandbox), ...init }: { method?: 'POST' | 'GET'; json?: object; form?: FormData; body?: string; key?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
	const url = path.startsWith('http') ? path : sandbox.baseUrl('instantTranscriber') + path;
	const answer = await request(url, {
		method: form || json ? 'POST' : (init.method ?? 'GET'),
		body: form ?? (json ? JSON.stringify(json) : init.body),
		headers: { authorization: `Bearer ${key}`, ...(json && { 'content-type': 'application/json' }), ...init.headers },
	});
	const text = await answer.body.text();
	const isJson = String(answer.headers['content-type']).includes('json');
	return { status: answer.statusCode, body: isJson ? JSON.parse(text) : text, text };
}

/** `-F "file=@<sample>"` and more fields. */
export function formWith(file: string, fields: Record<string, string> = {}): FormData {
	const form = new FormData();
	form.append('file', new Blob([sampleAudio(file)]), file);
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	return form;
}
