import type { Locator } from 'playwright-core';
import { type Editor, openEditor } from '../../tools/n8n/browser';
import { MINUTES, sample, useTestbed } from '../e2e/harness';

/**
 * Follows the quick start in README.md as a new user would: in an empty n8n, with the mouse and the keyboard only. The
 * sandbox replaces the service.
 */
const testbed = useTestbed();

/** What a user has to do. */
interface Effort {
	clicks: number;
	fields: number;
}

/** Clicks and fills in fields, and counts both. */
class User {
	readonly effort: Effort = { clicks: 0, fields: 0 };

	async click(element: Locator): Promise<void> {
		await element.click();
		this.effort.clicks++;
	}

	async fill(element: Locator, value: string): Promise<void> {
		await element.fill(value);
		this.effort.fields++;
	}
}

/** The names that n8n gives to the nodes. */
const START = 'When clicking ‘Execute workflow’';
const COMPLETED = 'No Operation, do nothing';
const FAILED = 'No Operation, do nothing1';

/** Does what the quick start says. */
const user = new User();
/** Adds nodes after the trigger, whose number depends on the user's systems. */
const downstream = new User();
/** Selects the sandbox in the credential, which a user of the real service doesn't have to do. */
const sandboxUser = new User();

let editor: Editor;
const problems: string[] = [];
beforeAll(async () => {
	await testbed.client.deleteCredential(testbed.credential.id);
	// Wide enough for the entire workflow.
	editor = await openEditor(testbed.client, { viewport: { width: 1600, height: 900 } });
	editor.page.on('pageerror', (error) => problems.push(error.message));
}, 3 * MINUTES);
afterAll(async () => await editor.close());

const text = (exact: string) => editor.page.getByText(exact, { exact: true }).first();
const input = (parameter: string) => editor.byTestId(`parameter-input-${parameter}`).locator('input').first();
const canvasNode = (name: string) => editor.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);

async function select(who: User, parameter: string, entry: string): Promise<void> {
	await who.click(input(parameter));
	const entries = editor.page.locator('.el-select-dropdown__item').locator('visible=true');
	await who.click(entries.filter({ hasText: new RegExp(`^\\s*${entry}`) }).first());
}

/** Searches for a node in the open list of nodes, and selects it. */
async function find(who: User, words: string, name: string): Promise<void> {
	await who.fill(editor.byTestId('node-creator-search-bar'), words);
	const names = editor.byTestId('node-creator-item-name');
	await who.click(names.filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) }).first());
}

/** Adds a node that stands for any node after an output of the trigger. @param name the name that n8n gives it */
async function connect(output: string, name: string): Promise<void> {
	const handle = editor.page
		.locator('.vue-flow__node', { has: canvasNode('Transcription Trigger') })
		.locator('[data-test-id="canvas-node-output-handle"]', { hasText: output });
	await downstream.click(handle.locator('[data-test-id="canvas-handle-plus"]'));
	await find(downstream, 'no operation', 'No Operation, do nothing');
	await downstream.click(editor.byTestId('ndv-close-button'));
	await canvasNode(name).waitFor();
}

/** Executes the workflow from its manual trigger, and opens the execution that the callback starts. */
async function transcribe(): Promise<void> {
	const { client } = testbed;
	const [workflow] = await client.listWorkflows();
	const byCallback = ({ mode }: { mode: string }) => mode === 'webhook';
	const earlier = (await client.listExecutions(workflow!.id)).filter(byCallback).map(({ id }) => id);
	// n8n shows the button while the mouse is over the node.
	await canvasNode(START).hover();
	await user.click(editor.byTestId(`execute-workflow-button-${START}`));
	const all = await client.waitForExecutions(workflow!.id, earlier.length + 1, MINUTES, byCallback);
	const { id } = all.find((execution) => !earlier.includes(execution.id))!;
	await user.click(editor.byTestId('radio-button-executions'));
	// n8n selects the newest execution when the list is opened for the first time, and the previous one afterwards.
	await editor.page.waitForURL(`**/executions/${earlier[0] ?? id}`);
	if (earlier.length > 0) await user.click(editor.byTestId(`execution-details-${id}`));
	await editor.page.waitForURL(`**/executions/${id}`);
}

/** Waits until the execution on the screen shows that one node has run. @returns whether the other one hasn't */
async function onlyReached(name: string, other: string): Promise<boolean> {
	const succeeded = '[data-test-id="canvas-node-status-success"]';
	await canvasNode(name).locator(succeeded).first().waitFor();
	return (await canvasNode(other).locator(succeeded).count()) === 0;
}

it('takes a new user from an empty canvas to the transcript', async () => {
	const { page } = editor;
	await page.goto(`${testbed.n8n.url}/workflow/new`);
	// Step 1
	await user.click(editor.byTestId('canvas-add-button'));
	await user.click(text('Trigger manually'));
	// Step 2
	await user.click(editor.byTestId('canvas-handle-plus').first());
	await find(user, 'transcription', 'Transcription');
	await user.click(text('Transcribe a recording'));
	await user.click(text('Connect to AssemblyAI Transcription'));
	await user.fill(input('apiKey'), testbed.sandbox.accounts('assemblyAi')[0]?.apiKey ?? '');
	await select(sandboxUser, 'region', 'Custom');
	await sandboxUser.fill(input('baseUrl'), testbed.sandbox.baseUrl('assemblyAi'));
	await user.click(editor.byTestId('credential-save-button'));
	await editor.byTestId('editCredential-modal').waitFor({ state: 'hidden' });
	// Step 3
	await select(user, 'source', 'URL');
	await user.fill(input('audioUrl'), `${testbed.sandbox.origin}/samples/${sample(testbed.sandbox).file}`);
	await user.click(text('Add Pair'));
	await user.fill(input('key'), 'contactId');
	await user.fill(input('value'), '4711');
	await user.click(editor.byTestId('ndv-close-button'));
	// Step 4
	await user.click(editor.byTestId('node-creator-plus-button').first());
	await find(user, 'transcription', 'Transcription');
	await user.click(text('Triggers (1)'));
	await user.click(text('On new Transcription event'));
	// n8n selects the only credential.
	await editor.byTestId('node-credentials-select').waitFor();
	// Step 5
	await user.click(editor.byTestId('trigger-execute-button').first());
	await editor.byTestId('output-panel').getByText('textWithSpeakers').first().waitFor();
	await user.click(editor.byTestId('ndv-close-button'));
	// Step 6
	await connect('Completed', COMPLETED);
	await connect('Failed', FAILED);
	// Step 7
	await user.click(editor.byTestId('workflow-open-publish-modal-button'));
	await user.click(editor.byTestId('workflow-publish-button'));
	await user.click(page.getByRole('button', { name: 'Got it' }));
	await transcribe();
	expect(await onlyReached(COMPLETED, FAILED)).toBe(true);

	console.log('Effort:', { quickStart: user.effort, downstream: downstream.effort, sandbox: sandboxUser.effort });
	expect(user.effort.clicks).toBeLessThanOrEqual(22);
	expect(user.effort.fields).toBeLessThanOrEqual(6);
});

it('shows a failed job at the other output', async () => {
	testbed.sandbox.jobs.failNext('Transcoding failed.');
	await user.click(editor.byTestId('radio-button-workflow'));
	await transcribe();
	expect(await onlyReached(FAILED, COMPLETED)).toBe(true);
	await canvasNode(FAILED).dblclick();
	await editor.byTestId('ndv').getByText('Transcoding failed.').first().waitFor();
	expect(problems).toEqual([]);
});
