import { join } from 'node:path';
import { OPERATIONS } from '../../nodes/Transcription/operations';
import { allServices } from '../demo/services';
import type { WorkflowNode } from '../n8n';
import { type Editor, openEditor } from '../n8n/browser';
import { images } from './images';
import type { Testbed } from './testbed';

/** Large enough for the longest panel. */
const viewport = { width: 1280, height: 1100 };
const PROVIDER = 'assemblyAi';
const ID = '9ea68fd3-f953-42c1-9742-976c447fb463';

/** Values to fill in, so that no field is marked as missing. */
const FILLED: Record<string, WorkflowNode['parameters']> = {
	submit: { metadata: { pair: [{ key: 'contactId', value: '4711' }] }, options: { diarize: true } },
	get: { transcriptId: ID },
	delete: { transcriptId: ID },
};

/** Takes screenshots of every operation's panel, the node search, and the credential's form, in both themes. */
export async function takeReference({ client, sandbox }: Testbed): Promise<void> {
	const service = allServices(sandbox, {}, undefined).find(({ provider }) => provider.name === PROVIDER);
	if (!service) throw new Error(`The sandbox doesn't simulate ${PROVIDER}`);
	const { credentialType } = service.provider;
	const { id: credentialId, name } = await client.createCredential(
		'AssemblyAI account',
		credentialType,
		service.credentialData,
	);
	const credentials = { [credentialType]: { id: credentialId, name } };
	const nodes: WorkflowNode[] = OPERATIONS.map(({ resource, option }, index) => ({
		id: crypto.randomUUID(),
		name: option.name,
		type: 'n8n-nodes-transcription.transcription',
		typeVersion: 1,
		position: [(index % 4) * 260, Math.floor(index / 4) * 220],
		credentials,
		parameters: { provider: PROVIDER, resource, operation: option.value, ...FILLED[option.value] },
	}));
	// Without a trigger on the canvas, the search would show triggers first.
	nodes.push({
		id: 'start',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [-260, 0],
		parameters: {},
	});
	const { id } = await client.createWorkflow({ name: 'Operations', nodes, connections: {} });
	for (const theme of ['light', 'dark'] as const) {
		const editor = await openEditor(client, { theme, viewport });
		const suffix = theme === 'dark' ? '-dark' : '';
		await editor.openWorkflow(id);
		for (const { option } of OPERATIONS) {
			await editor.openNode(option.name);
			await takeFields(editor, join(images, `panel-${option.value}${suffix}.png`));
			await editor.closeNode();
		}
		await takeSearch(editor, join(images, `search${suffix}.png`));
		await editor.openCredential(credentialId);
		await editor.page.getByText('Connection tested successfully').waitFor();
		await editor.page.waitForTimeout(600);
		await editor.screenshot(join(images, `credential${suffix}.png`), editor.byTestId('editCredential-modal'));
		await editor.close();
	}
}

/** Takes a screenshot of the fields, from the first to the last one. */
async function takeFields(editor: Editor, path: string): Promise<void> {
	// Hovering would show a field's buttons.
	await editor.page.mouse.move(10, 10);
	await editor.page.waitForTimeout(200);
	const clip = await editor.page.evaluate<{ x: number; y: number; width: number; height: number }>(`(() => {
		const list = [...document.querySelectorAll('[data-test-id="ndv"] .parameter-input-list-wrapper')].find((one) => one.getClientRects().length > 0);
		const { x, width } = list.getBoundingClientRect();
		const top = document.querySelector('[data-test-id="node-execute-button"]').getBoundingClientRect().top - 8;
		const bottom = Math.max(...[...list.children].map((child) => child.getBoundingClientRect().bottom));
		return { x: x - 12, y: top, width: width + 24, height: bottom - top + 16 };
	})()`);
	await editor.page.screenshot({ path, clip, animations: 'disabled' });
}

async function takeSearch(editor: Editor, path: string): Promise<void> {
	await editor.byTestId('node-creator-plus-button').first().click();
	await editor.byTestId('node-creator-search-bar').fill('transcription');
	await editor
		.byTestId('node-creator-node-item')
		.or(editor.byTestId('item-iterator-item'))
		.filter({ hasText: /^\s*Transcription/ })
		.first()
		.click();
	await editor.page.getByText('Transcribe a recording', { exact: true }).waitFor();
	await editor.page.mouse.move(10, 10);
	await editor.page.waitForTimeout(600);
	await editor.screenshot(path, editor.byTestId('node-creator'));
}
