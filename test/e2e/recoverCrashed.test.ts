import { type Execution, outputOf, type RunningN8n, type Workflow } from '../../tools/n8n';
import {
	crash,
	credentialsOf,
	MINUTES,
	node,
	providerOf,
	sample,
	type Testbed as AnyTestbed,
	useOwnTestbeds,
} from './harness';
import { PROFILES } from './profiles';
import type { ProviderProfile } from './profiles/profile';

/** Services that list jobs and return their callback URLs. */
const ECHOING = PROFILES.filter((profile) => providerOf(profile).echoesCallbackUrl && providerOf(profile).listing);

type Testbed = AnyTestbed<RunningN8n>;

const testbedOf = useOwnTestbeds(ECHOING);

const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
const webhook = () =>
	node('Start', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: crypto.randomUUID(), options: {} });

async function eventually<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
	const deadline = Date.now() + 5 * MINUTES;
	for (;;) {
		const found = await ask();
		if (found !== undefined && found !== false) return found;
		if (Date.now() > deadline) throw new Error(`Waited five minutes: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 150));
	}
}

/** Publishes a workflow with Start and the given chain of nodes. */
async function published(testbed: Testbed, name: string, chain: Workflow['nodes'], settings = {}): Promise<Workflow> {
	const all = [webhook(), ...chain];
	const connections = Object.fromEntries(all.slice(1).map(({ name: next }, index) => [all[index]!.name, to(next)]));
	const workflow = await testbed.client.createWorkflow({
		name,
		settings: { executionOrder: 'v1', ...settings },
		nodes: all,
		connections,
	});
	await testbed.client.publish(workflow.id);
	return workflow;
}

/** Starts an execution of a published workflow with the given number of recordings. */
async function started(testbed: Testbed, workflow: Workflow, recordings = 1): Promise<string> {
	const before = new Set((await testbed.client.listExecutions(workflow.id)).map(({ id }) => id));
	const path = String(workflow.nodes.find(({ name }) => name === 'Start')?.parameters.path);
	await fetch(`${testbed.n8n.url}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ items: Array(recordings).fill({}) }),
	});
	return await eventually(
		'no execution began',
		async () => (await testbed.client.listExecutions(workflow.id)).find(({ id }) => !before.has(id))?.id,
	);
}

const reached = async (testbed: Testbed, id: string, status: string) =>
	await eventually(
		`execution ${id} is not ${status}`,
		async () => (await testbed.client.getExecution(id)).status === status || undefined,
	);

const jobsOf = (testbed: Testbed) => testbed.sandbox.jobs.list().map(({ id }) => id);

/** An execution of Submit and Wait, and the jobs that it submitted. */
async function submitted(
	testbed: Testbed,
	name: string,
	{ recordings = 1, initialPoll = 0, next = [] as Workflow['nodes'], settings = {} } = {},
) {
	const before = jobsOf(testbed).length;
	const wait = node('Wait', 'n8n-nodes-transcription.transcription', 1, {
		provider: testbed.profile.provider,
		resource: 'transcription',
		operation: 'submitAndWait',
		source: 'url',
		audioUrl: `${testbed.sandbox.origin}/samples/${sample(testbed.sandbox).file}`,
		metadata: { pair: [{ key: 'contactId', value: '4711' }] },
		options: { ...testbed.profile.options, initialPoll },
	});
	const items = node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.items', options: {} });
	const workflow = await published(
		testbed,
		name,
		[items, { ...wait, credentials: credentialsOf(testbed.credential) }, ...next],
		settings,
	);
	const id = await started(testbed, workflow, recordings);
	const jobs = await eventually(`${name} submitted nothing`, () =>
		jobsOf(testbed).length === before + recordings ? jobsOf(testbed).slice(before) : undefined,
	);
	return { id, workflow, jobs };
}

/** Prepares executions of all kinds whose jobs finished but whose callbacks were lost, and one in its initial poll. */
async function prepare(testbed: Testbed) {
	const n8nsWait = node('n8n’s Wait', 'n8n-nodes-base.wait', 1.1, {
		resume: 'webhook',
		httpMethod: 'POST',
		options: {},
	});
	// A repeated callback would resume n8n's Wait node, which accepts any request to the execution's URL.
	testbed.sandbox.callbacks.addFault({ kind: 'lost', probability: 1 });
	testbed.sandbox.configure({ hold: null });
	const success = await submitted(testbed, 'Success', { initialPoll: 30 });
	await reached(testbed, success.id, 'success');
	const unsaved = await submitted(testbed, 'Unsaved', {
		initialPoll: 30,
		settings: { saveDataSuccessExecution: 'none' },
	});
	const atWait = await submitted(testbed, 'At n8n’s Wait', {
		initialPoll: 30,
		next: [{ ...n8nsWait, webhookId: crypto.randomUUID() }],
	});
	await reached(testbed, atWait.id, 'waiting');
	testbed.sandbox.configure({ hold: 'processing' });
	const waiting = await submitted(testbed, 'Waiting');
	await reached(testbed, waiting.id, 'waiting');
	const asked = () =>
		testbed.sandbox.requests.list().filter(({ method, path }) => method === 'GET' && path.includes(waiting.jobs[0]!))
			.length;
	await eventually('the waiting execution never polled', () => asked() > 0 || undefined);
	const crashing = await submitted(testbed, 'Crashing', { recordings: 3, initialPoll: 60 });
	await eventually(
		'no initial poll',
		() =>
			testbed.sandbox.requests
				.list()
				.some(({ method, path }) => method === 'GET' && crashing.jobs.some((id) => path.includes(id))) || undefined,
	);
	const recover = node('Recover', 'n8n-nodes-transcription.transcription', 1, {
		provider: testbed.profile.provider,
		resource: 'transcript',
		operation: 'recoverMissed',
		from: 'list',
		options: { includeCrashedExecutions: true },
	});
	const sweep = await published(testbed, 'Sweep', [
		{ ...recover, credentials: credentialsOf(testbed.credential) },
		node('After', 'n8n-nodes-base.noOp', 1, {}),
	]);
	return { unsaved, atWait, waiting, crashing, sweep };
}

async function swept(testbed: Testbed, sweep: Workflow): Promise<Execution> {
	const execution = await testbed.client.waitForExecution(await started(testbed, sweep), 5 * MINUTES);
	expect([execution.status, execution.error]).toEqual(['success', undefined]);
	return execution;
}

it(
	'Recover Missed returns the jobs of crashed executions and doesn’t affect others',
	async () => {
		const testbeds = ECHOING.map((profile: ProviderProfile) => testbedOf(profile));
		const prepared = await Promise.all(testbeds.map(async (testbed) => ({ testbed, ...(await prepare(testbed)) })));
		const [first] = testbeds as [Testbed];

		await crash(first, async () => {
			for (const { sandbox } of testbeds) {
				sandbox.jobs.release();
				await sandbox.settled();
			}
		});
		for (const { testbed, crashing } of prepared) await reached(testbed, crashing.id, 'crashed');

		// A run that is killed before it records anything loses nothing.
		const fetches = (testbed: Testbed) =>
			testbed.sandbox.requests.list().filter(({ method }) => method === 'GET').length;
		const killed = await Promise.all(
			prepared.map(async ({ testbed, sweep }) => {
				testbed.sandbox.httpFaults.add({ kind: 'slow', seconds: 50, next: 20, match: testbed.profile.requests.fetch });
				const before = fetches(testbed);
				const id = await started(testbed, sweep);
				await eventually('Recover Missed fetched nothing', () => fetches(testbed) > before + 1 || undefined);
				return { testbed, id };
			}),
		);
		await crash(first);
		for (const { testbed, id } of killed) {
			testbed.sandbox.httpFaults.clear();
			await reached(testbed, id, 'crashed');
		}

		for (const { testbed, sweep, crashing, unsaved, waiting, atWait } of prepared) {
			const items = outputOf(await swept(testbed, sweep), 'After').map(({ json }) => json);
			expect(items.map(({ id }) => id).sort()).toEqual([...crashing.jobs].sort());
			expect(items).toEqual(
				Array(3).fill(expect.objectContaining({ status: 'completed', text: sample(testbed.sandbox).text })),
			);
			const [log = ''] = testbed.n8n
				.logs()
				.split('\n')
				.filter((line) => line.includes('from Submit and Wait, because') && line.includes(unsaved.jobs[0]!));
			expect(log).toContain('Skipped 1 job from Submit and Wait');
			expect((await swept(testbed, sweep)).runs).not.toHaveProperty('After');
			const statusOf = async ({ id }: { id: string }) => (await testbed.client.getExecution(id)).status;
			expect({ waiting: await statusOf(waiting), atWait: await statusOf(atWait) }).toEqual({
				waiting: 'waiting',
				atWait: 'waiting',
			});
		}
	},
	15 * MINUTES,
);
