import { FormData, request } from 'undici';

import type { Sandbox } from '../../../sandbox';
import { sampleAudio } from './assemblyAi';

/** An answer: its JSON, or its text where it is none. */
interface Answer {
	status: number;
	/** Unchecked: the shape of answers is what these tests are about. */
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

/** A request as Speechmatics' documentation has it. */
export async function call(sandbox: Sandbox, path: string, { method = 'GET', form, account = 'main', headers }: Init = {}): Promise<Answer> {
	const { apiKey } = sandbox.accounts('speechmatics').find(({ name }) => name === account)!;
	const answer = await request(sandbox.baseUrl('speechmatics') + path, {
		method,
		headers: { authorization: `Bearer ${apiKey}`, ...headers },
		...(form && { body: form }),
	});
	const text = await answer.body.text();
	const type = String(answer.headers['content-type'] ?? '');
	return { status: answer.statusCode, body: type.includes('json') ? JSON.parse(text) : text, type };
}

/** A job's config: the least that is needed, and what the test says. */
export function aConfig(inside: object = {}, beside: object = {}): object {
	return { type: 'transcription', transcription_config: { language: 'en', ...inside }, ...beside };
}

/** The form of a submit (Speechmatics docs, “Quickstart”): config and, unless it is fetched, the recording. */
export function aForm(config: object | string, sample: string | null = 'voicemail.wav'): FormData {
	const form = new FormData();
	if (sample) form.append('data_file', new File([sampleAudio(sample)], sample, { type: 'audio/wav' }));
	form.append('config', typeof config === 'string' ? config : JSON.stringify(config));
	return form;
}

/** Submits a recording, and waits until everything that follows is over. */
export async function finished(sandbox: Sandbox, config: object = aConfig(), sample: string | null = 'voicemail.wav'): Promise<string> {
	const { status, body } = await call(sandbox, '/v2/jobs', { method: 'POST', form: aForm(config, sample) });
	expect(status).toBe(201);
	await sandbox.settled();
	return String(body.id);
}
