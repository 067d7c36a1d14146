import { join } from 'node:path';
import { prepareCanvas } from '../demo/canvas';
import { findRecording } from '../demo/recording';
import { runOnce } from '../demo/run';
import { allServices } from '../demo/services';
import { names } from '../demo/workflow';
import { type Editor, openEditor } from '../n8n/browser';
import { images } from './images';
import { say, type Testbed } from './testbed';

const viewport = { width: 1280, height: 800 };

/** Takes screenshots of the demo's canvas and its panels in both themes, and of Submit's error in an unpublished workflow. */
export async function takeDemo({ client, sandbox }: Testbed): Promise<void> {
	const services = allServices(sandbox, {}, undefined);
	const workflowId = await prepareCanvas(client, findRecording().path, 'assemblyAi', services);
	const { executionId } = await runOnce(client, workflowId, 60_000, say);
	for (const theme of ['light', 'dark'] as const) {
		const editor = await openEditor(client, { theme, viewport });
		const suffix = theme === 'dark' ? '-dark' : '';
		await takePanels(editor, workflowId, suffix);
		await editor.openExecution(workflowId, executionId);
		await editor.dismissNotices();
		await editor.screenshot(join(images, `executed${suffix}.png`));
		await editor.close();
	}
	const editor = await openEditor(client, { viewport });
	await client.unpublish(workflowId);
	await takeUnpublished(editor, workflowId);
	await editor.close();
}

async function takePanels(editor: Editor, workflowId: string, suffix: string): Promise<void> {
	await editor.openWorkflow(workflowId);
	await dismissChecklist(editor);
	await editor.openNode(names.submit);
	await editor.screenshot(join(images, `submit${suffix}.png`));
	await editor.closeNode();
	await editor.openNode(names.trigger);
	await editor.screenshot(join(images, `trigger-panel${suffix}.png`));
	await editor.byTestId('trigger-execute-button').first().click();
	await editor.byTestId('ndv-data-container').getByText('completed').first().waitFor();
	await editor.page.waitForTimeout(500);
	await editor.screenshot(join(images, `trigger-sample${suffix}.png`));
	await editor.closeNode();
}

/** n8n's checklist for published workflows covers a third of the canvas until the user clicks outside it. */
export async function dismissChecklist(editor: Editor): Promise<void> {
	const checklist = editor.page.getByText('Production Checklist');
	await checklist.waitFor({ timeout: 3_000 }).catch(() => undefined);
	if (!(await checklist.isVisible())) return;
	await editor.page.mouse.click(1100, 600);
	await checklist.waitFor({ state: 'hidden' });
}

async function takeUnpublished(editor: Editor, workflowId: string): Promise<void> {
	await editor.openWorkflow(workflowId);
	await editor.openNode(names.submit);
	await editor.byTestId('node-execute-button').first().click();
	await editor.page.getByText('No published Transcription Trigger for').first().waitFor();
	await editor.dismissNotices();
	await editor.page.waitForTimeout(500);
	// Shows only the message, because the input contains the file's path on this machine.
	await editor.screenshot(join(images, 'unpublished.png'), editor.byTestId('output-panel'));
}
