import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findRecording } from '../demo/recording';
import { allServices } from '../demo/services';
import type { N8nClient } from '../n8n';
import { openEditor } from '../n8n/browser';
import { images } from './images';
import type { Testbed } from './testbed';

/** Longer than Initial Poll and than taking the screenshots. */
const JOB_SECONDS = 300;

/** Takes screenshots of the canvas while Submit and Wait waits, in both themes. */
export async function takeWaiting({ client, sandbox }: Testbed): Promise<void> {
	const service = allServices(sandbox, {}, undefined).find(({ provider }) => provider.name === 'soniox');
	if (!service) throw new Error("The sandbox doesn't simulate Soniox");
	const { id: credentialId, name } = await client.createCredential(
		'Soniox account',
		service.provider.credentialType,
		service.credentialData,
	);
	sandbox.configure({ jobSeconds: JOB_SECONDS });
	const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	const { id } = await client.createWorkflow({
		name: 'Interviews',
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'read',
				name: 'Read Recording',
				type: 'n8n-nodes-base.readWriteFile',
				typeVersion: 1,
				position: [220, 0],
				parameters: { operation: 'read', fileSelector: findRecording().path, options: {} },
			},
			{
				id: 'wait',
				name: 'Transcribe',
				type: 'n8n-nodes-transcription.transcription',
				typeVersion: 1,
				position: [440, 0],
				webhookId: crypto.randomUUID(),
				credentials: { [service.provider.credentialType]: { id: credentialId, name } },
				parameters: {
					provider: 'soniox',
					resource: 'transcription',
					operation: 'submitAndWait',
					options: { initialPoll: 0 },
				},
			},
			{
				id: 'next',
				name: 'To Your CMS',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [660, 0],
				parameters: {},
			},
		],
		connections: { Start: to('Read Recording'), 'Read Recording': to('Transcribe'), Transcribe: to('To Your CMS') },
	});
	for (const theme of ['light', 'dark'] as const) {
		const editor = await openEditor(client, { theme, viewport: { width: 1280, height: 640 } });
		await editor.openWorkflow(id);
		await editor.byTestId('execute-workflow-button').first().click();
		await untilWaiting(client, id);
		await editor.page.waitForTimeout(2_500);
		await editor.dismissNotices();
		await editor.screenshot(join(images, `waiting${theme === 'dark' ? '-dark' : ''}.png`));
		await editor.close();
		for (const execution of await client.listExecutions(id)) {
			if (execution.status === 'waiting') await client.stopExecution(execution.id);
		}
	}
	sandbox.configure({ jobSeconds: 0.2 });
}

async function untilWaiting(client: N8nClient, workflowId: string): Promise<void> {
	for (let attempt = 0; attempt < 150; attempt++) {
		if ((await client.listExecutions(workflowId)).some(({ status }) => status === 'waiting')) return;
		await sleep(200);
	}
	throw new Error("The execution doesn't wait");
}
