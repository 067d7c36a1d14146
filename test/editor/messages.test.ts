import type { WorkflowNode } from '../../tools/n8n';
import { addCredential, credentialsOf, node } from '../e2e/harness';
import { operation, ours } from './canvas';
import { useEditor, useServices } from './testbed';

const service = useServices();
const browser = useEditor(() => service('assemblyAi').client);

const ID = '9ea68fd3-f953-42c1-9742-976c447fb463';
const SUBMIT = operation('transcription.submit');

/** The problem, the node's parameters, and the expected error message and description in the panel. */
const CASES: Array<[string, Record<string, unknown>, string, string]> = [
	[
		'a missing file',
		SUBMIT,
		'Item 0 has no file in the binary field “data”',
		'Add a node before this one that loads the recording',
	],
	['a wrong ID', { ...operation('transcript.get'), transcriptId: ID }, ID, 'ID'],
	['no ID', { ...operation('transcript.get'), transcriptId: '../x' }, '../x', 'letters, digits'],
	[
		'an unpublished workflow',
		{ ...SUBMIT, source: 'url', audioUrl: 'https://example.com/a.mp3' },
		'No published Transcription Trigger for AssemblyAI on this canvas',
		'2. Publish the workflow',
	],
	[
		'a wrong key',
		{ ...operation('transcript.get'), transcriptId: ID },
		'AssemblyAI didn’t accept the API key',
		'Check the API Key and Region in the credential',
	],
	[
		'a model of another service',
		{
			...SUBMIT,
			callback: 'none',
			source: 'url',
			audioUrl: 'https://example.com/a.mp3',
			options: { model: 'scribe_v2' },
		},
		'a model from ElevenLabs',
		'Choose a model from AssemblyAI',
	],
];

it.each(CASES)('explains %s and how to fix it in the output panel', async (what, parameters, message, advice) => {
	const testbed = service('assemblyAi');
	const credential =
		what === 'a wrong key'
			? await addCredential(testbed.client, testbed.sandbox, { apiKey: 'wrong' })
			: testbed.credential;
	const subject: WorkflowNode = {
		...ours(testbed, 'Subject', 'transcription', [260, 0], parameters as never),
		credentials: credentialsOf(credential),
	};
	const { id } = await testbed.client.createWorkflow({
		name: what,
		nodes: [
			{ ...node('Start', 'n8n-nodes-base.manualTrigger', 1, {}), position: [0, 0] },
			subject,
			ours(testbed, 'Trigger', 'transcriptionTrigger', [0, 300]),
		],
		connections: { Start: { main: [[{ node: 'Subject', type: 'main', index: 0 }]] } },
	});
	const editor = browser.editor();
	await editor.openWorkflow(id);
	await editor.openNode('Subject');
	await editor.byTestId('node-execute-button').first().click();
	const shown = editor.byTestId('node-error-message');
	await shown.waitFor();
	expect(await shown.textContent()).toContain(message);
	const description = editor.byTestId('node-error-description');
	expect(await description.textContent()).toContain(advice);
	// Both texts must be completely visible in the narrowest panel.
	const box = await editor.byTestId('output-panel').boundingBox();
	for (const text of [shown, description]) {
		const place = await text.boundingBox();
		expect(place!.x + place!.width).toBeLessThanOrEqual(box!.x + box!.width);
		expect(
			await text.evaluate(
				(element: { scrollWidth: number; clientWidth: number }) => element.scrollWidth - element.clientWidth,
			),
		).toBeLessThanOrEqual(1);
	}
});
