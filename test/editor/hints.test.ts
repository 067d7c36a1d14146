import type { WorkflowNode } from '../../tools/n8n';
import { node } from '../e2e/harness';
import { operation, ours } from './canvas';
import { useEditor, useServices } from './testbed';

const service = useServices();
const browser = useEditor(() => service('assemblyAi').client);

/** Creates a workflow with one node after a manual trigger, opens the node, and executes it. */
async function execute(subject: WorkflowNode, isTrigger = false) {
	const testbed = service('assemblyAi');
	const start = { ...node('Start', 'n8n-nodes-base.manualTrigger', 1, {}), position: [0, 0] as [number, number] };
	const { id } = await testbed.client.createWorkflow({
		name: subject.name,
		nodes: isTrigger ? [subject] : [start, subject],
		connections: isTrigger ? {} : { Start: { main: [[{ node: subject.name, type: 'main', index: 0 }]] } },
	});
	const editor = browser.editor();
	await editor.openWorkflow(id);
	await editor.openNode(subject.name);
	await editor
		.byTestId(isTrigger ? 'trigger-execute-button' : 'node-execute-button')
		.first()
		.click();
	return editor;
}

it('shows the period and the number of jobs if Recover Missed returns nothing', async () => {
	const subject = ours(
		service('assemblyAi'),
		'Recover',
		'transcription',
		[260, 0],
		operation('transcript.recoverMissed'),
	);
	const editor = await execute(subject);
	const hint = editor.byTestId('output-panel').getByText('Nothing was recovered').first();
	await hint.waitFor();
	expect(await hint.textContent()).toMatch(/AssemblyAI lists 0 jobs from .+ \(Since\) to /);
});

it('shows a marked example after Execute step on the trigger of a fresh account', async () => {
	const editor = await execute(ours(service('assemblyAi'), 'Trigger', 'transcriptionTrigger', [0, 0]), true);
	const panel = editor.byTestId('output-panel');
	await panel.getByText('This is an example, because this AssemblyAI account has no finished transcript yet').waitFor();
	await panel.getByText('isExample').first().waitFor();
	await panel.getByText('textWithSpeakers').first().waitFor();
});
