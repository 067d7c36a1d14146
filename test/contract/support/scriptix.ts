import { FormData, request } from 'undici';

import type { Sandbox } from '../../../sandbox';
import { sampleAudio } from './assemblyAi';

export const SESSIONS = '/api/v3/speech-to-text/session';
export const SAMPLE = 'voicemail.wav';

export interface ApiResponse {
	status: number;
	// eslint-disable-next-line @typescript-eslint/no-explicit-any
	body: any;
}

interface Init {
	method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
	headers?: Record<string, string>;
	json?: unknown;
	form?: FormData;
	body?: Buffer | string;
	/** Name of the account. If `null`, no key is sent. */
	account?: string | null;
}

/** Sends a request to the simulated Scriptix API, with the key in the header that the docs show for the path. */
export async function call(
	sandbox: Sandbox,
	path: string,
	{ account = 'main', json, form, body, ...init }: Init = {},
): Promise<ApiResponse> {
	const key = sandbox.accounts('scriptix').find(({ name }) => name === account)?.apiKey;
	const { statusCode, body: response } = await request(
		path.startsWith('http') ? path : sandbox.baseUrl('scriptix') + path,
		{
			...init,
			headers: {
				...(key && (path.startsWith(SESSIONS) ? { 'x-zoom-s2t-key': key } : { authorization: `Bearer ${key}` })),
				...(json !== undefined && { 'content-type': 'application/json' }),
				...init.headers,
			},
			body: json !== undefined ? JSON.stringify(json) : (form ?? body),
		},
	);
	const text = await response.text();
	return { status: statusCode, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text };
}

/** Creates the form from the docs' curl example: `-F` for each pair, then `-F "audio_file=@audio.mp3"`. */
export function uploadForm(
	fields: Record<string, string>,
	file: Blob | null = new Blob([sampleAudio(SAMPLE)]),
): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	if (file) form.append('audio_file', file, 'audio.wav');
	return form;
}

/** Creates a session, requests an upload URL, and uploads the file, as documented. @returns the session's ID */
export async function uploadedSession(sandbox: Sandbox, fields: object = {}): Promise<string> {
	const created = await call(sandbox, SESSIONS, {
		method: 'POST',
		json: { language: 'en', document: { document_type: 'document' }, ...fields },
	});
	const id = created.body.result.session_id as string;
	const place = await call(sandbox, `${SESSIONS}/${id}/upload-url`, { method: 'POST' });
	const headers = { 'x-ms-blob-type': 'BlockBlob' };
	await call(sandbox, place.body.result.upload_url as string, {
		method: 'PUT',
		headers,
		body: sampleAudio(SAMPLE),
		account: null,
	});
	return id;
}
