import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Pause between a response and the next request. A shorter pause would keep n8n busy responding. */
const PAUSE_MS = 5;

/** The longest time between two responses, in ms. */
export interface Silence {
	/** Elapsed time. On a busy machine, it includes time when other programs used the processor. */
	silenceMs: number;
	/** Processor time of n8n's main thread; NaN if the system doesn't report it. */
	busyMs: number;
}

/** Continuously requests n8n's health check, to detect when n8n's event loop is blocked. */
export interface HealthProbe {
	/** Discards all measurements so far. */
	start(): Promise<void>;
	/** @returns the longest times since `start` */
	longest(): Promise<Silence>;
	close(): void;
}

/** Starts a probe in a separate process, so that work in this process isn't mistaken for a blocked n8n. */
export async function startHealthProbe({ url, pid }: { url: string; pid: number }): Promise<HealthProbe> {
	const child = fork(__filename, [`${url}/healthz`, String(pid)]);
	await ask(child, 'start');
	return {
		start: async () => void (await ask(child, 'start')),
		longest: async () => await ask(child, 'longest'),
		close: () => child.kill(),
	};
}

type Question = 'start' | 'longest';

async function ask(child: ChildProcess, question: Question): Promise<Silence> {
	const reply = once(child, 'message');
	child.send(question);
	const [[silenceMs, busyMs]] = (await reply) as [[number, number | null]];
	return { silenceMs, busyMs: busyMs ?? NaN };
}

async function probe(url: string, pid: string): Promise<void> {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const now = () => [performance.now(), mainThreadMs(pid)] as const;
	let [last, longest] = [now(), [0, 0]];
	const lengthen = () => {
		const current = now();
		longest = longest.map((most, index) => Math.max(most, (current[index] ?? 0) - (last[index] ?? 0)));
		return current;
	};
	process.on('message', (question: Question) => {
		if (question === 'start') [last, longest] = [now(), [0, 0]];
		// Includes the current wait, in case a response is pending.
		else lengthen();
		process.send?.(longest);
	});
	process.on('disconnect', () => process.exit());
	for (;;) {
		if (await isAnswered(url, agent)) last = lengthen();
		await sleep(PAUSE_MS);
	}
}

/** @returns the processor time of a process's main thread, in ms */
function mainThreadMs(pid: string): number {
	try {
		return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
	} catch {
		return NaN;
	}
}

async function isAnswered(url: string, agent: Agent): Promise<boolean> {
	return await new Promise((resolve) => {
		get(url, { agent }, (response) => response.resume().once('close', () => resolve(response.complete))).once(
			'error',
			() => resolve(false),
		);
	});
}

if (require.main === module) void probe(process.argv[2] ?? '', process.argv[3] ?? '');
