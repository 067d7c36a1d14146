import { type Editor, openEditor } from '../../tools/n8n/browser';
import { readPanel } from '../../tools/n8n/panel';
import { operation, ours } from './canvas';
import { NARROW, useServices } from './testbed';
import { type Service, SERVICES, services } from './table';

const service = useServices();

const ACTIONS = [
	'Acknowledge a transcript',
	'Delete a transcript',
	'Export a transcript',
	'Get a transcript',
	'Get many transcripts',
	'Recover missed transcripts',
	'Transcribe a recording',
	'Transcribe a recording and wait for the transcript',
];

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
	let editor: Editor;
	beforeAll(async () => {
		const nodes = [
			ours(service('assemblyAi'), 'Action', 'transcription', [0, 0], operation('transcription.submit')),
			ours(service('assemblyAi'), 'Trigger', 'transcriptionTrigger', [0, 260]),
		];
		const { id } = await service('assemblyAi').client.createWorkflow({ name: theme, nodes, connections: {} });
		editor = await openEditor(service('assemblyAi').n8n.url, { theme, viewport: NARROW });
		await editor.openWorkflow(id);
	}, 180_000);
	afterAll(async () => await editor.close());

	it.each(['Action', 'Trigger'])('shows the theme’s icon of the %s on the canvas', async (name) => {
		const icon = editor.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"] img`).first();
		expect(await icon.getAttribute('src')).toMatch(
			theme === 'dark' ? /transcription\.dark\.svg$/ : /transcription\.svg$/,
		);
		expect(await icon.evaluate((image: { naturalWidth: number }) => image.naturalWidth)).toBeGreaterThan(0);
	});

	it.each(['Action', 'Trigger'])('has readable labels for the %s', async (name) => {
		await editor.openNode(name);
		const { contrast } = await readPanel(editor);
		await editor.closeNode();
		// The minimum for normal text in WCAG 2.2, 1.4.3 Contrast (Minimum).
		expect(contrast).toBeGreaterThanOrEqual(4.5);
	});

	it.each(['transcription', 'AssemblyAI', 'speech to text'])(
		'finds the node with its actions and triggers when searching for “%s”',
		async (words) => {
			await editor.byTestId('node-creator-plus-button').first().click();
			const search = editor.byTestId('node-creator-search-bar');
			await search.fill(words);
			const entry = editor
				.byTestId('node-creator-node-item')
				.or(editor.byTestId('item-iterator-item'))
				.filter({ hasText: /^\s*Transcription/ })
				.first();
			await entry.click();
			await editor.page.getByText('Actions (8)').waitFor();
			for (const action of ACTIONS) await editor.page.getByText(action, { exact: true }).waitFor();
			await editor.page.getByText('Triggers (3)').click();
			await editor.page.getByText('On completed').waitFor();
			await editor.page.mouse.click(400, 400);
			await search.waitFor({ state: 'hidden' });
		},
	);
});

/** The fields of each credential after Region and Base URL. */
const OWN: Partial<Record<Service, string[]>> = {
	elevenLabs: ['Webhook Setup'],
	instantTranscriber: ['Signature Check', 'File Field Name'],
	scriptix: ['API Generation', 'Authentication Header', 'Webhook Verification'],
};

describe('credential form', () => {
	let editor: Editor;
	beforeAll(async () => {
		editor = await openEditor(service('assemblyAi').n8n.url, { viewport: { width: 1280, height: 1600 } });
	}, 180_000);
	afterAll(async () => await editor.close());

	it.each(services)('of %s runs its test when it opens and has the required fields', async (name) => {
		await editor.openCredential(service(name).credential.id);
		await editor.page.getByText('Connection tested successfully').waitFor();
		const labels = await editor
			.byTestId('editCredential-modal')
			.locator('label.n8n-input-label .n8n-text')
			.allTextContents();
		const fields = labels.map((label) => label.replace('*', '').trim()).filter((label) => label !== '');
		const shared = ['API Key', 'Region', 'Base URL', ...(OWN[name] ?? []), 'Webhook Secret', 'Previous Webhook Secret'];
		expect([SERVICES[name], fields.slice(0, shared.length)]).toEqual([SERVICES[name], shared]);
	});
});
