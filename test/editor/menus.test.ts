import { readMenu } from '../../tools/n8n/panel';
import { operation, ours, withAllOptions } from './canvas';
import { useEditor, useServices } from './testbed';
import { isLacking, type Service, SERVICES, services } from './table';

const service = useServices();
const browser = useEditor(() => service('assemblyAi').client);

/** Operations of the resource Transcript. */
const OPERATIONS = ['Acknowledge', 'Delete', 'Export', 'Get', 'Get Many', 'Recover Missed'];
/** n8n's own operation for nodes with credentials. */
const CUSTOM_CALL = 'Custom API Call';
const WORDS: Record<string, string> = { Delete: 'transcript.delete', 'Get Many': 'transcript.getMany' };
/** The minimum length of each list, and one entry that it must contain. */
const LISTS: Record<Service, { model?: [number, string]; language?: [number, string] }> = {
	assemblyAi: { model: [3, 'Universal-2'], language: [90, 'German'] },
	elevenLabs: { model: [1, 'Scribe V2'], language: [90, 'German'] },
	gladia: { model: [2, 'Solaria 1'], language: [95, 'German'] },
	instantTranscriber: { language: [100, 'German'] },
	revAi: { model: [3, 'Reverb'], language: [30, 'German'] },
	// Scriptix lists no models. The placeholder is checked instead.
	scriptix: { language: [34, 'German'] },
	soniox: { model: [2, 'stt-async-v5'], language: [60, 'German'] },
	speechmatics: { model: [4, 'Enhanced'], language: [50, 'German'] },
};

const canvas = { id: '' };
beforeAll(async () => {
	const nodes = services.flatMap((name, column) => {
		const at = (row: number): [number, number] => [column * 260, row * 220];
		const of = (word: string) => withAllOptions('transcription', { provider: name, ...operation(word) });
		return [
			ours(service(name), `submit ${name}`, 'transcription', at(0), of('transcription.submit')),
			ours(service(name), `get ${name}`, 'transcription', at(1), of('transcript.get')),
		];
	});
	const more = (from: Service, node: string, word: string, column: number) =>
		ours(
			service(from),
			node,
			'transcription',
			[column * 260, 440],
			withAllOptions('transcription', { provider: from, ...operation(word) }),
		);
	nodes.push(
		more('scriptix', 'recover scriptix', 'transcript.recoverMissed', 0),
		more('assemblyAi', 'export', 'transcript.export', 1),
	);
	canvas.id = (await service('assemblyAi').client.createWorkflow({ name: 'Menus', nodes, connections: {} })).id;
	await browser.editor().openWorkflow(canvas.id);
});

describe.each(services)('%s', (name) => {
	it('has its supported operations, sorted, each with its complete description', async () => {
		const editor = browser.editor();
		await editor.openNode(`get ${name}`);
		await editor.byTestId('parameter-input-operation').locator('input').first().click();
		await editor.page.waitForTimeout(400);
		const menu = await readMenu(editor);
		await editor.page.keyboard.press('Escape');
		await editor.closeNode();
		expect(menu.map((entry) => entry.name)).toEqual([
			...OPERATIONS.filter((entry) => !isLacking(WORDS[entry] ?? '', name)),
			CUSTOM_CALL,
		]);
		expect(menu.filter(({ isCut }) => isCut)).toEqual([]);
	});

	it('has dropdowns to choose from', async () => {
		for (const [field, [least, known]] of Object.entries(LISTS[name]))
			expectList(await listOf(`submit ${name}`, field), least, known);
		expect(browser.complaints()).toEqual([]);
	});

	it('has no empty dropdowns and no truncated descriptions in Submit', async () => {
		await expectWholeMenus(`submit ${name}`);
	});
});

it.each(['get assemblyAi', 'recover scriptix', 'export'])(
	'has no empty dropdowns and no truncated descriptions in %s',
	async (name) => {
		await expectWholeMenus(name);
	},
);

it('requires a model ID for Scriptix, which has no list of models', async () => {
	const editor = browser.editor();
	await editor.openNode('submit scriptix');
	const model = editor.byTestId('resource-locator-model');
	expect(await model.locator('input').first().getAttribute('placeholder')).toBe('e.g. 1234');
	expect(await model.locator('[data-test-id="rlc-mode-selector"]').count()).toBe(0);
	await editor.closeNode();
});

it('has all services in the provider dropdown', async () => {
	const editor = browser.editor();
	await editor.openNode('export');
	await editor.byTestId('parameter-input-provider').locator('input').first().click();
	await editor.page.waitForTimeout(400);
	const menu = await readMenu(editor);
	await editor.page.keyboard.press('Escape');
	await editor.closeNode();
	expect(menu.map((entry) => entry.name)).toEqual(Object.values(SERVICES));
});

/** Returns the entries of a resource locator under From List. */
async function listOf(name: string, field: string): Promise<string[]> {
	const editor = browser.editor();
	await editor.openNode(name);
	await editor.byTestId(`resource-locator-${field}`).locator('[data-test-id="rlc-input"]').click();
	const items = editor.byTestId('rlc-item');
	await items.first().waitFor();
	const entries = await items.allTextContents();
	await editor.page.keyboard.press('Escape');
	await editor.closeNode();
	return entries.map((entry) => entry.trim());
}

function expectList(entries: string[], least: number, known: string): void {
	expect(entries.length).toBeGreaterThanOrEqual(least);
	expect(entries).toEqual(expect.arrayContaining([expect.stringContaining(known)]));
}

/** Opens all dropdowns of a node, one after the other. */
async function expectWholeMenus(name: string): Promise<void> {
	const editor = browser.editor();
	await editor.openNode(name);
	// Resource locators, dates, and credentials have different dropdowns.
	const selects = editor.page
		.locator('[data-test-id^="parameter-input-"] .n8n-select input.el-input__inner')
		.locator('visible=true');
	const count = await selects.count();
	expect(count).toBeGreaterThanOrEqual(4);
	const cut: string[] = [];
	for (let index = 0; index < count; index++) {
		await selects.nth(index).click({ force: true });
		await editor.page.waitForTimeout(250);
		const menu = await readMenu(editor);
		expect([name, index, menu.length > 0]).toEqual([name, index, true]);
		cut.push(...menu.filter(({ isCut }) => isCut).map((entry) => entry.name));
		await editor.page.keyboard.press('Escape');
		await editor.page.waitForTimeout(150);
	}
	await editor.closeNode();
	expect(cut).toEqual([]);
	expect(browser.complaints()).toEqual([]);
}
