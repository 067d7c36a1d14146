import { FormData, request } from 'undici';

import type { Sandbox } from '../../../sandbox';
import { sampleAudio } from './assemblyAi';

/** A response. Contains the parsed JSON, or the text if it isn't JSON. */
interface ApiResponse {
	status: number;
	/** Untyped because these tests check the shape of responses. */
	body: ReturnType<typeof JSON.parse>;
	type: string;
}

interface Init {
	method?: 'GET' | 'POST' | 'DELETE';
	form?: FormData;
	/** Name of the account. */
	account?: string;
	headers?: Record<string, string>;
}

/** Sends a request as documented by Speechmatics. */
export async function call(
	sandbox: Sandbox,
	path: string,
	{ method = 'GET', form, account = 'main', headers }: Init = {},
): Promise<ApiResponse> {
	const { apiKey } = sandbox.accounts('speechmatics').find(({ name }) => name === account)!;
	const response = await request(sandbox.baseUrl('speechmatics') + path, {
		method,
		headers: { authorization: `Bearer ${apiKey}`, ...headers },
		...(form && { body: form }),
	});
	const text = await response.body.text();
	const type = String(response.headers['content-type'] ?? '');
	return { status: response.statusCode, body: type.includes('json') ? JSON.parse(text) : text, type };
}

/** Creates a minimal job config with the fields that the test sets. */
export function buildConfig(inside: object = {}, beside: object = {}): object {
	return { type: 'transcription', transcription_config: { language: 'en', ...inside }, ...beside };
}

/** Returns the form for a new job: the config and, unless it is fetched by URL, the recording. Source: Speechmatics docs, “Quickstart”. */
export function aForm(config: object | string, sample: string | null = 'voicemail.wav'): FormData {
	const form = new FormData();
	if (sample) form.append('data_file', new File([sampleAudio(sample)], sample, { type: 'audio/wav' }));
	form.append('config', typeof config === 'string' ? config : JSON.stringify(config));
	return form;
}

/** Submits a recording and waits until its job and callbacks are finished. */
export async function finished(
	sandbox: Sandbox,
	config: object = buildConfig(),
	sample: string | null = 'voicemail.wav',
): Promise<string> {
	const { status, body } = await call(sandbox, '/v2/jobs', { method: 'POST', form: aForm(config, sample) });
	expect(status).toBe(201);
	await sandbox.settled();
	return String(body.id);
}
