import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox';
import {
	N8nClient,
	packedPackage,
	projectFolder,
	startN8n,
	toHostVersion,
	type Credential,
	type Execution,
	type ExecutionSummary,
	type RunningN8n,
	type Workflow,
	type WorkflowNode,
} from '../../tools/n8n';

/** The long steps of a real n8n: starting, uploading hundreds of megabytes, waiting out repeats. */
export const MINUTES = 60_000;

export const API_KEY = 'sandbox-assemblyai-key';
export const samplesFolder = join(projectFolder, 'samples');

/** A real n8n with the packed package, the sandbox, and a credential for it. */
export interface Stage {
	n8n: RunningN8n;
	client: N8nClient;
	sandbox: Sandbox;
	credential: Credential;
	/** A folder that n8n may read files from. */
	folder: string;
	close(): Promise<void>;
}

async function openStage(): Promise<Stage> {
	const folder = mkdtempSync(join(tmpdir(), 'transcription-e2e-'));
	const sandbox = await startSandbox({ port: 0, jobSeconds: 0.2 });
	try {
		const n8n = await startN8n({
			version: toHostVersion(process.env.N8N_VERSION ?? '2.41'),
			userFolder: join(folder, 'n8n'),
			tarball: packedPackage,
			fileAccess: [samplesFolder, folder],
		});
		const client = new N8nClient(n8n.url);
		await client.signIn();
		const credential = await addCredential(client, sandbox, {});
		const close = async () => {
			await n8n.stop();
			await sandbox.close();
			rmSync(folder, { recursive: true, force: true });
		};
		return { n8n, client, sandbox, credential, folder, close };
	} catch (error) {
		await sandbox.close();
		throw error;
	}
}

/** A stage for all tests of a file: opened before the first, its sandbox as new before each, closed after the last. */
export function useStage(): Stage {
	let stage: Stage | undefined;
	beforeAll(async () => {
		stage = await openStage();
	}, 10 * MINUTES);
	afterAll(async () => await stage?.close(), MINUTES);
	beforeEach(() => stage?.sandbox.reset());
	const open = () => {
		if (!stage) throw new Error('The stage opens before the first test, not before the file was read');
		return stage;
	};
	return {
		get n8n() {
			return open().n8n;
		},
		get client() {
			return open().client;
		},
		get sandbox() {
			return open().sandbox;
		},
		get credential() {
			return open().credential;
		},
		get folder() {
			return open().folder;
		},
		close: async () => await open().close(),
	};
}

export async function addCredential(
	client: N8nClient,
	sandbox: Sandbox,
	data: Record<string, string>,
): Promise<Credential> {
	return await client.createCredential(`AssemblyAI ${Math.random()}`, 'assemblyAiTranscriptionApi', {
		apiKey: API_KEY,
		region: 'custom',
		baseUrl: sandbox.baseUrl('assemblyAi'),
		...data,
	});
}

export interface PipelineOptions {
	name?: string;
	/** Parameters of Submit beside source and provider. */
	submit?: Record<string, unknown>;
	trigger?: Record<string, unknown>;
	/** Path of the recording that is read from disk. Left out: Submit gets an item without a file. */
	file?: string;
	credential?: Credential;
	triggerCredential?: Credential;
	/** Starts from a webhook of its own, as a published workflow would, instead of by hand. */
	startedByWebhook?: boolean;
	withoutTrigger?: boolean;
}

/** Start → (Read) → Submit; Trigger → Completed | Failed. */
export async function createPipeline(stage: Stage, options: PipelineOptions = {}): Promise<Workflow> {
	const credentialOf = ({ id, name }: Credential) => ({ assemblyAiTranscriptionApi: { id, name } });
	const credential = options.credential ?? stage.credential;
	const start: WorkflowNode = options.startedByWebhook
		? node('Start', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: crypto.randomUUID(), options: {} })
		: node('Start', 'n8n-nodes-base.manualTrigger', 1, {});
	const read = node('Read', 'n8n-nodes-base.readWriteFile', 1, {
		operation: 'read',
		fileSelector: options.file ?? '',
		options: {},
	});
	const submit = node('Submit', 'n8n-nodes-transcription.transcription', 1, {
		provider: 'assemblyAi',
		resource: 'transcription',
		operation: 'submit',
		source: 'binary',
		...options.submit,
	});
	const trigger = node('Trigger', 'n8n-nodes-transcription.transcriptionTrigger', 1, {
		provider: 'assemblyAi',
		...options.trigger,
	});
	const to = (name: string) => [{ node: name, type: 'main', index: 0 }];
	return await stage.client.createWorkflow({
		name: options.name ?? 'Pipeline',
		settings: { executionOrder: 'v1' },
		nodes: [
			start,
			...(options.file ? [read] : []),
			{ ...submit, credentials: credentialOf(credential) },
			...(options.withoutTrigger
				? []
				: [{ ...trigger, credentials: credentialOf(options.triggerCredential ?? credential) }]),
			node('Completed', 'n8n-nodes-base.noOp', 1, {}),
			node('Failed', 'n8n-nodes-base.noOp', 1, {}),
		],
		connections: {
			Start: { main: [to(options.file ? 'Read' : 'Submit')] },
			...(options.file && { Read: { main: [to('Submit')] } }),
			...(!options.withoutTrigger && { Trigger: { main: [to('Completed'), to('Failed')] } }),
		},
	});
}

let column = 0;

function node(
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

/** Runs the upper half of the pipeline by hand and waits until Submit has ended. */
export async function runSubmit(stage: Stage, workflow: Workflow): Promise<Execution> {
	const { executionId = '' } = await stage.client.runManually({
		workflowId: workflow.id,
		triggerNodeName: 'Start',
		destinationNode: 'Submit',
	});
	return await stage.client.waitForExecution(executionId, 5 * MINUTES);
}

export const startedByCallback = ({ mode }: ExecutionSummary): boolean => mode === 'webhook';

/** The executions that callbacks started, once there are `count`. */
export async function callbackExecutions(
	stage: Stage,
	workflow: Workflow,
	count: number,
	timeoutMs = 30_000,
): Promise<Execution[]> {
	const found = await stage.client.waitForExecutions(workflow.id, count, timeoutMs, startedByCallback);
	return await Promise.all(found.map(async ({ id }) => await stage.client.getExecution(id)));
}

/** How often a node ran, over executions. */
export function runsOf(executions: Execution[], nodeName: string): number {
	return executions.flatMap((execution) => execution.runs[nodeName] ?? []).length;
}

/** The requests that the provider's API received, as `METHOD /path`, IDs replaced. */
export function requestsTo(sandbox: Sandbox): string[] {
	return sandbox.requests
		.list()
		.filter(({ provider }) => provider !== null)
		.map(({ method, path }) => `${method} ${path.replace(/^\/\w+/, '').replace(/\/[0-9a-f-]{36}/g, '/:id')}`);
}

/** The recording that most tests use, with its true text. */
export function sample(sandbox: Sandbox, matching: (file: string) => boolean = (file) => file.endsWith('.wav')) {
	const found = sandbox.samples.list().find(({ file }) => matching(file));
	if (!found) throw new Error('samples/ holds no such recording');
	return { ...found, path: join(samplesFolder, found.file) };
}

/** Posts to a trigger's production URL as anybody could. */
export async function postTo(
	stage: Stage,
	workflow: Workflow,
	body: unknown,
	headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
	const answer = await fetch(`${stage.n8n.url}/webhook/${workflow.id}/assemblyAi`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
	return { status: answer.status, text: await answer.text() };
}
