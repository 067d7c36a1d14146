import '../environment';
import './registered';
import { ExecuteContext, HookContext, LoadOptionsContext, WebhookContext, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type IWebhookData,
	type IWebhookDescription,
	type IWebhookFunctions,
	type IWorkflowExecuteAdditionalData,
	type NodeApiError,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { Transcription } from '../../../nodes/Transcription/Transcription.node';
import { TranscriptionTrigger } from '../../../nodes/Transcription/TranscriptionTrigger.node';
import { TestCredentialsHelper } from '../credentialsHelper';
import { additionalData, aWorkflow, type NodeName, type Setup, WORKFLOW_ID } from '../harness';
import { sendJson, startServer } from '../localServer';
import { exampleSpeech } from './provider';
import { EXAMPLE_KEY, ExampleService } from './server';

/** Runs this package's nodes with the fictional provider in their registry. */

export const SCOPE = `${WORKFLOW_ID}/${exampleSpeech.name}`;

class ExampleCredentials extends TestCredentialsHelper {
	override async authenticate(
		{ apiKey }: ICredentialDataDecryptedObject,
		_type: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return { ...options, headers: { ...options.headers, 'X-Example-Key': String(apiKey) } };
	}

	override getCredentialsProperties() {
		return [];
	}
}

/** A service for the tests in a file, recreated for each test. */
export function useService() {
	const used = { service: new ExampleService() };
	beforeEach(async () => {
		used.service = await new ExampleService().start();
	});
	afterEach(async () => await used.service.stop());
	return used;
}

export function setupFor(
	service: ExampleService,
	credential: ICredentialDataDecryptedObject = {},
	more: Partial<Setup> = {},
): Setup {
	return {
		baseUrl: service.origin,
		credential: {
			apiKey: EXAMPLE_KEY,
			generation: 'v2',
			delivery: 'registered',
			signatureHeader: 'X-Signature',
			...credential,
		},
		...more,
	};
}

function prepared(
	type: NodeName,
	parameters: INodeParameters,
	setup: Setup,
): { workflow: Workflow; node: INode; data: IWorkflowExecuteAdditionalData } {
	const { workflow, node } = aWorkflow(type, { provider: exampleSpeech.name, ...parameters }, setup);
	node.credentials = { [exampleSpeech.credentialType]: { id: 'cred', name: 'Example' } };
	const credentialsHelper = new ExampleCredentials({
		cred: { region: 'custom', baseUrl: setup.baseUrl, ...setup.credential },
	});
	return { workflow, node, data: Object.assign(additionalData(setup), { credentialsHelper }) };
}

export interface Outcome {
	outputs: INodeExecutionData[][];
	json: IDataObject[];
	error?: NodeApiError;
	/** The hints that the editor shows with the output. */
	hints: string[];
	/** The data that n8n would store for the execution. */
	run: unknown;
}

/**
 * Runs a node in a separate execution.
 * @param onStart receives a function that cancels the execution, as a user or a timeout does
 */
export async function execute(
	type: NodeName,
	parameters: INodeParameters,
	items: INodeExecutionData[],
	setup: Setup,
	onStart: (cancel: () => void) => void = () => {},
): Promise<Outcome> {
	const { workflow, node, data } = prepared(type, parameters, setup);
	const nodeExecutionStack = [{ node, data: { main: [items] }, source: null }];
	const execution = new WorkflowExecute(
		data,
		setup.mode ?? 'trigger',
		createRunExecutionData({ executionData: { nodeExecutionStack } }),
	);
	const running = execution.processRunExecutionData(workflow);
	onStart(() => running.cancel());
	const run = await running;
	const task = run.data.resultData.runData[node.name]?.[0];
	const outputs = (task?.data?.main ?? []).map((output) => output ?? []);
	return {
		outputs,
		json: (outputs[0] ?? []).map(({ json }) => json),
		error: (task?.error ?? run.data.resultData.error) as NodeApiError,
		hints: (task?.hints ?? []).map(({ message }) => message),
		run,
	};
}

export async function submitExample(
	parameters: INodeParameters,
	items: INodeExecutionData[],
	setup: Setup,
): Promise<Outcome> {
	return await execute(
		'transcription',
		{ resource: 'transcription', operation: 'submit', ...parameters },
		items,
		setup,
	);
}

/** Runs Recover Missed with the given parameters and defaults for the rest. */
export async function recoverExample(
	parameters: INodeParameters,
	setup: Setup,
	items: INodeExecutionData[] = [{ json: {} }],
): Promise<Outcome> {
	return await execute(
		'transcription',
		{ resource: 'transcript', operation: 'recoverMissed', ...parameters },
		items,
		setup,
	);
}

/** Returns the entries of the Model list in the editor. */
export async function offeredModels(setup: Setup): Promise<unknown[]> {
	return await offered('searchModels', setup);
}

/** @param filter what the user typed */
export async function offeredLanguages(setup: Setup, filter?: string): Promise<unknown[]> {
	return await offered('searchLanguages', setup, filter);
}

async function offered(method: 'searchModels' | 'searchLanguages', setup: Setup, filter?: string): Promise<unknown[]> {
	const { workflow, node, data } = prepared('transcription', {}, setup);
	const context = new LoadOptionsContext(workflow, node, { ...data, currentNodeParameters: node.parameters }, '');
	return (await new Transcription().methods.listSearch[method].call(context, filter)).results.map(({ value }) => value);
}

/** Returns the context of a trigger that was started with an event. */
export function executeContext(parameters: INodeParameters, event: IDataObject, setup: Setup): ExecuteContext {
	const { workflow, node, data } = prepared('transcriptionTrigger', parameters, setup);
	const items = [{ json: event }];
	return new ExecuteContext(
		workflow,
		node,
		data,
		'webhook',
		createRunExecutionData(),
		0,
		items,
		{ main: [items] },
		{ node, data: { main: [items] }, source: null },
		[],
	);
}

/** One trigger in one n8n instance, with its webhook endpoint and static data. */
export async function startTrigger(setup: Setup, parameters: INodeParameters = {}) {
	const trigger = new TranscriptionTrigger();
	const webhookDescription = trigger.description.webhooks?.[0] as IWebhookDescription;
	const events: IDataObject[] = [];
	const { workflow, node, data } = prepared('transcriptionTrigger', parameters, setup);
	const webhook: IWebhookData = {
		httpMethod: 'POST',
		node: node.name,
		path: SCOPE,
		webhookDescription,
		workflowId: workflow.id,
		workflowExecuteAdditionalData: data,
	};
	const server = await startServer(async (seen, response) => {
		const express = Object.assign(response, {
			status: (code: number) => Object.assign(response, { statusCode: code }),
			json: (body: unknown) => response.end(JSON.stringify(body)),
		});
		const request = { headers: seen.headers, url: seen.url, originalUrl: seen.url, rawBody: seen.body };
		const http = { httpRequest: request, httpResponse: express } as unknown as Pick<
			IWorkflowExecuteAdditionalData,
			'httpRequest' | 'httpResponse'
		>;
		const context: IWebhookFunctions = new WebhookContext(
			workflow,
			node,
			{ ...data, ...http },
			'webhook',
			webhook,
			[],
			null,
		);
		const answer = await trigger.webhook.call(context);
		events.push(...(answer.workflowData?.[0] ?? []).map(({ json }) => json));
		if (!answer.noWebhookResponse) sendJson(response, 200, answer.webhookResponse);
	});
	const base = `${server.origin}/webhook`;
	const withHook = (method: 'create' | 'delete', mode: WorkflowExecuteMode, isTest = false) => {
		const urls = { webhookBaseUrl: base, webhookTestBaseUrl: `${server.origin}/webhook-test` };
		const context = new HookContext(workflow, node, { ...data, ...urls }, mode, isTest ? 'manual' : 'activate', {
			...webhook,
			isTest,
		});
		return trigger.webhookMethods.default[method].call(context);
	};
	return {
		base,
		url: `${base}/${SCOPE}`,
		/** The data with which callbacks started executions. */
		events,
		staticData: () => workflow.getStaticData('node', node),
		loseStaticData: () => {
			workflow.staticData = {};
		},
		publish: async () => await withHook('create', 'trigger'),
		testByHand: async () => await withHook('create', 'manual', true),
		/** Removes the test webhook like n8n does after two minutes. */
		endTestByHand: async () => await withHook('delete', 'internal', true),
		unpublish: async () => await withHook('delete', 'internal'),
		close: server.close,
	};
}
