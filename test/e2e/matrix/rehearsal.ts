import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	outputOf,
	type Credential,
	type Execution,
	type Item,
	type JsonObject,
	type Workflow,
	type WorkflowNode,
} from '../../../tools/n8n';
import {
	addCredential,
	credentialData,
	credentialsOf,
	MINUTES,
	node,
	providerOf,
	runSubmit,
	sample,
	samplesFolder,
	type Testbed,
	startedByCallback,
	triggerUrl,
} from '../harness';
import { type ItemError, GET_REFUSALS, planRefusals, type RefusalName, submitRefusals } from './refusals';

/**
 * Runs one profile on its testbed. All cases use one published workflow:
 *
 *     Start ─▶ Read ─▶ Submit File
 *           ─▶ Submit URL
 *           ─▶ Several ─▶ Read Short ─▶ Submit Refused, Submit Wrong Key, Submit Empty Account ─▶ All Refused
 *     Trigger ─▶ Completed | Failed
 */
export class Rehearsal {
	/** The number of executions that callbacks started before the current case. */
	private seen = 0;

	private constructor(
		readonly testbed: Testbed,
		readonly pipeline: Workflow,
		private readonly wrongKey: Credential,
	) {}

	static async open(testbed: Testbed): Promise<Rehearsal> {
		const { client, sandbox, profile, credential } = testbed;
		const { apiKey } = credentialData(sandbox, profile);
		const wrongKey = await addCredential(client, sandbox, { apiKey: `${String(apiKey)}-revoked` }, profile);
		const empty = sandbox.accounts(profile.provider as never).find(({ balance }) => balance === 'exhausted');
		const emptyAccount = await addCredential(client, sandbox, { apiKey: empty?.apiKey ?? '' }, profile);
		const pipeline = await client.createWorkflow(pipelineFor(testbed, wrongKey, emptyAccount));
		if (profile.setUp) {
			const more = await profile.setUp(sandbox, triggerUrl(testbed, pipeline));
			await client.updateCredential(credential, credentialData(sandbox, profile, more));
		}
		await client.publish(pipeline.id);
		return new Rehearsal(testbed, pipeline, wrongKey);
	}

	/** Resets the state, so that earlier cases don't affect the next one. */
	async clear(): Promise<void> {
		const { sandbox, client } = this.testbed;
		sandbox.httpFaults.clear();
		sandbox.callbacks.clear();
		sandbox.jobs.release();
		await sandbox.jobs.settled();
		this.seen = (await client.listExecutions(this.pipeline.id)).filter(startedByCallback).length;
	}

	async submitFile(): Promise<JsonObject> {
		return await this.submit('Submit File');
	}

	async submitUrl(): Promise<JsonObject> {
		return await this.submit('Submit URL');
	}

	private async submit(name: string): Promise<JsonObject> {
		const execution = await runSubmit(this.testbed, this.pipeline, name);
		if (execution.error) throw new Error(`${name}: ${execution.error.message} ${execution.error.description ?? ''}`);
		return outputOf(execution, name)[0]?.json ?? {};
	}

	/** Waits until callbacks have started `count` executions in this case, and returns them. */
	async arrivals(count: number): Promise<Execution[]> {
		const { client, sandbox } = this.testbed;
		// n8n has no results until all callbacks have been handled. Don't wait for services that retry for an hour.
		await Promise.race([sandbox.settled(), sleep(10_000, undefined, { ref: false })]);
		const found = await client.waitForExecutions(this.pipeline.id, this.seen + count, 2 * MINUTES, startedByCallback);
		return await Promise.all(found.slice(this.seen).map(async ({ id }) => await client.getExecution(id)));
	}

	/** A successful transcript: the submitted job and the trigger's output. */
	readonly transcribed = once(async () => {
		const submitted = await this.submitFile();
		const [execution] = await this.arrivals(1);
		return { submitted, arrived: outputOf(execution!, 'Completed').map(({ json }) => json) };
	});

	/** A job whose callback arrives five times concurrently: its ID and the executions that the callbacks started. */
	readonly fiveTimes = once(async () => {
		this.testbed.sandbox.callbacks.addFault({ kind: 'doubled', copies: 5, gapSeconds: 0 });
		const { id } = await this.submitFile();
		return { id, executions: await this.arrivals(5) };
	});

	/** The transcript of that job, deleted while it is fetched, then requested again. */
	async deleted() {
		const { id } = await this.fiveTimes();
		const { deletion } = providerOf(this.testbed.profile);
		const execution = await this.runOnce('Clean-Up', [
			this.getNode('Get and Delete', id, { options: { deleteAfterFetching: deletion?.choices.at(-1)?.value } }),
			this.getNode('Get Again', id, {}, lenient),
		]);
		return {
			fetched: outputOf(execution, 'Get and Delete')[0]?.json,
			afterwards: errorIn(outputOf(execution, 'Get Again')[0]),
		};
	}

	/** The current job as returned by the node. */
	async get(id: unknown): Promise<JsonObject | undefined> {
		const execution = await this.runOnce('Get', [this.getNode('Get', id)]);
		return outputOf(execution, 'Get')[0]?.json;
	}

	/** Submit's errors for rejected requests, by name. */
	readonly refusedSubmits = once(async () => {
		const refusals = submitRefusals(this.testbed.profile);
		planRefusals(this.testbed.sandbox, this.testbed.profile, refusals);
		const execution = await runSubmit(this.testbed, this.pipeline, 'All Refused');
		return new Map<RefusalName, ItemError | undefined>([
			...errorsByName(outputOf(execution, 'Submit Refused'), refusals),
			['Submit, wrong key', errorIn(outputOf(execution, 'Submit Wrong Key')[0])],
			['Submit, no credit', errorIn(outputOf(execution, 'Submit Empty Account')[0])],
		]);
	});

	/** Get's output for the transcript and its errors for rejected requests, by name. */
	readonly gets = once(async () => {
		const { id } = (await this.transcribed()).submitted;
		planRefusals(this.testbed.sandbox, this.testbed.profile, GET_REFUSALS);
		const count = GET_REFUSALS.length;
		// An unknown ID and a valid one follow the planned errors.
		const asked = `={{ $itemIndex === ${count} ? '${crypto.randomUUID()}' : '${String(id)}' }}`;
		const execution = await this.runOnce('Gets', [
			several(count + 2),
			this.getNode('Get', asked, { options: { concurrency: 1 } }, lenient),
			this.getNode('Get With Wrong Key', id, {}, { ...lenient, executeOnce: true, as: this.wrongKey }),
		]);
		const items = outputOf(execution, 'Get');
		const said = new Map<RefusalName, ItemError | undefined>([
			...errorsByName(items, GET_REFUSALS),
			['Get, unknown ID', errorIn(items[count])],
			['Get, wrong key', errorIn(outputOf(execution, 'Get With Wrong Key')[0])],
		]);
		return { transcript: items[count + 1]?.json, said };
	});

	private getNode(
		name: string,
		transcriptId: unknown,
		more: JsonObject = {},
		settings: NodeSettings = {},
	): WorkflowNode {
		const get = { resource: 'transcript', operation: 'get', transcriptId, output: 'words', ...more };
		return ours(this.testbed, name, get, settings);
	}

	/** Runs nodes in sequence, manually, in an unpublished workflow. */
	private async runOnce(name: string, nodes: WorkflowNode[]): Promise<Execution> {
		const { client } = this.testbed;
		const all = [node('Start', 'n8n-nodes-base.manualTrigger', 1, {}), ...nodes];
		const workflow = await client.createWorkflow({ ...chain(all), name, settings: { executionOrder: 'v1' } });
		const { executionId = '' } = await client.runManually({ workflowId: workflow.id, triggerNodeName: 'Start' });
		const execution = await client.waitForExecution(executionId, MINUTES);
		if (execution.error) throw new Error(`${name}: ${execution.error.message} ${execution.error.description ?? ''}`);
		return execution;
	}
}

/** Returns the recording of most cases, with two speakers. */
export const recordingOf = ({ sandbox }: Testbed) => sample(sandbox, (file) => file === 'sales-call.mp3');

type NodeSettings = Partial<WorkflowNode> & {
	/** The credential, if it isn't the testbed's. */
	as?: Credential;
};

/** Turns failed items into output items with the error. */
const lenient = { onError: 'continueRegularOutput' } as const;

/** Creates a node that returns the given number of items in manual executions. */
function several(count: number): WorkflowNode {
	return node('Several', 'n8n-nodes-base.set', 3.4, {
		mode: 'raw',
		duplicateItem: true,
		duplicateCount: count - 1,
		jsonOutput: '{}',
		options: {},
	});
}

function ours(
	{ profile, credential }: Testbed,
	name: string,
	parameters: JsonObject,
	{ as = credential, ...more }: NodeSettings = {},
): WorkflowNode {
	return {
		...node(name, 'n8n-nodes-transcription.transcription', 1, { provider: profile.provider, ...parameters }),
		credentials: credentialsOf(as),
		...more,
	};
}

const to = (...names: string[]) => names.map((name) => ({ node: name, type: 'main', index: 0 }));

/** Connects each node to the next. */
function chain(nodes: WorkflowNode[]) {
	const next = nodes.slice(1).map(({ name }, index) => [nodes[index]?.name, { main: [to(name)] }] as const);
	return { nodes, connections: Object.fromEntries(next) };
}

function pipelineFor(testbed: Testbed, wrongKey: Credential, emptyAccount: Credential) {
	const { profile, sandbox, credential } = testbed;
	const recording = recordingOf(testbed);
	const read = (name: string, path: string) =>
		node(name, 'n8n-nodes-base.readWriteFile', 1, { operation: 'read', fileSelector: path, options: {} });
	// One item at a time, so that each gets the error planned for it.
	const options = { diarize: true, concurrency: 1, ...profile.options };
	const submit = (name: string, parameters: JsonObject, more: NodeSettings = {}) =>
		ours(
			testbed,
			name,
			{ resource: 'transcription', operation: 'submit', source: 'binary', options, ...parameters },
			more,
		);
	// A secret derived from a different key would be rejected by the trigger before any request to the service.
	const alone = { callback: 'none' };
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		read('Read', recording.path),
		submit('Submit File', {}),
		submit('Submit URL', { source: 'url', audioUrl: `${sandbox.origin}/samples/${recording.file}` }),
		several(submitRefusals(profile).length),
		read('Read Short', join(samplesFolder, 'thank-you.wav')),
		submit('Submit Refused', {}, lenient),
		submit('Submit Wrong Key', alone, { ...lenient, executeOnce: true, as: wrongKey }),
		submit('Submit Empty Account', alone, { ...lenient, executeOnce: true, as: emptyAccount }),
		node('All Refused', 'n8n-nodes-base.noOp', 1, {}),
		{
			...node('Trigger', 'n8n-nodes-transcription.transcriptionTrigger', 1, {
				provider: profile.provider,
				output: 'words',
			}),
			credentials: credentialsOf(credential),
		},
		node('Completed', 'n8n-nodes-base.noOp', 1, {}),
		node('Failed', 'n8n-nodes-base.noOp', 1, {}),
	];
	return {
		name: profile.name,
		settings: { executionOrder: 'v1' },
		// n8n runs branches from top to bottom, and the planned errors are for the top branch.
		nodes: nodes.map((one, index) => ({ ...one, position: [0, index * 100] as [number, number] })),
		connections: {
			Start: { main: [to('Read', 'Submit URL', 'Several')] },
			Read: { main: [to('Submit File')] },
			Several: { main: [to('Read Short')] },
			'Read Short': { main: [to('Submit Refused', 'Submit Wrong Key', 'Submit Empty Account')] },
			'Submit Refused': { main: [to('All Refused')] },
			'Submit Wrong Key': { main: [to('All Refused')] },
			'Submit Empty Account': { main: [to('All Refused')] },
			Trigger: { main: [to('Completed'), to('Failed')] },
		},
	};
}

/** @param items in the order of their planned errors */
function errorsByName(
	items: Item[],
	refusals: ReadonlyArray<{ name: RefusalName }>,
): Array<[RefusalName, ItemError | undefined]> {
	return refusals.map(({ name }, index) => [name, errorIn(items[index])]);
}

/** Returns the error of a failed item; undefined if it didn't fail. */
function errorIn(item: Item | undefined): ItemError | undefined {
	if (item?.json.error === undefined) return undefined;
	return { message: String(item.json.error), advice: String(item.json.message) };
}

/** Runs the work on the first call and returns the same result on later calls. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
	let result: Promise<T> | undefined;
	return async () => await (result ??= work());
}
