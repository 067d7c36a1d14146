import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../sandbox';
import { prepareCanvas } from '../demo/canvas';
import { findRecording, samplesFolder } from '../demo/recording';
import { runOnce } from '../demo/run';
import { allServices } from '../demo/services';
import { names } from '../demo/workflow';
import { ensurePackedPackage } from '../lib/packedPackage';
import { N8nClient, projectFolder, startN8n } from '../n8n';
import { type Editor, openEditor } from '../n8n/browser';

const images = join(projectFolder, 'docs/images');
const say = (line: string) => console.log(line);

/** `npm run docs:screenshots`: what the documentation shows of the editor, taken from a real n8n. */
async function main(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'transcription-screenshots-'));
	mkdirSync(images, { recursive: true });
	const sandbox = await startSandbox({ jobSeconds: 0.2 });
	const n8n = await startN8n({
		version: '2.41',
		userFolder: folder,
		tarball: await ensurePackedPackage(say),
		fileAccess: [samplesFolder],
		onProgress: say,
	});
	try {
		const client = new N8nClient(n8n.url);
		await client.signIn();
		const services = allServices(sandbox, {}, undefined);
		const workflowId = await prepareCanvas(client, findRecording().path, 'assemblyAi', services);
		await runOnce(client, workflowId, 60_000, say);
		for (const theme of ['light', 'dark'] as const) {
			const editor = await openEditor(n8n.url, { theme, viewport: { width: 1280, height: 800 } });
			await take(editor, workflowId, theme === 'dark' ? '-dark' : '');
			await editor.close();
		}
		const editor = await openEditor(n8n.url, { viewport: { width: 1280, height: 800 } });
		await client.unpublish(workflowId);
		await takeUnpublished(editor, workflowId);
		await editor.close();
	} finally {
		await n8n.stop();
		await sandbox.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function take(editor: Editor, workflowId: string, suffix: string): Promise<void> {
	await editor.openWorkflow(workflowId);
	await dismissChecklist(editor);
	await editor.screenshot(join(images, `canvas${suffix}.png`));
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

/** n8n's advice for published workflows covers a third of the canvas, until one clicks beside it. */
async function dismissChecklist(editor: Editor): Promise<void> {
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
	await editor.page.getByText('Publish this workflow first').first().waitFor();
	await editor.dismissNotices();
	await editor.page.waitForTimeout(500);
	// Only the message: the input names the file by its path on this machine.
	await editor.screenshot(join(images, 'unpublished.png'), editor.byTestId('output-panel'));
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
