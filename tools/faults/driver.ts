import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../sandbox';
import type { Pipeline } from './workflow';

/** A recording to be transcribed. */
export interface Recording {
	id: string;
	pipeline: Pipeline;
	/** `accepted`: n8n confirmed it; `unknown`: the response was lost, so the recording isn't submitted again. */
	state: 'waiting' | 'accepted' | 'unknown';
}

/** Short samples, because only delivery matters here. */
const SAMPLES = ['thank-you.wav', 'interview-de.mp3'];

/** Returns the URL from which the service or n8n downloads a recording. Each recording has its own URL, so downloads can be counted per recording. */
function audioUrlOf(sandbox: Sandbox, { id }: Recording): string {
	const sample = SAMPLES[Number(id.split('-').at(-1)) % SAMPLES.length] ?? '';
	return `${sandbox.origin}/samples/${sample}?recording=${id}`;
}

/**
 * Responses from n8n or the proxy that prove no execution was started. While n8n starts, it answers every request with
 * 404, or with 200 and one of these texts, for a few seconds.
 */
export const NOT_STARTED =
	/is not registered|No n8n process is available|Cannot POST|Database is not ready|n8n is starting up/;

/**
 * Posts a recording to its workflow once, because a submit costs money. The request is only repeated if it is certain
 * that no execution was started.
 */
export async function submitRecording(
	baseUrl: string,
	sandbox: Sandbox,
	recording: Recording,
	signal: AbortSignal,
): Promise<void> {
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

/** Posts once. @returns `unknown` if n8n may have accepted it */
export async function attempt(url: string, body: object): Promise<'accepted' | 'unknown' | 'refused'> {
	try {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
			signal: AbortSignal.timeout(60_000),
		});
		const text = await response.text();
		if (NOT_STARTED.test(text)) return 'refused';
		return response.ok ? 'accepted' : 'unknown';
	} catch (error) {
		const code = ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code;
		return code === 'ECONNREFUSED' ? 'refused' : 'unknown';
	}
}
