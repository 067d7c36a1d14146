import { HookContext, WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	INodeParameters,
	IWebhookData,
	IWebhookDescription,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { TranscriptionTrigger } from '../../nodes/Transcription/TranscriptionTrigger.node';
import { additionalData, aWorkflow, providerOf, type Result, run, type Setup } from './harness';
import { sendJson, startServer } from './localServer';

type Http = Pick<IWorkflowExecuteAdditionalData, 'httpRequest' | 'httpResponse'>;

/**
 * One trigger in one n8n instance: publishing and unpublishing it, its webhook endpoint, the executions that callbacks
 * start, and the static data.
 */
export async function aTrigger(parameters: INodeParameters, setup: Setup) {
	const trigger = new TranscriptionTrigger();
	const { workflow, node } = aWorkflow('transcriptionTrigger', parameters, setup);
	const path = `${workflow.id}/${providerOf(parameters).name}`;
	const executions: Array<Promise<Result>> = [];
	const statuses: number[] = [];
	const warnings: string[] = [];

	const server = await startServer(async (seen, response) => {
		const express = Object.assign(response, {
			status: (code: number) => Object.assign(response, { statusCode: code }),
			json: (body: unknown) => response.end(JSON.stringify(body)),
		});
		const request = { headers: seen.headers, url: seen.url, originalUrl: seen.url, rawBody: seen.body };
		const http = { httpRequest: request, httpResponse: express } as unknown as Http;
		const context = new WebhookContext(workflow, node, { ...data(), ...http }, 'webhook', webhook, [], null);
		jest.spyOn(context.logger, 'warn').mockImplementation((message) => void warnings.push(message));
		const answer = await trigger.webhook.call(context);
		if (answer.workflowData)
			executions.push(
				run('transcriptionTrigger', parameters, answer.workflowData[0] ?? [], { mode: 'webhook', ...setup }),
			);
		if (!answer.noWebhookResponse) sendJson(response, 200, answer.webhookResponse);
		statuses.push(response.statusCode);
	});
	const base = `${server.origin}/webhook`;
	const data = () => additionalData({ ...setup, webhookBase: base });
	const webhook = {
		httpMethod: 'POST',
		node: node.name,
		path,
		webhookDescription: trigger.description.webhooks?.[0] as IWebhookDescription,
		workflowId: workflow.id,
		workflowExecuteAdditionalData: data(),
	} as IWebhookData;
	const hook = async (method: 'create' | 'delete', mode: WorkflowExecuteMode) => {
		const context = new HookContext(workflow, node, data(), mode, 'activate', webhook);
		jest.spyOn(context.logger, 'warn').mockImplementation((message) => void warnings.push(message));
		return await trigger.webhookMethods.default[method].call(context);
	};
	return {
		base,
		url: `${base}/${path}`,
		/** The endpoint's responses, oldest first. */
		statuses,
		/** Log entries about refused callbacks and webhooks that couldn't be removed. */
		warnings,
		publish: async () => await hook('create', 'trigger'),
		unpublish: async () => await hook('delete', 'internal'),
		staticData: (): IDataObject => workflow.getStaticData('node', node),
		loseStaticData: () => {
			workflow.staticData = {};
		},
		/** The results of all executions that callbacks started. */
		results: async () => await Promise.all(executions),
		close: server.close,
	};
}

export type PublishedTrigger = Awaited<ReturnType<typeof aTrigger>>;
