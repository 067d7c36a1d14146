import { type Editor, openEditor } from '../../tools/n8n/browser';
import { readPanel } from '../../tools/n8n/panel';
import { operation, ours } from './canvas';
import { NARROW, useServices } from './testbed';
import { type Service, SERVICES, services } from './table';

const service = useServices();

/** The actions in the order of n8n's list. */
const ACTIONS = [
	'Transcribe a recording',
	'Transcribe a recording and wait',
	'Acknowledge a transcript',
	'Delete a transcript',
	'Export a transcript',
	'Get a transcript',
	'Get many transcripts',
	'Recover missed transcripts',
];

/**
 * Search terms, and the lowest acceptable position of the node among the results. n8n ranks names above aliases and adds
 * points for popular nodes, so AWS Transcribe, OpenAI, and Google Gemini precede it for “transcribe”, and Sort for “SRT”.
 */
const TERMS: Array<[string, number]> = [
	['transcribe', 5],
	['transcription', 1],
	['transcript', 1],
	['speech to text', 1],
	['subtitles', 1],
	['captions', 1],
	['SRT', 2],
	['VTT', 1],
	['diarization', 1],
	['call recording', 1],
	['voice note', 1],
	['voice message', 1],
	['podcast', 1],
	['meeting', 1],
];

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
	let editor: Editor;
	beforeAll(async () => {
		const nodes = [
			ours(service('assemblyAi'), 'Action', 'transcription', [0, 0], operation('transcription.submit')),
			ours(service('assemblyAi'), 'Trigger', 'transcriptionTrigger', [0, 260]),
		];
		const { id } = await service('assemblyAi').client.createWorkflow({ name: theme, nodes, connections: {} });
		editor = await openEditor(service('assemblyAi').client, { theme, viewport: NARROW });
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
			const tops = await Promise.all(
				ACTIONS.map(async (action) => (await editor.page.getByText(action, { exact: true }).boundingBox())?.y ?? 0),
			);
			expect(tops).toEqual([...tops].sort((a, b) => a - b));
			await editor.page.getByText('Triggers (1)').click();
			await editor.page.getByText('On new Transcription event').waitFor();
			await editor.page.mouse.click(400, 400);
			await search.waitFor({ state: 'hidden' });
		},
	);
});

describe('node search', () => {
	let editor: Editor;
	let workflowId = '';
	beforeAll(async () => {
		const nodes = [ours(service('assemblyAi'), 'Action', 'transcription', [0, 0], operation('transcription.submit'))];
		({ id: workflowId } = await service('assemblyAi').client.createWorkflow({
			name: 'Search',
			nodes,
			connections: {},
		}));
		editor = await openEditor(service('assemblyAi').client, { viewport: NARROW });
		await editor.openWorkflow(workflowId);
	}, 180_000);
	afterAll(async () => await editor.close());

	it('finds the node for every term, at the top where possible', async () => {
		await editor.byTestId('node-creator-plus-button').first().click();
		const search = editor.byTestId('node-creator-search-bar');
		const names = editor.byTestId('node-creator-item-name');
		const positions: Array<[string, number]> = [];
		for (const [term] of TERMS) {
			// Empties the list first, so that the results of the previous term aren't mistaken for this term's.
			await search.fill('no such node');
			await names.first().waitFor({ state: 'detached' });
			await search.fill(term);
			await editor
				.byTestId('node-creator-item-name')
				.filter({ hasText: /^\s*Transcription\s*$/ })
				.first()
				.waitFor();
			const results = await names.allTextContents();
			positions.push([term, results.findIndex((name) => name.trim() === 'Transcription') + 1]);
		}
		console.log(positions.map((row) => row.join(': ')).join('\n'));
		expect(positions.filter(([, position], index) => position > (TERMS[index]?.[1] ?? 0))).toEqual([]);
		await editor.page.keyboard.press('Escape');
	});

	it('adds the trigger with both events selected and both outputs on', async () => {
		await editor.byTestId('node-creator-plus-button').first().click();
		await editor.byTestId('node-creator-search-bar').fill('transcription');
		await editor
			.byTestId('node-creator-item-name')
			.filter({ hasText: /^\s*Transcription\s*$/ })
			.first()
			.click();
		// n8n expands the list of triggers while there is none on the canvas.
		await editor.page.getByText('Triggers (1)').waitFor();
		await editor.page.getByText('On new Transcription event').click();
		await editor.byTestId('ndv').waitFor();
		const startOn = editor.byTestId('parameter-input-events');
		await startOn.waitFor();
		expect(await startOn.textContent()).toMatch(/Completed.*Failed/s);
		await editor.closeNode();
		const trigger = editor.page.locator('[data-test-id="canvas-node"][data-node-name="Transcription Trigger"]');
		expect(await trigger.textContent()).toContain('AssemblyAI: completed, failed');
	});

	it.each<[string, object, string[]]>([
		['both events', {}, ['Completed', 'Failed']],
		['only completed jobs', { events: ['completed'] }, ['Completed', 'Failed (Off)']],
		['an expression', { events: '={{ $json.events }}' }, ['Completed', 'Failed']],
	])('draws the outputs of a trigger for %s', async (name, parameters, labels) => {
		const nodes = [ours(service('assemblyAi'), 'Trigger', 'transcriptionTrigger', [0, 0], parameters as never)];
		const { id } = await service('assemblyAi').client.createWorkflow({ name, nodes, connections: {} });
		await editor.openWorkflow(id);
		for (const label of labels) await editor.page.getByText(label, { exact: true }).first().waitFor();
	});
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
		editor = await openEditor(service('assemblyAi').client, { viewport: { width: 1280, height: 1600 } });
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
