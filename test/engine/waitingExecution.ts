import { WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { WAITING_PATH } from '../../nodes/Transcription/callback/url';
import { Transcription } from '../../nodes/Transcription/Transcription.node';
import { additionalData, aWorkflow, type Result, run, type Setup } from './harness';
import { type LocalServer, type SeenRequest, sendJson, startServer } from './localServer';

/** The number of executions so far. A waiting execution resumes under the same ID. */
let executions = 0;

/** The response that the execution's URL returns instead of n8n's. */
export type Elsewhere = { status: number; body: object } | 'unreachable';

export interface WaitingExecution extends LocalServer {
	/** The result of Submit and Wait. */
	result: Result;
	/** The items that n8n stored as the input of the node. */
	stored: INodeExecutionData[];
	/** The endpoint's responses, oldest first. */
	statuses: number[];
	/** The data that the execution was resumed with, one entry per resume. */
	resumed: INodeExecutionData[][];
	/** The request that resumed it: a callback from the service or our own probe. */
	resumedBy: string[];
	/** The kinds of the received probes, oldest first. */
	probes: string[];
	/** From now on, drops every probe's connection. Callbacks still arrive. */
	breakProbes(): void;
	/** Makes the execution stop waiting at its URL. From then on, n8n reports this or drops the connection. */
	goOnElsewhere(answer?: { status: number; body: object }): void;
	/** The entries of n8n's log. */
	log: string[];
	/** The JSON of the items that the execution resumes with. */
	goesOn(): Promise<IDataObject[]>;
}

/** n8n's endpoint for one waiting execution of Submit and Wait: 409 until it is waiting, and after it has resumed. */
export async function submitAndWait(
	parameters: INodeParameters,
	items: INodeExecutionData[],
	setup: Setup,
	elsewhere?: Elsewhere,
): Promise<WaitingExecution> {
	const full = { resource: 'transcription', operation: 'submitAndWait', ...parameters };
	const own = { executionId: `waiting-${++executions}`, ...setup };
	const [statuses, resumed, log]: [number[], INodeExecutionData[][], string[]] = [[], [], []];
	const resumedBy: WaitingExecution['resumedBy'] = [];
	const probes: string[] = [];
	const ended: { result?: Result; elsewhere?: Elsewhere; breaksProbes?: boolean } = { elsewhere };
	let told: () => void = () => {};
	const wasTold = new Promise<void>((resolve) => (told = resolve));

	const server = await startServer(async (request, response) => {
		response.on('finish', () => statuses.push(response.statusCode));
		const express = Object.assign(response, {
			status: (code: number) => Object.assign(response, { statusCode: code }),
			json: (body: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)),
		});
		const { result, elsewhere } = ended;
		const probe = request.headers['x-transcription-probe'];
		if (typeof probe === 'string') probes.push(probe);
		if (elsewhere === 'unreachable' || (ended.breaksProbes && probe)) {
			response.destroy();
			return;
		}
		if (elsewhere) {
			sendJson(response, elsewhere.status, elsewhere.body);
			return;
		}
		if (!result || resumed.length > 0) {
			sendJson(response, 409, { message: 'The execution is running already.' });
			return;
		}
		const answer = await callWebhook(full, { ...own, webhookBase: base }, result, request, express as never, log);
		if (answer.workflowData) resumed.push(answer.workflowData[0] ?? []);
		if (answer.workflowData) resumedBy.push(String(probe ?? 'callback'));
		if (answer.workflowData) told();
		if (answer.noWebhookResponse) return;
		sendJson(response, 200, answer.webhookResponse);
	});
	const base = `${server.origin}/webhook`;
	const result = await run('transcription', full, items, { ...own, webhookBase: base });
	ended.result = result;
	const stored = result.run.data.executionData?.nodeExecutionStack[0]?.data.main?.[0] ?? [];
	const goesOn = async () => {
		await wasTold;
		return (resumed[0] ?? []).map(({ json }) => json);
	};
	return Object.assign(server, {
		result,
		stored,
		statuses,
		resumed,
		resumedBy,
		probes,
		log,
		goesOn,
		breakProbes: () => void (ended.breaksProbes = true),
		goOnElsewhere: (answer) => (ended.elsewhere = answer ?? 'unreachable'),
	} satisfies Partial<WaitingExecution>);
}

async function callWebhook(
	parameters: INodeParameters,
	setup: Setup,
	{ run: { data } }: Result,
	seen: SeenRequest,
	response: ReturnType<IWebhookFunctions['getResponseObject']>,
	log: string[],
): Promise<IWebhookResponseData> {
	const { workflow, node } = aWorkflow('transcription', parameters, setup);
	const httpRequest = { headers: seen.headers, url: seen.url, originalUrl: seen.url, rawBody: seen.body } as never;
	const type = new Transcription();
	const more = { ...additionalData(setup), httpRequest, httpResponse: response };
	const webhook = {
		httpMethod: 'POST' as const,
		node: node.name,
		path: WAITING_PATH,
		webhookDescription: type.description.webhooks?.[0] as IWebhookDescription,
		workflowId: workflow.id,
		workflowExecuteAdditionalData: more,
	};
	const context = new WebhookContext(workflow, node, more, 'trigger', webhook, [], data);
	jest.spyOn(context.logger, 'warn').mockImplementation((message) => void log.push(message));
	jest.spyOn(context.logger, 'error').mockImplementation((message) => void log.push(message));
	return await type.webhook.call(context);
}
