import { type Account, startSandbox, type Sandbox } from '../../../sandbox';
import { SECRET_HEADER } from '../../../nodes/Transcription/core/redact';
import { type Credential, credentialsOf, type N8nInstance, node, type WorkflowNode } from '../../../tools/n8n';
import type { Bench } from '../../bench';
import { openBenchN8n } from '../../n8nInstance';
import { cpuMs } from '../callbacks/cpu';
import { jobsFor } from '../callbacks/jobs';
import { receiveAll } from '../callbacks/receive';
import { NEXT, type Receiver, type Service } from '../callbacks/receivers';
import { type Chain, chain, publishChains, runChain, splitItems } from './chain';

/** The number of keys that n8n keeps for a workflow. */
export const FULL = 10_000;
/** Numbers of keys in the record. Each acknowledged event takes up two. */
export const SIZES = [0, 1_000, 3_000, FULL] as const;
/** Events that one execution acknowledges. */
export const MANY = 1_000;
/** Jobs in the list that Recover Missed checks. */
export const LISTED = 100;

const ROUNDS = { full: 6, quick: 1 };
/** Callbacks and acknowledgements per round. */
const PER_ROUND = { full: 12, quick: 6 };
const WARM_UP = 12;
/** Events that are acknowledged in one execution while a record is filled. */
const SEED_BATCH = 1_000;

const SECRET = 'a-secret-for-callbacks';

/** What it costs to use a record of one size, one value per round. All times are in ms. */
export interface RecordCosts {
	keys: number;
	/** From a callback's request to the end of its execution. */
	callback: number[];
	/** n8n's processor time per callback. */
	callbackCpu: number[];
	/** An execution that acknowledges one event. */
	acknowledge: number[];
	/** n8n's processor time per execution that acknowledges one event. */
	acknowledgeCpu: number[];
	/** An execution that acknowledges {@link MANY} events. */
	acknowledgeMany: number[];
	/** The first run of Recover Missed after n8n has started, with {@link LISTED} jobs that were all handled. */
	recoverFirst: number[];
	/** A later run of Recover Missed. */
	recoverAgain: number[];
}

const ACCOUNTS = {
	received: { name: 'received', apiKey: 'bench-growth-received', balance: 'ok' },
	listed: { name: 'listed', apiKey: 'bench-growth-listed', balance: 'ok' },
} as const satisfies Record<string, Account>;

interface Testbed {
	instance: N8nInstance;
	sandbox: Sandbox;
	service: Service;
	received: Credential;
	listed: Credential;
}

/** A workflow with its own record. */
interface Recorder {
	receiver: Receiver;
	acknowledge: Chain;
	recover: Chain;
}

export const eventOf = (id: string) => ({ eventId: `assemblyAi:${id}:completed` });
export const randomEvents = (count: number) => Array.from({ length: count }, () => eventOf(crypto.randomUUID()));

/** Measures records of all sizes in the same n8n, in turns. */
export async function measureRecords(bench: Bench): Promise<RecordCosts[]> {
	const accounts = { assemblyAi: [ACCOUNTS.received, ACCOUNTS.listed] };
	const sandbox = await startSandbox({ port: 0, jobSeconds: 0, accounts });
	sandbox.callbacks.addFault({ kind: 'lost', probability: 1 });
	const instance = await openBenchN8n(bench);
	try {
		const baseUrl = sandbox.baseUrl('assemblyAi');
		const credential = async ({ name, apiKey }: Account) =>
			await instance.client.createCredential(name, 'assemblyAiTranscriptionApi', {
				apiKey,
				region: 'custom',
				baseUrl,
				webhookSecret: SECRET,
			});
		const service = { baseUrl, account: ACCOUNTS.received };
		const [received, listed] = [await credential(ACCOUNTS.received), await credential(ACCOUNTS.listed)];
		return await measureIn({ instance, sandbox, service, received, listed }, bench);
	} finally {
		await instance.close();
		await sandbox.close();
	}
}

async function measureIn(testbed: Testbed, bench: Bench): Promise<RecordCosts[]> {
	const { instance, service } = testbed;
	const [rounds, perRound] = [ROUNDS, PER_ROUND].map((one) => (bench.quick ? one.quick : one.full)) as [number, number];
	const all = SIZES.map((keys) => ({ costs: emptyCosts(keys), recorders: [] as Recorder[] }));
	for (const { costs, recorders } of all) {
		bench.say(`a record of ${costs.keys} keys …`);
		const recorder = await createRecorder(testbed, costs.keys);
		recorders.push(recorder);
		await measureOne(testbed, recorder, WARM_UP);
	}
	for (let round = 0; round < rounds; round++) {
		bench.say(`callbacks and acknowledgements, round ${round + 1} …`);
		for (const { costs, recorders } of inTurns(all, round)) {
			const one = await measureOne(testbed, recorders[0] as Recorder, perRound);
			for (const name of Object.keys(one) as Array<keyof typeof one>) costs[name].push(one[name]);
		}
	}
	const listedService = { ...service, account: ACCOUNTS.listed };
	const jobs = await idsOf(testbed, all[0]?.recorders[0] as Recorder, listedService, LISTED);
	for (let round = 0; round < Math.min(rounds, 3); round++) {
		bench.say(`${MANY} acknowledgements at once, round ${round + 1} …`);
		for (const { costs, recorders } of inTurns(all, round)) {
			const recorder = await createRecorder(testbed, costs.keys);
			recorders.push(recorder);
			const events = [...jobs.map(eventOf), ...randomEvents(MANY - jobs.length)];
			costs.acknowledgeMany.push(await runChain(instance, recorder.acknowledge, events));
		}
	}
	for (let round = 1; round < (all[0]?.recorders.length ?? 0); round++) {
		bench.say(`Recover Missed, round ${round} …`);
		await instance.n8n.restart();
		await instance.client.login();
		for (const { costs, recorders } of inTurns(all, round)) {
			const recorder = recorders[round] as Recorder;
			// After a callback, n8n's only process knows that no other one writes to the record.
			await receiveAll(instance, recorder.receiver, await idsOf(testbed, recorder, service, 5), 1);
			costs.recoverFirst.push(await runChain(instance, recorder.recover));
			costs.recoverAgain.push(await runChain(instance, recorder.recover));
		}
	}
	return all.map(({ costs }) => costs);
}

/** Reverses the order in every other round, so that gradual changes affect all sides. */
const inTurns = <T>(all: readonly T[], round: number): readonly T[] => (round % 2 === 0 ? all : [...all].reverse());

const emptyCosts = (keys: number): RecordCosts => ({
	keys,
	callback: [],
	callbackCpu: [],
	acknowledge: [],
	acknowledgeCpu: [],
	acknowledgeMany: [],
	recoverFirst: [],
	recoverAgain: [],
});

async function idsOf({ sandbox, instance }: Testbed, { receiver }: Recorder, service: Service, count: number) {
	return await jobsFor({ sandbox, service, receiver, n8n: instance.n8n, count, real: true });
}

/** Sends callbacks one at a time, and then acknowledges their events one at a time. */
async function measureOne(
	testbed: Testbed,
	recorder: Recorder,
	count: number,
): Promise<
	Pick<RecordCosts, 'callback' | 'callbackCpu' | 'acknowledge' | 'acknowledgeCpu'> extends infer Costs
		? { [Name in keyof Costs]: number }
		: never
> {
	const { instance, service } = testbed;
	const ids = await idsOf(testbed, recorder, service, count);
	const { finished, cpuMs: callbackCpu } = await receiveAll(instance, recorder.receiver, ids, 1);
	const cpuBefore = cpuMs(instance.n8n.pid);
	let acknowledge = 0;
	for (const id of ids) acknowledge += await runChain(instance, recorder.acknowledge, [eventOf(id)]);
	return {
		callback: 1000 / finished,
		callbackCpu,
		acknowledge: acknowledge / count,
		acknowledgeCpu: (cpuMs(instance.n8n.pid) - cpuBefore) / count,
	};
}

/** Creates a published workflow whose record has this many keys. */
async function createRecorder({ instance, received, listed }: Testbed, keys: number): Promise<Recorder> {
	const ours = (name: string, parameters: Record<string, unknown>, credential?: Credential): WorkflowNode => ({
		...node(name, 'n8n-nodes-transcription.transcription', 1, {
			provider: 'assemblyAi',
			resource: 'transcript',
			...parameters,
		}),
		...(credential && { credentials: credentialsOf(credential) }),
	});
	const trigger = {
		...node('Trigger', 'n8n-nodes-transcription.transcriptionTrigger', 1, { provider: 'assemblyAi' }),
		credentials: credentialsOf(received),
	};
	const received_ = { webhook: trigger, nodes: [node(NEXT, 'n8n-nodes-base.noOp', 1, {})] };
	const acknowledge = chain('Processed', splitItems('Events'), ours('Acknowledge', { operation: 'acknowledge' }));
	const recover = chain('Schedule', ours('Recover', { operation: 'recoverMissed', from: 'list' }, listed));
	const title = `Record of ${keys} keys`;
	const workflowId = await publishChains(instance.client, title, [received_, acknowledge, recover]);
	for (let left = keys / 2; left > 0; left -= SEED_BATCH)
		await runChain(instance, acknowledge, randomEvents(Math.min(left, SEED_BATCH)));
	const receiver = {
		title,
		workflowId,
		path: `webhook/${workflowId}/assemblyAi`,
		headers: { [SECRET_HEADER]: SECRET },
	};
	return { receiver, acknowledge, recover };
}
