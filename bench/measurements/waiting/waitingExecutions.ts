import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, type Sandbox, startSandbox } from '../../../sandbox';
import { submitRecording } from '../../../tools/compare/jobs';
import { apiOf } from '../../../tools/compare/testbed';
import { type Plan, publishApproach, type Approach } from '../../../tools/compare/approach';
import { freePorts } from '../../../tools/n8n';
import type { Bench } from '../../bench';
import { openBenchN8n } from '../../n8nInstance';
import type { N8nInstance } from '../../../tools/n8n';
import { type Inspector, inspect, inspectable, type Memory } from './inspector';

/** Memory use of n8n at one moment. */
interface Usage extends Memory {
	/** Size of the database's used pages, in bytes. */
	database: number;
}

/** The cost of many executions that wait at the same time. */
export interface WaitingExecutions {
	/** Number of recordings to submit. */
	jobs: number;
	/** How many of them were submitted in time and waited at the same time. */
	reached: number;
	before: Usage;
	/** While all of them wait. */
	waiting: Usage;
	after: Usage;
	/** Time from the end of all jobs at the service to the end of the last execution, in ms. */
	resumedMs: number;
	/** Executions that succeeded within the time limit. */
	resumed: number;
	/** Number of responses to the callbacks of these jobs, by status or error. */
	callbacks: Record<string, number>;
}

/** Executions that complete before anything is measured. */
export const WARM_UP = 50;
/** Recordings that are submitted concurrently. */
const AT_ONCE = 6;
/** Long enough for the last executions to finish probing themselves, and to release what they keep for ten seconds. */
const SETTLE_MS = 12_000;
const ALL_WITHIN_MS = 240_000;
/** Nothing is submitted after this, because the more executions are in progress, the longer n8n takes to start another one. */
export const FILL_WITHIN_MS = 150_000;
const POLL_INTERVAL_MS = 500;
/** Callbacks that the service sends concurrently. */
export const CALLBACKS_AT_ONCE = 8;
const CALLBACK_POLL_MS = 5;

const ACCOUNT: Account = { name: 'bench', apiKey: 'bench-waiting-key', balance: 'ok' };

/** Takes all measurements in a fresh n8n. @param status the status of waiting executions */
export async function measureWaitingExecutions({
	jobs,
	plan,
	status,
	bench,
}: {
	jobs: number;
	plan: Plan;
	status: 'waiting' | 'running';
	bench: Bench;
}): Promise<WaitingExecutions> {
	const [port = 0] = await freePorts(1);
	const sandbox = await startSandbox({ port: 0, jobSeconds: 0, accounts: { assemblyAi: [ACCOUNT] } });
	const instance = await openBenchN8n(bench, { env: { NODE_OPTIONS: inspectable(port) } });
	const inspector = await inspect(instance.n8n.pid, port);
	try {
		const { client, n8n } = instance;
		const context = {
			client,
			baseUrl: apiOf(sandbox),
			account: ACCOUNT,
			source: 'url' as const,
			publicUrl: `${n8n.url}/`,
		};
		const approach = await publishApproach(plan, context);
		const measureUsage = async (): Promise<Usage> => ({
			...(await inspector.memory()),
			database: await databaseBytes(inspector, instance),
		});
		const setup = { instance, sandbox, approach, status };
		bench.say(`${WARM_UP} executions to warm up …`);
		await fill(setup, WARM_UP);
		const early = await release(setup, WARM_UP);
		await sleep(SETTLE_MS);
		const before = await measureUsage();
		bench.say(`${jobs} executions that wait: ${plan.title} …`);
		const reached = await fill(setup, jobs);
		await sleep(SETTLE_MS);
		const waiting = await measureUsage();
		const sent = sandbox.callbacks.deliveries().length;
		bench.say('their jobs end …');
		const { ms, succeeded } = await release(setup, sandbox.jobs.list().length);
		await sleep(SETTLE_MS);
		const callbacks = countResponses(sandbox, sent);
		return {
			jobs,
			reached,
			before,
			waiting,
			after: await measureUsage(),
			resumedMs: ms,
			resumed: succeeded - early.succeeded,
			callbacks,
		};
	} finally {
		inspector.close();
		await instance.close();
		await sandbox.close();
	}
}

interface Setup {
	instance: N8nInstance;
	sandbox: Sandbox;
	approach: Approach;
	status: 'waiting' | 'running';
}

/** Submits recordings whose jobs don't end, so that `count` executions wait, or fewer at the time limit. @returns how many wait */
async function fill({ instance, sandbox, approach, status }: Setup, count: number): Promise<number> {
	sandbox.jobs.hold();
	const before = sandbox.jobs.list().length;
	const limit = Date.now() + FILL_WITHIN_MS;
	let submitted = 0;
	const lane = async () => {
		while (submitted < count && Date.now() < limit) {
			submitted++;
			await submitRecording({ n8n: instance.n8n, sandbox }, approach);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, lane));
	await pollUntil(
		async () =>
			sandbox.jobs.list().length === before + submitted &&
			(await instance.client.countExecutions(approach.workflowId, status)) === submitted,
	);
	return await instance.client.countExecutions(approach.workflowId, status);
}

/** Final statuses of executions. */
const ENDED = ['success', 'error', 'crashed', 'canceled'] as const;

/**
 * Ends the jobs, a few at a time as their callbacks are answered, and waits for the executions.
 * @param count number of executions to wait for, successful or not
 * @returns how many succeeded
 */
async function release(
	{ instance, sandbox, approach }: Setup,
	count: number,
): Promise<{ ms: number; succeeded: number }> {
	const startedAt = Date.now();
	const held = sandbox.jobs
		.list()
		.filter(({ status }) => status !== 'completed')
		.map(({ id }) => id);
	const lane = async () => {
		for (let id = held.shift(); id !== undefined; id = held.shift()) {
			sandbox.jobs.release(id);
			await sandbox.jobs.finished(id);
			while (sandbox.callbacks.deliveries(id).some(({ state }) => state === 'sending')) await sleep(CALLBACK_POLL_MS);
		}
	};
	await Promise.all(Array.from({ length: CALLBACKS_AT_ONCE }, lane));
	await pollUntil(async () => (await instance.client.countExecutions(approach.workflowId, ...ENDED)) === count);
	return {
		ms: Date.now() - startedAt,
		succeeded: await instance.client.countExecutions(approach.workflowId, 'success'),
	};
}

/** Polls until the condition is met, or until the time limit. */
async function pollUntil(condition: () => Promise<boolean>): Promise<void> {
	for (const limit = Date.now() + ALL_WITHIN_MS; Date.now() < limit;) {
		if (await condition()) return;
		await sleep(POLL_INTERVAL_MS);
	}
}

/** Returns the size of the database's used pages, including those that are still in the journal. */
async function databaseBytes(inspector: Inspector, { n8n }: N8nInstance): Promise<number> {
	const file = JSON.stringify(join(n8n.userFolder, '.n8n', 'database.sqlite'));
	return await inspector.evaluate<number>(`(() => {
		const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
		const database = new DatabaseSync(${file}, { readOnly: true });
		const read = (name) => Object.values(database.prepare('PRAGMA ' + name).get())[0];
		const bytes = (read('page_count') - read('freelist_count')) * read('page_size');
		database.close();
		return bytes;
	})()`);
}

function countResponses(sandbox: Sandbox, from: number): Record<string, number> {
	const responses: Record<string, number> = {};
	for (const { attempts } of sandbox.callbacks.deliveries().slice(from)) {
		for (const { status, error } of attempts) {
			const response = String(status ?? error);
			responses[response] = (responses[response] ?? 0) + 1;
		}
	}
	return responses;
}
