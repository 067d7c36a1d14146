import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Sandbox } from '../../../sandbox';
import { freePorts, type N8nInstance } from '../../../tools/n8n';
import type { Bench } from '../../bench';
import { openBenchN8n } from '../../n8nInstance';
import { jobsFor } from '../callbacks/jobs';
import { bodyFor, createFromBuiltInNodes, createTrigger, type Receiver, type Service } from '../callbacks/receivers';
import { type Inspector, inspect, inspectable } from '../waiting/inspector';
import { type Peaks, watchPeaks } from './processUsage';
import type { Burst, Responses } from './sender';

/** Requests without a response after this time count as unanswered. */
const TIMEOUT_MS = 180_000;
/** The longest time for the executions that a burst started. */
const SETTLE_WITHIN_MS = 240_000;
const POLL_INTERVAL_MS = 1_000;

/** A receiver in an n8n of its own, with its settings. */
export interface Side {
	title: string;
	receiver: 'ours' | 'builtIn';
	/** Settings of n8n that differ from the default. */
	env?: Record<string, string>;
}

/** What happened in one try. */
export interface Try {
	/** Why n8n ended, e.g. `SIGKILL`, if it did. */
	ended?: string;
	responses: Responses;
	peaks: Peaks;
	/** The longest time for which n8n's event loop was blocked, in ms, if n8n survived. */
	blockedMs?: number;
	/** Executions that succeeded. */
	succeeded: number;
	/** From the first request to the end of the last execution, in ms. */
	totalMs: number;
	/** The end of n8n's log, if it ended. */
	log?: string;
}

/** An n8n that receives the bursts of one side. It is started again if it ends. */
export interface Target {
	try(): Promise<Try>;
	close(): Promise<void>;
}

/** @param count callbacks per burst */
export async function openTarget(
	bench: Bench,
	{ sandbox, service }: { sandbox: Sandbox; service: Service },
	side: Side,
	count: number,
): Promise<Target> {
	const [port = 0] = await freePorts(1);
	const instance = await openBenchN8n(bench, { env: { NODE_OPTIONS: inspectable(port), ...side.env } });
	const { n8n, client } = instance;
	const create = side.receiver === 'ours' ? createTrigger : createFromBuiltInNodes;
	const receiver = await create(client, service, side.receiver === 'ours');
	const ids = async (wanted: number) => await jobsFor({ sandbox, service, receiver, n8n, count: wanted, real: true });
	await sendFromProcess(burstOf(instance, receiver, await ids(1)));
	let [inspector, lastEnd] = [await inspect(n8n.pid, port), undefined as string | undefined];
	return {
		async try() {
			if (lastEnd !== undefined) {
				await n8n.restart();
				inspector = await inspect(n8n.pid, port);
			}
			const result = await tryOnce(instance, receiver, inspector, await ids(count));
			lastEnd = result.ended;
			return result;
		},
		async close() {
			inspector.close();
			await instance.close();
		},
	};
}

async function tryOnce(
	instance: N8nInstance,
	receiver: Receiver,
	inspector: Inspector,
	ids: readonly string[],
): Promise<Try> {
	const { n8n, client } = instance;
	await client.signIn();
	let ended: string | undefined;
	void n8n.ended.then((reason) => (ended = reason));
	const countOf = async (...status: Parameters<typeof client.countExecutions>[1][]) =>
		await client.countExecutions(receiver.workflowId, ...status);
	const [succeededBefore, endedBefore] = [await countOf('success'), await countOf('success', 'error', 'crashed')];
	await inspector.evaluate(`void (globalThis.benchDelay = process.getBuiltinModule('node:perf_hooks')
		.monitorEventLoopDelay({ resolution: 10 })).enable()`);
	const watch = watchPeaks(n8n.pid);
	const startedAt = Date.now();
	const responses = await sendFromProcess(burstOf(instance, receiver, ids));
	const accepted = responses.counts['200'] ?? 0;
	let totalMs = Date.now() - startedAt;
	let succeeded = 0;
	for (const limit = Date.now() + SETTLE_WITHIN_MS; ended === undefined && Date.now() < limit;) {
		// While n8n is busy, it may not respond.
		const done = await countOf('success', 'error', 'crashed').catch(() => endedBefore);
		totalMs = Date.now() - startedAt;
		if (done - endedBefore >= accepted) break;
		await sleep(POLL_INTERVAL_MS);
	}
	if (ended === undefined) succeeded = (await countOf('success').catch(() => succeededBefore)) - succeededBefore;
	const blockedMs =
		ended === undefined
			? await inspector.evaluate<number>('benchDelay.disable(), benchDelay.max / 1e6').catch(() => undefined)
			: undefined;
	return {
		...(ended !== undefined && { ended, log: n8n.logs().slice(-3000) }),
		responses,
		peaks: watch.stop(),
		...(blockedMs !== undefined && { blockedMs }),
		succeeded,
		totalMs,
	};
}

const burstOf = ({ n8n }: N8nInstance, { path, headers }: Receiver, ids: readonly string[]): Burst => ({
	url: `${n8n.url}/${path}?ref=bench`,
	headers,
	bodies: ids.map(bodyFor),
	timeoutMs: TIMEOUT_MS,
});

/** Sends a burst from a separate process, so that sending doesn't slow down the service. */
async function sendFromProcess(burst: Burst): Promise<Responses> {
	const folder = mkdtempSync(join(tmpdir(), 'transcription-burst-'));
	try {
		const file = join(folder, 'burst.json');
		writeFileSync(file, JSON.stringify(burst));
		const program = join(__dirname, 'program.ts');
		const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, program, file], {
			maxBuffer: 2 ** 26,
		});
		return JSON.parse(stdout) as Responses;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
