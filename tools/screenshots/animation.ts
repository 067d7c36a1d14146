import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareCanvas } from '../demo/canvas';
import { findRecording } from '../demo/recording';
import { allServices } from '../demo/services';
import { names } from '../demo/workflow';
import type { N8nClient } from '../n8n';
import { type Editor, openEditor } from '../n8n/browser';
import { animatePngs, type Frame } from './animatedPng';
import { dismissChecklist } from './canvas';
import { images } from './images';
import type { Testbed } from './testbed';

const viewport = { width: 1280, height: 720 };
/** Keeps the file small. The texts are still readable. */
const SCALE = 0.75;

/** Hides the containers of the code editor's tooltips, which are white boxes in the corner of the page while they are empty. */
const EMPTY_TOOLTIPS = '[class*="ͼ"]:empty { display: none !important }';

/** Creates an animation in both themes: from the recording to the note in the CRM. */
export async function takeAnimation({ client, sandbox }: Testbed): Promise<void> {
	const services = allServices(sandbox, {}, undefined);
	const workflowId = await prepareCanvas(client, findRecording().path, 'assemblyAi', services);
	for (const theme of ['light', 'dark'] as const) {
		const editor = await openEditor(client, { theme, viewport, scale: SCALE });
		const frames = await takeFrames(editor, client, workflowId);
		writeFileSync(join(images, `flow${theme === 'dark' ? '-dark' : ''}.png`), animatePngs(frames));
		await editor.close();
	}
}

async function takeFrames(editor: Editor, client: N8nClient, workflowId: string): Promise<Frame[]> {
	const frames: Frame[] = [];
	const take = async (seconds: number) => {
		await editor.dismissNotices();
		// Hovering would show a node's buttons.
		await editor.page.mouse.move(640, 712);
		await editor.page.waitForTimeout(500);
		frames.push({ png: await editor.page.screenshot({ animations: 'disabled' }), seconds });
	};
	await editor.openWorkflow(workflowId);
	await dismissChecklist(editor);
	await take(2);

	const isCallback = ({ mode }: { mode: string }) => mode === 'webhook';
	const count = (await client.listExecutions(workflowId)).filter(isCallback).length;
	await editor.page.locator(`[data-test-id="canvas-node"][data-node-name="${names.start}"]`).hover();
	await editor.byTestId(`execute-workflow-button-${names.start}`).click();
	const executions = await client.waitForExecutions(workflowId, count + 1, 60_000, isCallback);
	await editor.page
		.locator(`[data-test-id="canvas-node"][data-node-name="${names.submit}"]`)
		.locator('[data-test-id="canvas-node-status-success"]')
		.waitFor();
	await take(2.5);

	const executionId = executions.at(-1)?.id;
	await editor.openExecution(workflowId, executionId);
	// The execution's date would cover a note.
	await editor.byTestId('zoom-out-button').first().click();
	await take(2.5);
	for (const name of [names.trigger, names.crm]) {
		await editor.openExecution(workflowId, executionId);
		await editor.page.addStyleTag({ content: EMPTY_TOOLTIPS });
		await editor.openNode(name);
		await take(4);
	}
	return frames;
}
