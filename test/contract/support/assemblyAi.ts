import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { AssemblyAI } from 'assemblyai';

import type { Sample, Sandbox } from '../../../sandbox';

const SAMPLES = join(__dirname, '..', '..', '..', 'samples');

/** Full path of a sample recording. */
export const samplePath = (file: string) => join(SAMPLES, file);

/** Returns the content of a sample recording. */
export const sampleAudio = (file: string) => readFileSync(samplePath(file));

/** Returns the transcript of a sample recording. */
export const sampleTruth = (file: string) =>
	JSON.parse(readFileSync(samplePath(file.replace(/\.\w+$/, '.json')), 'utf8')) as Sample;

/** Returns the official SDK, connected to the sandbox with the key of a sandbox account. */
export function sdk(sandbox: Sandbox, account = 'main'): AssemblyAI {
	const { apiKey } = sandbox.accounts('assemblyAi').find(({ name }) => name === account)!;
	return new AssemblyAI({ apiKey, baseUrl: sandbox.baseUrl('assemblyAi') });
}

/** By default, the SDK polls every three seconds. */
export const QUICKLY = { pollingInterval: 10 };

/** Sends a request that the SDK would not send, or whose response it would not expose. */
export function call(
	sandbox: Sandbox,
	path: string,
	init: { method?: string; body?: string; key?: string } = {},
): Promise<Response> {
	const { key = sandbox.accounts('assemblyAi')[0]!.apiKey, ...rest } = init;
	return fetch(sandbox.baseUrl('assemblyAi') + path, {
		...rest,
		headers: { authorization: key, 'content-type': 'application/json' },
	});
}
