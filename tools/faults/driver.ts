import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../sandbox';
import type { Pipeline } from './workflow';

/** A recording that somebody hands in. */
export interface Recording {
	id: string;
	pipeline: Pipeline;
	/** `taken`: n8n said so; `unknown`: the answer was lost, so that it is not handed in again. */
	state: 'waiting' | 'taken' | 'unknown';
}

/** Short ones: this is about arriving, not about speech. */
const SAMPLES = ['thank-you.wav', 'interview-de.mp3'];

/** Where the service, or n8n, gets a recording: each has an address of its own, by which downloads can be told apart. */
export function audioUrlOf(sandbox: Sandbox, { id }: Recording): string {
	const sample = SAMPLES[Number(id.split('-').at(-1)) % SAMPLES.length] ?? '';
	return `${sandbox.origin}/samples/${sample}?recording=${id}`;
}

/**
 * n8n, or the proxy before it, says that nobody has seen the request. For some seconds while n8n starts it answers 404 to
 * everything, or 200 in words of its own.
 */
export const CERTAIN_REFUSAL = /is not registered|No process of n8n takes such requests|Cannot POST|Database is not ready|n8n is starting up/;

/**
 * Hands a recording in, once: submitting costs money. Only a refusal that is certain, since nobody listened, is followed
 * by another try.
 */
export async function submitRecording(baseUrl: string, sandbox: Sandbox, recording: Recording, signal: AbortSignal): Promise<void> {
	while (!signal.aborted) {
		const outcome = await attempt(`${baseUrl}/webhook/${recording.pipeline.startPath}`, {
			recording: recording.id,
			audioUrl: audioUrlOf(sandbox, recording),
		});
		if (outcome !== 'refused') {
			recording.state = outcome;
			return;
		}
		await sleep(500);
	}
}

/** Posts once. @returns `unknown` if n8n may have taken it */
export async function attempt(url: string, body: object): Promise<'taken' | 'unknown' | 'refused'> {
	try {
		const answer = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
			signal: AbortSignal.timeout(60_000),
		});
		const text = await answer.text();
		if (CERTAIN_REFUSAL.test(text)) return 'refused';
		return answer.ok ? 'taken' : 'unknown';
	} catch (error) {
		const code = ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code;
		return code === 'ECONNREFUSED' ? 'refused' : 'unknown';
	}
}
