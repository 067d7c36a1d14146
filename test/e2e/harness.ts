import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PROVIDERS } from '../../nodes/Transcription/providers';
import type { Provider } from '../../nodes/Transcription/providers/provider';
import { startSandbox, type ProviderName, type Sandbox, type SandboxOptions } from '../../sandbox';
import {
	N8nClient,
	startN8n,
	startQueueN8n,
	type Credential,
	type Execution,
	type ExecutionSummary,
	type QueueN8n,
	type RunningN8n,
	type StartOptions,
	type Workflow,
	type WorkflowNode,
} from '../../tools/n8n';
import { assemblyAi } from './profiles/assemblyAi';
import type { CredentialData, ProviderProfile } from './profiles/profile';
import { n8nOptions, samplesFolder } from './shared/settings';
import { sharedN8n, type SharedN8n } from './shared/sharedN8n';

export { samplesFolder };

/** Timeout for long steps of a real n8n: starting, uploading hundreds of megabytes, and waiting for retries. */
export const MINUTES = 60_000;

/**
 * How long the sandbox waits for a response to a callback. With the services' own limits, a busy machine would cause repeated
 * callbacks, and with them executions without output.
 */
const ACKNOWLEDGE_SECONDS = 180;

/** This is generous, because a real n8n shares the machine with other processes. */
jest.setTimeout(4 * MINUTES);

/** The profile for tests of features that all services share. */
const usual = assemblyAi;

/** A real n8n instance with the packed package. */
interface House<N8n = SharedN8n['n8n']> {
	n8n: N8n;
	client: N8nClient;
	/** A folder from which n8n may read files. */
	folder: string;
	close(): Promise<void>;
}

/** A real n8n instance, the sandbox, and a credential for the profile's service. */
export interface Testbed<N8n = SharedN8n['n8n']> extends House<N8n> {
	profile: ProviderProfile;
	sandbox: Sandbox;
	credential: Credential;
}

/** Whether the tests run on n8n in queue mode: several processes, Redis, and PostgreSQL. */
export const inQueueMode = toMode(process.env.N8N_MODE) === 'queue';

function toMode(word = 'regular'): 'regular' | 'queue' {
	if (word === 'regular' || word === 'queue') return word;
	throw new Error(`N8N_MODE must be regular or queue, not "${word}"`);
}

async function start(options: StartOptions): Promise<{ n8n: RunningN8n; stop: () => Promise<void> }> {
	if (!inQueueMode) {
		const n8n = await startN8n(options);
		return { n8n, stop: async () => await n8n.stop() };
	}
	const n8n = await startQueueN8n(options);
	return { n8n, stop: async () => await n8n.close() };
}

/** Options that differ from the default testbed. */
export interface TestbedOptions {
	/** Returns the options for a profile's sandbox. */
	sandbox?: (profile: ProviderProfile) => SandboxOptions;
}

export interface OwnTestbedOptions extends TestbedOptions {
	/** Environment variables for n8n. If this is a function, it is called before the first test. */
	env?: Record<string, string> | (() => Promise<Record<string, string>>);
}

async function startHouse(env?: Record<string, string>): Promise<House<RunningN8n>> {
	const { folder, options } = n8nOptions(env);
	const { n8n, stop } = await start(options);
	const close = async () => {
		await stop();
		rmSync(folder, { recursive: true, force: true });
	};
	const client = new N8nClient(n8n.url);
	await client.signIn();
	return { n8n, client, folder, close };
}

/** Uses the n8n that this worker's test files share. It is empty before and after each file. */
async function enterSharedHouse(): Promise<House> {
	const { n8n, folder: accessible, token } = sharedN8n();
	const folder = mkdtempSync(join(accessible, 'file-'));
	const client = new N8nClient(n8n.url, token);
	const close = async () => {
		for (const { id } of await client.listWorkflows()) await client.deleteWorkflow(id);
		for (const { id } of await client.listCredentials()) await client.deleteCredential(id);
		rmSync(folder, { recursive: true, force: true });
	};
	return { n8n, client, folder, close };
}

/** A testbed in an n8n instance that keeps running when the testbed closes. */
async function openTestbed<N8n>(
	house: House<N8n>,
	profile: ProviderProfile,
	options: SandboxOptions = {},
): Promise<Testbed<N8n>> {
	const sandbox = await startSandbox({ port: 0, jobSeconds: 0.2, acknowledgeSeconds: ACKNOWLEDGE_SECONDS, ...options });
	try {
		const credential = await addCredential(house.client, sandbox, {}, profile);
		return { ...house, profile, sandbox, credential, close: async () => await sandbox.close() };
	} catch (error) {
		await sandbox.close();
		throw error;
	}
}

/** One testbed that stays open for all tests in a file. Its sandbox is reset before each test. */
export const useTestbed = (profile: ProviderProfile = usual): Testbed => only(profile, useTestbeds([profile]));

/** Like `useTestbed`, but in an n8n that only this file uses. */
export const useOwnTestbed = (options: OwnTestbedOptions = {}, profile: ProviderProfile = usual): Testbed<RunningN8n> =>
	only(profile, useOwnTestbeds([profile], options));

function only<N8n>(profile: ProviderProfile, open: (profile: ProviderProfile) => Testbed<N8n>): Testbed<N8n> {
	const testbed = () => open(profile);
	beforeEach(() => testbed().sandbox.reset());
	return {
		profile,
		get n8n() {
			return testbed().n8n;
		},
		get client() {
			return testbed().client;
		},
		get sandbox() {
			return testbed().sandbox;
		},
		get credential() {
			return testbed().credential;
		},
		get folder() {
			return testbed().folder;
		},
		close: async () => await testbed().close(),
	};
}

/**
 * A testbed for each profile in one n8n: a separate sandbox and credential, so that profiles don't interfere when they run
 * concurrently. The n8n also serves other test files, one after the other. In queue mode, each file has its own.
 */
export function useTestbeds(
	profiles: readonly ProviderProfile[],
	options: TestbedOptions = {},
): (profile: ProviderProfile) => Testbed {
	return testbedsIn<Testbed['n8n']>(inQueueMode ? startHouse : enterSharedHouse, profiles, options);
}

/** Like `useTestbeds`, but in an n8n that only this file uses, so that its tests can configure, stop, and kill it. */
export function useOwnTestbeds(
	profiles: readonly ProviderProfile[],
	{ env, ...options }: OwnTestbedOptions = {},
): (profile: ProviderProfile) => Testbed<RunningN8n> {
	return testbedsIn(async () => await startHouse(typeof env === 'function' ? await env() : env), profiles, options);
}

function testbedsIn<N8n>(
	open: () => Promise<House<N8n>>,
	profiles: readonly ProviderProfile[],
	{ sandbox }: TestbedOptions,
): (profile: ProviderProfile) => Testbed<N8n> {
	let house: House<N8n> | undefined;
	const testbeds = new Map<ProviderProfile, Testbed<N8n>>();
	beforeAll(async () => {
		house = await open();
		for (const profile of profiles) testbeds.set(profile, await openTestbed(house, profile, sandbox?.(profile)));
	}, 10 * MINUTES);
	afterAll(async () => {
		// Before the sandboxes, because a workflow that is unpublished deletes its webhook from the service.
		await house?.close();
		for (const testbed of testbeds.values()) await testbed.close();
	}, 5 * MINUTES);
	return (profile) => {
		const testbed = testbeds.get(profile);
		if (!testbed) throw new Error('The testbed is only available within tests');
		return testbed;
	};
}

/** Returns the provider of a profile. */
export function providerOf({ provider: name }: ProviderProfile): Provider {
	const provider = PROVIDERS.find((candidate) => candidate.name === name);
	if (!provider) throw new Error(`Unknown provider ${name}`);
	return provider;
}

/** Returns the credential fields for the sandbox, overridden by `more`. */
export function credentialData(sandbox: Sandbox, profile: ProviderProfile, more: CredentialData = {}): CredentialData {
	const service = profile.provider as ProviderName;
	return {
		apiKey: sandbox.accounts(service)[0]?.apiKey ?? '',
		region: 'custom',
		baseUrl: sandbox.baseUrl(service),
		...profile.credential,
		...more,
	};
}

export async function addCredential(
	client: N8nClient,
	sandbox: Sandbox,
	data: CredentialData,
	profile: ProviderProfile = usual,
): Promise<Credential> {
	const { displayName, credentialType } = providerOf(profile);
	return await client.createCredential(
		`${displayName} ${Math.random()}`,
		credentialType,
		credentialData(sandbox, profile, data),
	);
}

/** A node's reference to a credential. */
export function credentialsOf({ id, name, type }: Credential): NonNullable<WorkflowNode['credentials']> {
	return { [type]: { id, name } };
}

/** Returns the production URL of the trigger in a workflow. */
export function triggerUrl({ n8n, profile }: Testbed, workflow: Workflow): string {
	return `${n8n.url}/webhook/${workflow.id}/${profile.provider}`;
}

export interface PipelineOptions {
	name?: string;
	/** Additional parameters for Submit. */
	submit?: Record<string, unknown>;
	trigger?: Record<string, unknown>;
	/** The path of the recording to read from disk. If omitted, Submit gets an item without a file. */
	file?: string;
	credential?: Credential;
	triggerCredential?: Credential;
	/** Whether to start from a separate webhook, like a published workflow, instead of manually. */
	startedByWebhook?: boolean;
	withoutTrigger?: boolean;
	/** Other nodes on the canvas. */
	more?: Pick<Workflow, 'nodes' | 'connections'>;
}

/** Start → (Read) → Submit; Trigger → Completed | Failed. */
export async function createPipeline(testbed: Testbed, options: PipelineOptions = {}): Promise<Workflow> {
	const { provider } = testbed.profile;
	const credential = options.credential ?? testbed.credential;
	const start: WorkflowNode = options.startedByWebhook
		? node('Start', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: crypto.randomUUID(), options: {} })
		: node('Start', 'n8n-nodes-base.manualTrigger', 1, {});
	const read = node('Read', 'n8n-nodes-base.readWriteFile', 1, {
		operation: 'read',
		fileSelector: options.file ?? '',
		options: {},
	});
	const submit = node('Submit', 'n8n-nodes-transcription.transcription', 1, {
		provider,
		resource: 'transcription',
		operation: 'submit',
		source: 'binary',
		...options.submit,
	});
	const trigger = node('Trigger', 'n8n-nodes-transcription.transcriptionTrigger', 1, {
		provider,
		...options.trigger,
	});
	const to = (name: string) => [{ node: name, type: 'main', index: 0 }];
	return await testbed.client.createWorkflow({
		name: options.name ?? 'Pipeline',
		settings: { executionOrder: 'v1' },
		nodes: [
			start,
			...(options.file ? [read] : []),
			{ ...submit, credentials: credentialsOf(credential) },
			...(options.withoutTrigger
				? []
				: [{ ...trigger, credentials: credentialsOf(options.triggerCredential ?? credential) }]),
			node('Completed', 'n8n-nodes-base.noOp', 1, {}),
			node('Failed', 'n8n-nodes-base.noOp', 1, {}),
			...(options.more?.nodes ?? []),
		],
		connections: {
			...options.more?.connections,
			Start: { main: [to(options.file ? 'Read' : 'Submit')] },
			...(options.file && { Read: { main: [to('Submit')] } }),
			...(!options.withoutTrigger && { Trigger: { main: [to('Completed'), to('Failed')] } }),
		},
	});
}

let column = 0;

export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode {
	const isWebhook = /webhook|Trigger$/i.test(type) && !type.includes('manual');
	return {
		id: crypto.randomUUID(),
		name,
		type,
		typeVersion,
		position: [(column++ % 6) * 220, 0],
		parameters: parameters as WorkflowNode['parameters'],
		...(isWebhook && { webhookId: crypto.randomUUID() }),
	};
}

/** Runs the upper half of the pipeline manually and waits until Submit (or another node) has ended. */
export async function runSubmit(testbed: Testbed, workflow: Workflow, destinationNode = 'Submit'): Promise<Execution> {
	const { executionId = '' } = await testbed.client.runManually({
		workflowId: workflow.id,
		triggerNodeName: 'Start',
		destinationNode,
	});
	return await testbed.client.waitForExecution(executionId, 5 * MINUTES);
}

export const startedByCallback = ({ mode }: ExecutionSummary): boolean => mode === 'webhook';

/** Waits until callbacks have started `count` executions, and returns them. */
export async function callbackExecutions(
	testbed: Testbed,
	workflow: Workflow,
	count: number,
	timeoutMs = 2 * MINUTES,
): Promise<Execution[]> {
	const found = await testbed.client.waitForExecutions(workflow.id, count, timeoutMs, startedByCallback);
	return await Promise.all(found.map(async ({ id }) => await testbed.client.getExecution(id)));
}

/** Kills and restarts the process that runs executions: n8n, or both workers in queue mode. */
export async function crash(
	testbed: Testbed<RunningN8n>,
	meanwhile: () => Promise<void> = async () => {},
): Promise<void> {
	if (!inQueueMode) {
		await testbed.n8n.kill();
		await meanwhile();
		await testbed.n8n.restart();
		return;
	}
	const cluster = testbed.n8n as QueueN8n;
	await Promise.all([cluster.killWorker(0), cluster.killWorker(1)]);
	await meanwhile();
	await Promise.all([cluster.startWorker(0), cluster.startWorker(1)]);
}

/** Counts how often a node ran in all executions. */
export function runsOf(executions: Execution[], nodeName: string): number {
	return executions.flatMap((execution) => execution.runs[nodeName] ?? []).length;
}

/** Returns the requests that the provider's API received, as `METHOD /path` with IDs replaced. */
export function requestsTo(sandbox: Sandbox): string[] {
	return sandbox.requests
		.list()
		.filter(({ provider }) => provider !== null)
		.map(({ method, path }) => `${method} ${path.replace(/^\/\w+/, '').replace(/\/[0-9a-f-]{36}/g, '/:id')}`);
}

/** Counts the requests that start a job, even if they are still in progress or were refused. */
export function submitRequestsTo({ sandbox, profile: { provider, requests } }: Testbed): number {
	const { method, path } = requests.submit;
	const suffix = path.replace(/^\//, '');
	return sandbox.requests
		.list()
		.filter((request) => request.provider === provider && request.method === method && request.path.endsWith(suffix))
		.length;
}

/** Returns the recording that most tests use, with its true text. */
export function sample(sandbox: Sandbox, matching: (file: string) => boolean = (file) => file.endsWith('.wav')) {
	const found = sandbox.samples.list().find(({ file }) => matching(file));
	if (!found) throw new Error('No sample matches');
	return { ...found, path: join(samplesFolder, found.file) };
}

/** Posts to a trigger's production URL, as any caller could. */
export async function postTo(
	testbed: Testbed,
	workflow: Workflow,
	body: unknown,
	headers: Record<string, string> = {},
	query = '',
): Promise<{ status: number; text: string }> {
	const answer = await fetch(`${triggerUrl(testbed, workflow)}${query}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
	return { status: answer.status, text: await answer.text() };
}
