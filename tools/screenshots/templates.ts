import { join } from 'node:path';
import { ensurePackedPackage } from '../lib/packedPackage';
import { openN8n, projectFolder } from '../n8n';
import { type Editor, openEditor } from '../n8n/browser';
import { readTemplate, templateNames } from '../templates';

const say = (line: string) => console.log(line);

/** Hides elements on top of the canvas that aren't part of the template. */
const CONTROLS =
	'.vue-flow__panel, [data-test-id="canvas-controls"], [data-test-id="canvas-wrapper"] > div:not(:has(.vue-flow__node)) { visibility: hidden !important }';

/** Pixels around the outermost nodes. */
const MARGIN = 16;

/** Part of `npm run docs:screenshots`: takes a screenshot of every template on the canvas, as imported. */
async function main(): Promise<void> {
	const { client, close } = await openN8n({
		name: 'templates',
		tarball: await ensurePackedPackage(say),
		onProgress: say,
	});
	try {
		const editor = await openEditor(client, { viewport: { width: 1900, height: 1060 } });
		for (const name of templateNames) {
			const { id } = await client.createWorkflow(readTemplate(name));
			await editor.openWorkflow(id);
			await editor.page.addStyleTag({ content: CONTROLS });
			await editor.page.screenshot({
				path: join(projectFolder, `docs/images/template-${name}.png`),
				clip: await frameOf(editor),
				animations: 'disabled',
			});
		}
		await editor.close();
	} finally {
		await close();
	}
}

/** Returns the bounding box of the nodes and notes. */
async function frameOf({ page }: Editor): Promise<{ x: number; y: number; width: number; height: number }> {
	const boxes = await page
		.locator('.vue-flow__node')
		.evaluateAll((nodes) =>
			nodes
				.map((node) => node.getBoundingClientRect())
				.map(({ left, top, right, bottom }) => ({ left, top, right, bottom })),
		);
	const left = Math.min(...boxes.map((box) => box.left)) - MARGIN;
	const top = Math.min(...boxes.map((box) => box.top)) - MARGIN;
	const right = Math.max(...boxes.map((box) => box.right)) + MARGIN;
	const bottom = Math.max(...boxes.map((box) => box.bottom)) + MARGIN;
	return { x: left, y: top, width: right - left, height: bottom - top };
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
