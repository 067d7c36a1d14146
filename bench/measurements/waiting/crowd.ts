import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, type Sandbox, startSandbox } from '../../../sandbox';
import { handIn } from '../../../tools/compare/jobs';
import { apiOf } from '../../../tools/compare/site';
import { type Plan, publishWay, type Way } from '../../../tools/compare/way';
import { freePorts } from '../../../tools/n8n';
import type { Bench } from '../../bench';
import { countExecutions } from '../../executions';
import { type House, openHouse } from '../../house';
import { type Inspector, inspect, inspectable, type Memory } from './inspector';

/** At this moment. */
export interface Weight extends Memory {
	/** What stands in the database, in bytes. */
	database: number;
}

/** What many executions cost that wait at the same time. */
export interface Crowd {
	/** To be handed in. */
	jobs: number;
	/** Of these, so many were handed in in time and waited at the same time. */
	gathered: number;
	before: Weight;
	/** While all of them wait. */
	waiting: Weight;
	after: Weight;
	/** From the end of all jobs at the service to the end of the last execution, in ms. */
	resumedMs: number;
	/** Executions that ended well, within the time there was. */
	resumed: number;
	/** Answers to the callbacks of these jobs, by status or kind of trouble. */
	callbacks: Record<string, number>;
}

/** Executions that come and go before anything is measured. */
export const WARM_UP = 50;
/** Handed in at the same time. */
const AT_ONCE = 6;
/** Until the messages of the last executions to themselves are over, and what they kept for ten seconds. */
const SETTLE_MS = 12_000;
const ALL_WITHIN_MS = 240_000;
/** Nothing is handed in after that: n8n takes ever longer to begin with executions that keep running. */
export const FILL_WITHIN_MS = 150_000;
const LOOK_MS = 500;
/** So many callbacks the service has under way at the same time. */
export const CALLBACKS_AT_ONCE = 8;
const CALLBACK_LOOK_MS = 5;

const ACCOUNT: Account = { name: 'bench', apiKey: 'bench-waiting-key', balance: 'ok' };

/** In a fresh n8n. @param status that executions have while they wait */
export async function gather({ jobs, plan, status, bench }: { jobs: number; plan: Plan; status: 'waiting' | 'running'; bench: Bench }): Promise<Crowd> {
	const [port = 0] = await freePorts(1);
	const sandbox = await startSandbox({ port: 0, jobSeconds: 0, accounts: { assemblyAi: [ACCOUNT] } });
	const house = await openHouse(bench, { env: { NODE_OPTIONS: inspectable(port) } });
	const inspector = await inspect(house.n8n.pid, port);
	try {
		const { client, n8n } = house;
		const place = { client, baseUrl: apiOf(sandbox), account: ACCOUNT, source: 'url' as const, publicUrl: `${n8n.url}/` };
		const way = await publishWay(plan, place);
		const weigh = async (): Promise<Weight> => ({ ...(await inspector.memory()), database: await databaseBytes(inspector, house) });
		const scene = { house, sandbox, way, status };
		bench.say(`${WARM_UP} executions to warm up …`);
		await fill(scene, WARM_UP);
		const early = await release(scene, WARM_UP);
		await sleep(SETTLE_MS);
		const before = await weigh();
		bench.say(`${jobs} executions that wait: ${plan.title} …`);
		const gathered = await fill(scene, jobs);
		await sleep(SETTLE_MS);
		const waiting = await weigh();
		const sent = sandbox.callbacks.deliveries().length;
		bench.say('their jobs end …');
		const { ms, succeeded } = await release(scene, sandbox.jobs.list().length);
		await sleep(SETTLE_MS);
		const callbacks = answersIn(sandbox, sent);
		return { jobs, gathered, before, waiting, after: await weigh(), resumedMs: ms, resumed: succeeded - early.succeeded, callbacks };
	} finally {
		inspector.close();
		await house.close();
		await sandbox.close();
	}
}

interface Scene {
	house: House;
	sandbox: Sandbox;
	way: Way;
	status: string;
}

/** Hands recordings in, so that as many executions wait for jobs that do not end, or fewer when time is over. @returns how many do */
async function fill({ house, sandbox, way, status }: Scene, count: number): Promise<number> {
	sandbox.jobs.hold();
	const before = sandbox.jobs.list().length;
	const limit = Date.now() + FILL_WITHIN_MS;
	let handedIn = 0;
	const lane = async () => {
		while (handedIn < count && Date.now() < limit) {
			handedIn++;
			await handIn({ n8n: house.n8n, sandbox }, way);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, lane));
	await lookUntil(async () => sandbox.jobs.list().length === before + handedIn && (await countExecutions(house.client, way.workflowId, status)) === handedIn);
	return await countExecutions(house.client, way.workflowId, status);
}

/** How the executions of a way have ended. */
const ENDED = ['success', 'error', 'crashed', 'canceled'];

/**
 * Lets the jobs end, a few at a time as their callbacks are answered, and waits for the executions.
 * @param count how many of them shall have ended then, well or not
 * @returns how many have ended well
 */
async function release({ house, sandbox, way }: Scene, count: number): Promise<{ ms: number; succeeded: number }> {
	const begun = Date.now();
	const held = sandbox.jobs.list().filter(({ status }) => status !== 'completed').map(({ id }) => id);
	const lane = async () => {
		for (let id = held.shift(); id !== undefined; id = held.shift()) {
			sandbox.jobs.release(id);
			await sandbox.jobs.finished(id);
			while (sandbox.callbacks.deliveries(id).some(({ state }) => state === 'sending')) await sleep(CALLBACK_LOOK_MS);
		}
	};
	await Promise.all(Array.from({ length: CALLBACKS_AT_ONCE }, lane));
	await lookUntil(async () => (await countExecutions(house.client, way.workflowId, ...ENDED)) === count);
	return { ms: Date.now() - begun, succeeded: await countExecutions(house.client, way.workflowId, 'success') };
}

/** Gives up when its time is over. */
async function lookUntil(isSo: () => Promise<boolean>): Promise<void> {
	for (const limit = Date.now() + ALL_WITHIN_MS; Date.now() < limit; ) {
		if (await isSo()) return;
		await sleep(LOOK_MS);
	}
}

/** Of its pages those in use, also those that still stand in the journal. */
async function databaseBytes(inspector: Inspector, { n8n }: House): Promise<number> {
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

function answersIn(sandbox: Sandbox, from: number): Record<string, number> {
	const answers: Record<string, number> = {};
	for (const { attempts } of sandbox.callbacks.deliveries().slice(from)) {
		for (const { status, error } of attempts) {
			const answer = String(status ?? error);
			answers[answer] = (answers[answer] ?? 0) + 1;
		}
	}
	return answers;
}
