import { type Account, startSandbox } from '../../../sandbox';
import { SECRET_HEADER } from '../../../nodes/Transcription/core/redact';
import { exampleTranscript } from '../../../nodes/Transcription/transcript/example';
import { credentialsOf, type N8nInstance, node, type WorkflowNode } from '../../../tools/n8n';
import type { Bench } from '../../bench';
import { openBenchN8n } from '../../n8nInstance';
import { jobsFor } from '../callbacks/jobs';
import { bodyFor } from '../callbacks/receivers';
import { type Chain, chain, publishChains, runChain, splitItems } from './chain';
import { eventOf } from './record';

/** What takes longer with more jobs or items. */
export interface ListCosts {
	title: string;
	/** Time by number of jobs or items, in ms, one value per round. */
	times: Map<number, number[]>;
}

const JOBS = { full: [100, 1_000, 5_000], quick: [20, 100] };
const ITEMS = { full: [10, 100, 1_000], quick: [10, 50] };
const ROUNDS = { full: 3, quick: 1 };
const SEED_BATCH = 1_000;
const SECRET = 'a-secret-for-callbacks';

const ours = (name: string, parameters: Record<string, unknown>): WorkflowNode =>
	node(name, 'n8n-nodes-transcription.transcription', 1, {
		provider: 'assemblyAi',
		resource: 'transcript',
		...parameters,
	});

/** Measures operations whose work depends on the number of jobs or items. Each account has one number of jobs. */
export async function measureLists(bench: Bench): Promise<ListCosts[]> {
	const [jobCounts, itemCounts] = bench.quick ? [JOBS.quick, ITEMS.quick] : [JOBS.full, ITEMS.full];
	const accounts = jobCounts.map((count): Account => ({
		name: `${count} jobs`,
		apiKey: `bench-growth-${count}`,
		balance: 'ok',
	}));
	const sandbox = await startSandbox({ port: 0, jobSeconds: 0, accounts: { assemblyAi: accounts } });
	sandbox.callbacks.addFault({ kind: 'lost', probability: 1 });
	const instance = await openBenchN8n(bench);
	const costs = (title: string): ListCosts => ({ title, times: new Map() });
	const getMany = costs('Get Many with Return All');
	const recoverFirst = costs('Recover Missed, first run after a start');
	const recoverAgain = costs('Recover Missed, next run');
	const exported = costs('Export as SRT');
	const add = ({ times }: ListCosts, count: number, ms: number) => times.set(count, [...(times.get(count) ?? []), ms]);
	try {
		const baseUrl = sandbox.baseUrl('assemblyAi');
		const listers: Lister[] = [];
		for (const [index, count] of jobCounts.entries()) {
			bench.say(`${count} jobs …`);
			const service = { baseUrl, account: accounts[index] as Account };
			const lister = await createLister(instance, service);
			const receiver = { title: '', headers: {}, ...lister };
			const ids = await jobsFor({ sandbox, service, receiver, n8n: instance.n8n, count, real: true });
			for (let start = 0; start < ids.length; start += SEED_BATCH)
				await runChain(instance, lister.acknowledge, ids.slice(start, start + SEED_BATCH).map(eventOf));
			listers.push({ ...lister, count, someId: ids.at(-1) ?? '' });
		}
		const exporting = chain(
			'Request',
			splitItems('Items'),
			ours('Export', { operation: 'export', from: 'item', exportAs: 'files', files: ['srt'] }),
		);
		await publishChains(instance.client, 'Export', [exporting]);
		await runChain(instance, exporting, examples(1));
		for (let round = 0; round < (bench.quick ? ROUNDS.quick : ROUNDS.full); round++) {
			bench.say(`lists, round ${round + 1} …`);
			await instance.n8n.restart();
			for (const lister of listers) {
				await sendCallback(instance, lister);
				// The first run of a workflow compiles code.
				await runChain(instance, exporting, examples(1));
				add(recoverFirst, lister.count, await runChain(instance, lister.recover));
				add(recoverAgain, lister.count, await runChain(instance, lister.recover));
				add(getMany, lister.count, await runChain(instance, lister.getMany));
			}
			for (const count of itemCounts) add(exported, count, await runChain(instance, exporting, examples(count)));
		}
		return [getMany, recoverFirst, recoverAgain, exported];
	} finally {
		await instance.close();
		await sandbox.close();
	}
}

const examples = (count: number) => Array.from({ length: count }, () => exampleTranscript('assemblyAi'));

/** A workflow whose account has a certain number of jobs. */
interface Lister {
	workflowId: string;
	/** Path of the trigger's webhook. */
	path: string;
	acknowledge: Chain;
	recover: Chain;
	getMany: Chain;
	count: number;
	/** The ID of one of the jobs. */
	someId: string;
}

async function createLister(
	{ client }: N8nInstance,
	{ baseUrl, account }: { baseUrl: string; account: Account },
): Promise<Omit<Lister, 'count' | 'someId'>> {
	const credential = await client.createCredential(account.name, 'assemblyAiTranscriptionApi', {
		apiKey: account.apiKey,
		region: 'custom',
		baseUrl,
		webhookSecret: SECRET,
	});
	const using = (one: WorkflowNode) => ({ ...one, credentials: credentialsOf(credential) });
	const trigger = node('Trigger', 'n8n-nodes-transcription.transcriptionTrigger', 1, { provider: 'assemblyAi' });
	const acknowledge = chain('Processed', splitItems('Events'), ours('Acknowledge', { operation: 'acknowledge' }));
	const recover = chain('Schedule', using(ours('Recover', { operation: 'recoverMissed', from: 'list' })));
	const getMany = chain('Request', using(ours('Get Many', { operation: 'getMany', returnAll: true })));
	const workflowId = await publishChains(client, account.name, [acknowledge, recover, getMany], [using(trigger)]);
	return { workflowId, path: `webhook/${workflowId}/assemblyAi`, acknowledge, recover, getMany };
}

/** After a callback, n8n's only process knows that no other one writes to the record. */
async function sendCallback({ n8n }: N8nInstance, { path, someId }: Lister): Promise<void> {
	const { status } = await fetch(`${n8n.url}/${path}?ref=bench`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', [SECRET_HEADER]: SECRET },
		body: bodyFor(someId),
	});
	if (status !== 200) throw new Error(`The trigger responded with ${status}`);
}
