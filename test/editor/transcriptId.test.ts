import { outputOf, type WorkflowNode } from '../../tools/n8n';
import { credentialsOf, node, runSubmit, sample } from '../e2e/harness';
import { operation, ours } from './canvas';
import { useEditor, useServices } from './testbed';
import type { Service } from './table';

const service = useServices();
const browser = useEditor(() => service('assemblyAi').client);

/** Submits a recording to a service's sandbox without a callback, and returns the job's ID. */
async function submitted(name: Service): Promise<string> {
	const { sandbox } = service(name);
	const audioUrl = `${sandbox.origin}/samples/${sample(sandbox).file}`;
	const submit = { ...operation('transcription.submit'), source: 'url', audioUrl, callback: 'none' };
	const workflow = await canvas(name, 'Submit', { ...submit, options: {} });
	const id = String(outputOf(await runSubmit(service(name), workflow), 'Submit')[0]?.json.id);
	await sandbox.settled();
	return id;
}

/** Creates a workflow with a start node and one of our nodes. */
async function canvas(name: Service, title: string, parameters: Record<string, unknown>) {
	const testbed = service(name);
	const nodes: WorkflowNode[] = [
		{ ...node('Start', 'n8n-nodes-base.manualTrigger', 1, {}), position: [0, 0] },
		{
			...ours(testbed, title, 'transcription', [260, 0], parameters as never),
			credentials: credentialsOf(testbed.credential),
		},
	];
	return await testbed.client.createWorkflow({
		name: title,
		nodes,
		connections: { Start: { main: [[{ node: title, type: 'main', index: 0 }]] } },
	});
}

const field = () => browser.editor().byTestId('resource-locator-transcriptId');

/** Switches Transcript ID from its default, an expression, to the list, and opens it. */
async function openList(): Promise<void> {
	const editor = browser.editor();
	await field().hover();
	await editor.byTestId('parameter-input-transcriptId').hover();
	await editor.page.locator('[data-test-id="radio-button-fixed"]').locator('visible=true').first().click();
	await field().locator('[data-test-id="rlc-mode-selector"]').click();
	await editor.byTestId('mode-list').locator('visible=true').click();
	await field().locator('[data-test-id="rlc-input"]').click();
}

it('lists transcripts, finds one by its ID, and gets the one that is selected', async () => {
	const older = await submitted('assemblyAi');
	await submitted('assemblyAi');
	const editor = browser.editor();
	const { id } = await canvas('assemblyAi', 'Get', operation('transcript.get'));
	await editor.openWorkflow(id);
	await editor.openNode('Get');
	await openList();
	const items = editor.byTestId('rlc-item');
	await items.nth(1).waitFor();
	for (const entry of await items.allTextContents())
		expect(entry.trim()).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d · Completed · \S+ · [0-9a-f]{8}$/);

	await editor.page.keyboard.type(older);
	await items.nth(1).waitFor({ state: 'detached' });
	await items.first().click();
	await editor.byTestId('node-execute-button').first().click();
	await editor.byTestId('output-panel').getByText(older).first().waitFor();
	expect(browser.complaints()).toEqual([]);
	await editor.closeNode();
});
