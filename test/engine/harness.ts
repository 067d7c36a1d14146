import './environment';
import { Container } from '@n8n/di';
import { BinaryDataService, DataDeduplicationService, ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	type IBinaryData,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
	type IWorkflowSettings,
	type NodeApiError,
	type NodeOperationError,
	Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { Transcription } from '../../nodes/Transcription/Transcription.node';
import { findProvider } from '../../nodes/Transcription/providers';
import type { Provider } from '../../nodes/Transcription/providers/provider';
import { markAsReceiver } from '../../nodes/Transcription/deduplication';
import { TranscriptionTrigger } from '../../nodes/Transcription/TranscriptionTrigger.node';
import { TestCredentialsHelper } from './credentialsHelper';
import { RowDeduplicator } from './deduplicator';

/** Runs this package's nodes in n8n's real execution engine, without its server and database. */

export const WORKFLOW_ID = 'Ab12Cd34Ef56Gh78';
export const API_KEY = 'api-key-that-nobody-may-see';

export const record = new RowDeduplicator();
beforeAll(async () => {
	await DataDeduplicationService.init(record);
	// As in n8n's regular mode, the process that executes workflows also receives callbacks.
	markAsReceiver();
	await Container.get(BinaryDataService).init();
});

const TYPES: Record<string, INodeType> = {
	transcription: new Transcription(),
	transcriptionTrigger: new TranscriptionTrigger(),
};
const nodeTypes: INodeTypes = {
	getByName: (type) => TYPES[type] as INodeType,
	getByNameAndVersion: (type) => TYPES[type] as INodeType,
	getKnownTypes: () => ({}),
};

const typesWith = (node: INodeType): INodeTypes => ({
	...nodeTypes,
	getByName: () => node,
	getByNameAndVersion: () => node,
});

export interface Setup {
	/** The base URL of the service; the credential's region is `custom`. */
	baseUrl: string;
	/** Additional or overridden credential fields. */
	credential?: ICredentialDataDecryptedObject;
	/** The base of n8n's production webhook URLs, such as `http://127.0.0.1:1234/webhook`. */
	webhookBase?: string;
	/** The base of n8n's test webhook URLs. Default: `webhook-test` next to the production base. */
	testBase?: string;
	workflowId?: string;
	/** Whether the workflow is published, as in production. */
	active?: boolean;
	mode?: WorkflowExecuteMode;
	workflowSettings?: IWorkflowSettings;
	/** Default: a new one for each execution. */
	executionId?: string;
	/** `continueOnFail`: failed items become items with the error. */
	onError?: INode['onError'];
	/** Whether n8n retries the node once, immediately. */
	retryOnFail?: boolean;
	/** `absent`: the node has no credential. `unreadable`: the credential can't be decrypted. */
	credentialState?: 'absent' | 'unreadable';
	/** Replaces the helper that returns the credential from the other settings. */
	credentialsHelper?: TestCredentialsHelper;
	/** A separately loaded node, as in another n8n process. */
	node?: INodeType;
}

export type NodeName = 'transcription' | 'transcriptionTrigger';

/** Creates a workflow with one node of this package. */
export function aWorkflow(
	type: NodeName,
	parameters: INodeParameters,
	setup: Setup,
): { workflow: Workflow; node: INode } {
	const id = setup.credentialState === 'unreadable' ? 'gone' : 'cred';
	const workflow = new Workflow({
		id: setup.workflowId ?? WORKFLOW_ID,
		name: 'Test',
		nodes: [
			{
				id: 'node-1',
				name: 'The Node',
				type,
				typeVersion: 1,
				position: [0, 0],
				parameters,
				// n8n assigns one to every node with webhooks.
				webhookId: 'webhook-1',
				...(setup.onError && { onError: setup.onError }),
				...(setup.retryOnFail && { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 }),
				...(setup.credentialState !== 'absent' && {
					credentials: { [providerOf(parameters).credentialType]: { id, name: 'Credential' } },
				}),
			},
		],
		connections: {},
		active: setup.active ?? false,
		nodeTypes: setup.node ? typesWith(setup.node) : nodeTypes,
		settings: { executionOrder: 'v1', ...setup.workflowSettings },
	});
	return { workflow, node: workflow.getNode('The Node') as INode };
}

/** Returns the provider of a node. Default: the first one in the dropdown. */
export function providerOf({ provider = 'assemblyAi' }: INodeParameters): Provider {
	return findProvider(String(provider));
}

let executions = 0;

export function additionalData(setup: Setup): IWorkflowExecuteAdditionalData {
	const executionId = setup.executionId ?? `execution-${++executions}`;
	const base = setup.webhookBase ?? 'http://127.0.0.1:9/webhook';
	return {
		credentialsHelper:
			setup.credentialsHelper ??
			new TestCredentialsHelper({
				cred: { apiKey: API_KEY, region: 'custom', baseUrl: setup.baseUrl, ...setup.credential },
			}),
		hooks: new ExecutionLifecycleHooks(setup.mode ?? 'trigger', executionId, {} as never),
		executionId,
		currentNodeExecutionIndex: 0,
		restApiUrl: 'http://127.0.0.1:9/rest',
		instanceBaseUrl: 'http://127.0.0.1:9/',
		webhookBaseUrl: base,
		webhookWaitingBaseUrl: base.replace(/\/webhook$/, '/webhook-waiting'),
		webhookTestBaseUrl: setup.testBase ?? base.replace(/\/webhook$/, '/webhook-test'),
		formWaitingBaseUrl: base.replace(/\/webhook$/, '/form-waiting'),
		variables: {},
		setExecutionStatus() {},
		logAiEvent() {},
	} as Partial<IWorkflowExecuteAdditionalData> as IWorkflowExecuteAdditionalData;
}

export interface Result {
	/** The outputs of the node, each with its items. */
	outputs: INodeExecutionData[][];
	/** The JSON of the first output's items. */
	json: IDataObject[];
	/** The error that ended the node, if any. */
	error?: NodeApiError | NodeOperationError;
	/** The hints that the editor shows with the output. */
	hints: string[];
	/** The data that n8n would store for the execution. */
	run: IRun;
}

/**
 * Runs the node in a separate execution.
 * @param onStart receives a function that cancels the execution, as a user or a timeout does
 */
export async function run(
	type: NodeName,
	parameters: INodeParameters,
	items: INodeExecutionData[],
	setup: Setup,
	onStart: (cancel: () => void) => void = () => {},
): Promise<Result> {
	const { workflow, node } = aWorkflow(type, parameters, setup);
	const execution = new WorkflowExecute(
		additionalData(setup),
		setup.mode ?? 'trigger',
		createRunExecutionData({
			executionData: { nodeExecutionStack: [{ node, data: { main: [items] }, source: null }] },
		}),
	);
	const running = execution.processRunExecutionData(workflow);
	onStart(() => running.cancel());
	const run = await running;
	const task = run.data.resultData.runData[node.name]?.[0];
	const outputs = (task?.data?.main ?? []).map((output) => output ?? []);
	return {
		outputs,
		json: (outputs[0] ?? []).map((item) => item.json),
		error: (task?.error ?? run.data.resultData.error) as Result['error'],
		hints: (task?.hints ?? []).map((hint) => hint.message),
		run,
	};
}

/** Runs Submit with the given parameters and defaults for the rest. */
export async function submit(parameters: INodeParameters, items: INodeExecutionData[], setup: Setup): Promise<Result> {
	return await run('transcription', { resource: 'transcription', operation: 'submit', ...parameters }, items, setup);
}

export async function get(parameters: INodeParameters, items: INodeExecutionData[], setup: Setup): Promise<Result> {
	return await run('transcription', { resource: 'transcript', operation: 'get', ...parameters }, items, setup);
}

export async function getMany(parameters: INodeParameters, items: INodeExecutionData[], setup: Setup): Promise<Result> {
	return await run('transcription', { resource: 'transcript', operation: 'getMany', ...parameters }, items, setup);
}

/** Runs Delete with the given parameters and defaults for the rest. */
export async function deleteTranscript(
	parameters: INodeParameters,
	items: INodeExecutionData[],
	setup: Setup,
): Promise<Result> {
	return await run('transcription', { resource: 'transcript', operation: 'delete', ...parameters }, items, setup);
}

/** Runs Export with the given parameters and defaults for the rest. */
export async function exportTranscript(
	parameters: INodeParameters,
	items: INodeExecutionData[],
	setup: Setup,
): Promise<Result> {
	return await run('transcription', { resource: 'transcript', operation: 'export', ...parameters }, items, setup);
}

export async function acknowledge(
	parameters: INodeParameters,
	items: INodeExecutionData[],
	setup: Setup,
): Promise<Result> {
	return await run('transcription', { resource: 'transcript', operation: 'acknowledge', ...parameters }, items, setup);
}

/** Returns the text of a file in a node's output. */
export async function textOfFile(result: Result, field: string, itemIndex = 0): Promise<string> {
	return (await fileOf(result, field, itemIndex)).toString('utf8');
}

/** Returns the content of a binary field in the output. */
export async function fileOf({ outputs }: Result, field: string, itemIndex = 0): Promise<Buffer> {
	const binary = outputs[0]?.[itemIndex]?.binary?.[field];
	if (!binary) throw new Error(`the item has no binary field ${field}`);
	return await Container.get(BinaryDataService).getAsBuffer(binary);
}

/** A recording stored in memory: the item contains its data. */
export function inMemory(content: Buffer, more: Partial<IBinaryData> = {}): INodeExecutionData {
	const data = content.toString('base64');
	return { json: {}, binary: { data: { data, mimeType: 'audio/wav', fileName: 'call.wav', ...more } } };
}

/** A recording stored in the filesystem, n8n's default: the item only contains its ID. */
export async function inFilesystem(content: Buffer, more: Partial<IBinaryData> = {}): Promise<INodeExecutionData> {
	const described = { data: '', mimeType: 'audio/wav', fileName: 'call.wav', ...more };
	const location = { type: 'execution', workflowId: WORKFLOW_ID, executionId: '42' } as const;
	return { json: {}, binary: { data: await Container.get(BinaryDataService).store(location, content, described) } };
}

/** Returns all strings in a value, including the parts of errors that JSON omits: message, stack, and cause. */
export function everyTextIn(value: unknown, seen = new Set<unknown>()): string {
	if (value === null || typeof value !== 'object') return typeof value === 'string' ? value : '';
	if (seen.has(value)) return '';
	seen.add(value);
	const members = value instanceof Map ? [...value] : Object.getOwnPropertyNames(value);
	return members
		.map((member) =>
			typeof member === 'string'
				? `${member}\n${everyTextIn((value as never)[member], seen)}`
				: everyTextIn(member, seen),
		)
		.join('\n');
}
