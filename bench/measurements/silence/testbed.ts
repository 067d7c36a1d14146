import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../../sandbox';
import { createServiceCredential, type Service, SERVICES } from '../../../tools/faults/services';
import { connect, credentialsOf, type N8nClient, type N8nInstance, node, type WorkflowNode } from '../../../tools/n8n';
import type { Bench } from '../../bench';
import { type BenchN8nOptions, openBenchN8n } from '../../n8nInstance';
import { type HealthProbe, startHealthProbe } from './healthProbe';
import { type Recording, writeRecording } from './recordings';

/** The workflows that receive a service's transcripts. */
export interface ServiceWorkflows {
	service: Service;
	/** Submit, and the trigger that receives the callback. */
	delivery: { workflowId: string; submitPath: string };
	/** Get, by job ID. */
	get: { workflowId: string; path: string };
	/** The floor: fetches the same responses and only parses them. */
	plain: { workflowId: string; path: string };
}

/** A real n8n, the sandbox, and a workflow for every service. */
export interface Testbed {
	sandbox: Sandbox;
	n8n: N8nInstance['n8n'];
	client: N8nClient;
	probe: HealthProbe;
	services: readonly ServiceWorkflows[];
	/** Characters in the text of a recording's transcript. */
	textLength(recording: Recording): number;
	close(): Promise<void>;
}

/** The last node of every workflow. */
export const LAST = 'Last';

/** How long the sandbox waits for the response to a callback. Real services don't wait as long, but this way the response time can be measured. */
const ACKNOWLEDGE_SECONDS = 600;

/** In MiB. ElevenLabs' callback with 100,000 words is 29 MB, but n8n accepts 16 MiB by default. */
const BODY_LIMIT = { N8N_PAYLOAD_SIZE_MAX: '64' };

/** One per provider. Scriptix' second API is left out, because it accepts no URLs and returns the same transcripts. */
const URL_SERVICES = SERVICES.filter(({ source }) => source === 'url');

export async function openTestbed(
	bench: Bench,
	recordings: readonly Recording[],
	options: BenchN8nOptions = {},
): Promise<Testbed> {
	const samplesFolder = mkdtempSync(join(tmpdir(), 'transcription-recordings-'));
	const lengths = new Map(recordings.map((recording) => [recording, writeRecording(samplesFolder, recording)]));
	const sandbox = await startSandbox({
		port: 0,
		jobSeconds: 0,
		samplesFolder,
		acknowledgeSeconds: ACKNOWLEDGE_SECONDS,
	});
	sandbox.jobs.hold();
	const instance = await openBenchN8n(bench, { ...options, env: { ...BODY_LIMIT, ...options.env } });
	const { n8n, client } = instance;
	const probe = await startHealthProbe(n8n);
	const close = async () => {
		probe.close();
		await instance.close();
		await sandbox.close();
		rmSync(samplesFolder, { recursive: true, force: true });
	};
	try {
		const services: ServiceWorkflows[] = [];
		for (const service of URL_SERVICES) services.push(await createServiceWorkflows(client, sandbox, service));
		return { sandbox, n8n, client, probe, services, textLength: (recording) => lengths.get(recording) ?? 0, close };
	} catch (error) {
		await close();
		throw error;
	}
}

async function createServiceWorkflows(
	client: N8nClient,
	sandbox: Sandbox,
	service: Service,
): Promise<ServiceWorkflows> {
	const { name, provider, profile } = service;
	const credential = await createServiceCredential(client, sandbox, service);
	const ours = (nodeName: string, type: string, parameters: Record<string, unknown>): WorkflowNode => ({
		...node(nodeName, type, 1, { provider, ...parameters }),
		credentials: credentialsOf(credential),
	});
	const [submitPath, getPath] = [crypto.randomUUID(), crypto.randomUUID()];
	const submit = ours('Submit', 'n8n-nodes-transcription.transcription', {
		resource: 'transcription',
		operation: 'submit',
		source: 'url',
		audioUrl: '={{ $json.body.audioUrl }}',
		options: { diarize: true, ...profile.options },
	});
	const trigger = ours('Trigger', 'n8n-nodes-transcription.transcriptionTrigger', {});
	const get = ours('Get', 'n8n-nodes-transcription.transcription', {
		resource: 'transcript',
		operation: 'get',
		transcriptId: '={{ $json.body.id }}',
	});
	const plain = { ...ours('Plain Delivery', 'CUSTOM.plainDelivery', {}), webhookId: crypto.randomUUID() };
	return {
		service,
		delivery: {
			workflowId: await publish(client, name, [
				[webhook(submitPath), submit],
				[trigger, last()],
			]),
			submitPath: `webhook/${submitPath}`,
		},
		get: {
			workflowId: await publish(client, `${name}: Get`, [[webhook(getPath), get, last()]]),
			path: `webhook/${getPath}`,
		},
		plain: {
			workflowId: await publish(client, `${name}: JSON.parse`, [[plain, last()]]),
			path: `webhook/${plain.webhookId}/plain`,
		},
	};
}

const webhook = (path: string) => node('Start', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path, options: {} });

const last = () => node(LAST, 'n8n-nodes-base.noOp', 1, {});

/** @param chains nodes, each connected to the next one in its chain @returns the workflow's ID */
async function publish(client: N8nClient, name: string, chains: readonly WorkflowNode[][]): Promise<string> {
	const connections = connect(...chains.map((chain) => chain.map((one) => one.name)));
	const { id } = await client.createWorkflow({
		name,
		settings: { executionOrder: 'v1' },
		nodes: chains.flat(),
		connections,
	});
	await client.publish(id);
	return id;
}
