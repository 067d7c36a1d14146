import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Between an answer and the next request. More often would keep n8n busy with answering. */
const PAUSE_MS = 5;

/** Requests n8n's health check all the time, to see when n8n's event loop is blocked. */
export interface HealthProbe {
	/** Forgets what was seen so far. */
	start(): Promise<void>;
	/** @returns the longest time between two answers since `start`, in ms */
	longestSilence(): Promise<number>;
	close(): void;
}

/**
 * Starts a probe in a separate process, so that work in this process is not mistaken for silence.
 * @param url of n8n
 */
export async function startHealthProbe(url: string): Promise<HealthProbe> {
	const child = fork(__filename, [`${url}/healthz`]);
	await ask(child, 'start');
	return {
		start: async () => void (await ask(child, 'start')),
		longestSilence: async () => await ask(child, 'longest'),
		close: () => child.kill(),
	};
}

type Question = 'start' | 'longest';

async function ask(child: ChildProcess, question: Question): Promise<number> {
	const answer = once(child, 'message');
	child.send(question);
	const [value] = (await answer) as [number];
	return value;
}

async function probe(url: string): Promise<void> {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	let [last, longest] = [performance.now(), 0];
	const sinceLast = () => performance.now() - last;
	process.on('message', (question: Question) => {
		if (question === 'start') [last, longest] = [performance.now(), 0];
		// An answer that is still due counts, too.
		process.send?.(Math.max(longest, sinceLast()));
	});
	process.on('disconnect', () => process.exit());
	for (;;) {
		if (await isAnswered(url, agent)) {
			longest = Math.max(longest, sinceLast());
			last = performance.now();
		}
		await sleep(PAUSE_MS);
	}
}

async function isAnswered(url: string, agent: Agent): Promise<boolean> {
	return await new Promise((resolve) => {
		get(url, { agent }, (response) => response.resume().once('close', () => resolve(response.complete))).once('error', () => resolve(false));
	});
}

if (require.main === module) void probe(process.argv[2] ?? '');
