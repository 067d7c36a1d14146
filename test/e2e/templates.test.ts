import { join } from 'node:path';
import { NodeHelpers, type INode } from 'n8n-workflow';
import { type Editor, openEditor } from '../../tools/n8n/browser';
import { readTemplate, templateNames, templatesFolder } from '../../tools/templates';
import { MINUTES, useTestbed } from './harness';
import { completed, credentialTypesOf, typeOf } from './templates/nodeTypes';

/** Tests that n8n can import the templates unchanged: they contain nothing unknown and only lack credentials. */
const testbed = useTestbed();

/** Required parameters without a sensible default, which users select from a list after the import. */
const CHOICES: Record<string, readonly string[]> = {
	'meeting-to-notion': ['Create Page: Parameter "Database" is required.'],
};

/** Returns the paths of values in `actual` that aren't in `known`: parameters that n8n doesn't know or wouldn't show. */
function unknownIn(actual: unknown, known: unknown, path = ''): string[] {
	if (actual === null || typeof actual !== 'object')
		return actual === known ? [] : [`${path}: ${JSON.stringify(known)} instead of ${JSON.stringify(actual)}`];
	return Object.entries(actual).flatMap(([key, value]) => {
		const there = (known as Record<string, unknown> | null | undefined)?.[key];
		return there === undefined ? [`${path}.${key}`] : unknownIn(value, there, `${path}.${key}`);
	});
}

describe.each(templateNames)('%s', (name) => {
	const nodes = readTemplate(name).nodes;

	it('has nodes of known types and versions, with known parameters only', async () => {
		const unknown: string[] = [];
		for (const node of nodes) {
			const type = await typeOf(testbed.client, node);
			unknown.push(...unknownIn(node.parameters, completed(node, type), node.name));
		}
		expect(unknown).toEqual([]);
	});

	it('has all required parameters that aren’t selected from a list', async () => {
		const missing: string[] = [];
		for (const node of nodes) {
			const type = await typeOf(testbed.client, node);
			const issues = NodeHelpers.getNodeParametersIssues(
				type.properties,
				{ ...(node as INode), parameters: completed(node, type) },
				type,
			);
			missing.push(
				...Object.values(issues?.parameters ?? {})
					.flat()
					.map((issue) => `${node.name}: ${issue}`),
			);
		}
		expect(missing).toEqual(CHOICES[name] ?? []);
	});
});

describe('in the editor', () => {
	let editor: Editor;
	beforeAll(async () => {
		// n8n selects a credential automatically if there is only one.
		await testbed.client.deleteCredential(testbed.credential.id);
		editor = await openEditor(testbed.client, { viewport: { width: 1800, height: 1000 } });
		// Leave the previous template without saving it.
		editor.page.on('dialog', (dialog) => void dialog.accept());
	}, 3 * MINUTES);
	afterAll(async () => await editor.close());

	it.each(templateNames)(
		'%s can be imported from its file, and only nodes without a credential are marked red',
		async (name) => {
			const template = readTemplate(name);
			await editor.page.goto(`${testbed.n8n.url}/workflow/new`);
			await editor.byTestId('workflow-import-input').setInputFiles(join(templatesFolder, `${name}.json`));
			const onCanvas = template.nodes.filter(({ type }) => !type.endsWith('.stickyNote'));
			await editor
				.byTestId('canvas-node')
				.nth(onCanvas.length - 1)
				.waitFor();

			const wanting: string[] = [];
			for (const node of onCanvas) {
				const types = credentialTypesOf(node, await typeOf(testbed.client, node));
				if (types.length > 0) wanting.push(node.name);
			}
			const red = editor.page.locator('[data-test-id="canvas-node"]:has([data-test-id="node-issues"])');
			await red.nth(Math.max(0, wanting.length - 1)).waitFor();
			expect((await red.evaluateAll((all) => all.map((node) => node.getAttribute('data-node-name')))).sort()).toEqual(
				wanting.sort(),
			);
		},
		3 * MINUTES,
	);
});
