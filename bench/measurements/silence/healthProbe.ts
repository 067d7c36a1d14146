import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Between an answer and the next request. More often would keep n8n busy with answering. */
const PAUSE_MS = 5;

/** The longest stretches between two answers, in ms. */
export interface Silence {
	/** By the clock. On a busy machine that includes the time in which other programs had the processor. */
	silenceMs: number;
	/** What n8n's main thread spent on the processor; NaN where the system doesn't report it. */
	busyMs: number;
}

/** Requests n8n's health check all the time, to see when n8n's event loop is blocked. */
export interface HealthProbe {
	/** Forgets what was seen so far. */
	start(): Promise<void>;
	/** @returns the longest stretches since `start` */
	longest(): Promise<Silence>;
	close(): void;
}

/** Starts a probe in a separate process, so that work in this process is not mistaken for silence. */
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
	const answer = once(child, 'message');
	child.send(question);
	const [[silenceMs, busyMs]] = (await answer) as [[number, number | null]];
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
		// An answer that is still due counts, too.
		else lengthen();
		process.send?.(longest);
	});
	process.on('disconnect', () => process.exit());
	for (;;) {
		if (await isAnswered(url, agent)) last = lengthen();
		await sleep(PAUSE_MS);
	}
}

/** @returns the time that the main thread of a process has spent on the processor, in ms */
function mainThreadMs(pid: string): number {
	try {
		return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
	} catch {
		return NaN;
	}
}

async function isAnswered(url: string, agent: Agent): Promise<boolean> {
	return await new Promise((resolve) => {
		get(url, { agent }, (response) => response.resume().once('close', () => resolve(response.complete))).once('error', () => resolve(false));
	});
}

if (require.main === module) void probe(process.argv[2] ?? '', process.argv[3] ?? '');
