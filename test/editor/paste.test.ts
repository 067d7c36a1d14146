import type { WorkflowDefinition } from '../../tools/n8n';
import { type Editor, openEditor } from '../../tools/n8n/browser';
import { readTemplate, templateNames } from '../../tools/templates';
import { MINUTES, useTestbed } from '../e2e/harness';

/** Pastes every template onto the canvas, as the README describes. */
const testbed = useTestbed();

let editor: Editor;
const problems: string[] = [];
beforeAll(async () => {
	editor = await openEditor(testbed.client, { viewport: { width: 1800, height: 1000 } });
	await editor.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	editor.page.on('pageerror', (error) => problems.push(error.message));
	await editor.page.goto(`${testbed.n8n.url}/workflow/new`);
}, 3 * MINUTES);
afterAll(async () => await editor.close());

/** Copies a workflow's JSON and pastes it onto the empty canvas. */
async function paste({ nodes, connections }: Pick<WorkflowDefinition, 'nodes' | 'connections'>): Promise<void> {
	const { page } = editor;
	await editor.byTestId('canvas-add-button').waitFor();
	await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(JSON.stringify({ nodes, connections }))})`);
	const pasted = editor.byTestId('canvas-node').or(editor.byTestId('sticky'));
	// On a busy machine, n8n may not be listening to the keyboard yet, for example while it closes a dialog.
	for (let press = 0; press < 10 && (await pasted.count()) === 0; press++) {
		await page.keyboard.press('Control+v');
		await pasted
			.first()
			.waitFor({ timeout: 10_000 })
			.catch(() => undefined);
	}
	await pasted.nth(nodes.length - 1).waitFor();
}

afterEach(async () => {
	await editor.page.keyboard.press('Control+a');
	await editor.page.keyboard.press('Delete');
});

it.each(templateNames)(
	'%s arrives completely, with nodes that n8n knows',
	async (name) => {
		const template = readTemplate(name);
		await paste(template);
		const names = await editor
			.byTestId('canvas-node')
			.evaluateAll((all) => all.map((node) => node.getAttribute('data-node-name')));
		const expected = template.nodes.filter(({ type }) => !type.endsWith('.stickyNote')).map((node) => node.name);
		expect(names.sort()).toEqual(expected.sort());
		expect(await editor.byTestId('node-not-installed').count()).toBe(0);
		expect(problems.splice(0)).toEqual([]);
	},
	3 * MINUTES,
);

it('n8n marks a node that it doesn’t know', async () => {
	const [node] = readTemplate('agent').nodes.filter(({ type }) => type.startsWith('n8n-nodes-transcription.'));
	await paste({ nodes: [{ ...node!, type: 'n8n-nodes-transcription.other' }], connections: {} });
	await editor.byTestId('node-not-installed').waitFor();
});
