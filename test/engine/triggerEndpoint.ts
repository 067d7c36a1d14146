import { WebhookContext } from 'n8n-core';
import type { INodeParameters, IWebhookDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { TranscriptionTrigger } from '../../nodes/Transcription/TranscriptionTrigger.node';
import { additionalData, aWorkflow, providerOf, type Result, run, type Setup, WORKFLOW_ID } from './harness';
import { type LocalServer, type SeenRequest, sendJson, startServer } from './localServer';

type Request = ReturnType<IWebhookFunctions['getRequestObject']>;
type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

export interface TriggerEndpoint extends LocalServer {
	/** The base of n8n's production webhook URLs. */
	base: string;
	/** The trigger's return values and errors, oldest first. */
	returned: Array<IWebhookResponseData | { thrown: unknown }>;
	/** The executions that callbacks started. */
	executions: Array<Promise<Result>>;
}

/**
 * n8n's webhook endpoint for one published trigger: passes requests to its webhook(), responds with the return value like
 * n8n, and starts executions. Any other path is a 404, as for an unpublished workflow.
 */
export async function startTrigger(parameters: INodeParameters, setup: Setup): Promise<TriggerEndpoint> {
	const returned: TriggerEndpoint['returned'] = [];
	const executions: TriggerEndpoint['executions'] = [];
	const path = `/webhook/${setup.workflowId ?? WORKFLOW_ID}/${providerOf(parameters).name}`;
	const server = await startServer(async (request, response) => {
		const isPath = request.url.split('?')[0] === path;
		if (!isPath || request.method !== 'POST') {
			const message = isPath
				? `This webhook is not registered for ${request.method} requests. Did you mean to make a POST request?`
				: 'The requested webhook is not registered.';
			sendJson(response, 404, { code: 404, message });
			return;
		}
		// The parts of Express that n8n's webhook nodes use.
		const express = Object.assign(response, {
			status: (code: number) => Object.assign(response, { statusCode: code }),
			json: (body: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)),
		});
		try {
			const answer = await callWebhook(parameters, setup, request, express as unknown as Response);
			returned.push(answer);
			if (answer.noWebhookResponse) return;
			if (answer.workflowData) {
				executions.push(
					run('transcriptionTrigger', parameters, answer.workflowData[0] ?? [], { mode: 'webhook', ...setup }),
				);
			}
			sendJson(response, 200, answer.webhookResponse ?? { message: 'Workflow was started' });
		} catch (error) {
			returned.push({ thrown: error });
			sendJson(response, 500, { code: 0, message: 'Workflow Webhook Error: Workflow could not be started!' });
		}
	});
	return Object.assign(server, { base: `${server.origin}/webhook`, returned, executions });
}

async function callWebhook(
	parameters: INodeParameters,
	setup: Setup,
	seen: SeenRequest,
	response: Response,
): Promise<IWebhookResponseData> {
	const { workflow, node } = aWorkflow('transcriptionTrigger', parameters, setup);
	const request = {
		headers: seen.headers,
		url: seen.url,
		originalUrl: seen.url,
		// n8n reads the body of a JSON request itself, and other bodies only on demand.
		rawBody: seen.headers['content-type']?.includes('json') ? seen.body : undefined,
		async readRawBody() {
			// n8n parses forms itself, so their stream can't be read again.
			if (seen.headers['content-type']?.startsWith('multipart/')) throw new Error('stream is not readable');
			request.rawBody = seen.body;
		},
	};
	const trigger = new TranscriptionTrigger();
	// n8n creates no execution until the trigger has accepted the request.
	const data = { ...additionalData(setup), executionId: undefined };
	const webhook = {
		httpMethod: 'POST' as const,
		node: node.name,
		path: 'unused',
		webhookDescription: trigger.description.webhooks?.[0] as IWebhookDescription,
		workflowId: workflow.id,
		workflowExecuteAdditionalData: data,
	};
	const context = new WebhookContext(
		workflow,
		node,
		{ ...data, httpRequest: request as unknown as Request, httpResponse: response },
		setup.mode ?? 'webhook',
		webhook,
		[],
		null,
	);
	return await trigger.webhook.call(context);
}
