import { choose, readPanel } from '../../tools/n8n/panel';
import { credentialsOf } from '../e2e/harness';
import { operation, ours } from './canvas';
import { useEditor, useServices } from './testbed';
import { fieldsOf, redOf, type Service, SERVICES, services } from './table';

const service = useServices();
const browser = useEditor(() => service('assemblyAi').client);

const inList = (value: string) => ({ __rl: true, mode: 'list', value });
const SUBMIT = operation('transcription.submit');

/** Title, original service and parameters, new service and resulting parameters. */
type Case = [string, Service, Record<string, unknown>, Service, Record<string, unknown>];

const CASES: Case[] = [
	[
		'Submit keeps shared options, but not model and language',
		'soniox',
		{
			...SUBMIT,
			options: { model: inList('stt-async-v5'), language: inList('de'), diarize: true, contextText: 'A call' },
		},
		'speechmatics',
		{
			options: {
				model: expect.objectContaining({ value: '' }),
				language: expect.objectContaining({ value: '' }),
				diarize: true,
			},
		},
	],
	[
		'Submit and Wait waits by polling if callbacks can’t reach it',
		'assemblyAi',
		{ ...operation('transcription.submitAndWait'), options: { diarize: true } },
		'elevenLabs',
		{ operation: 'submitAndWait', waitBy: undefined },
	],
	[
		'Get Many becomes Get if there is no list',
		'scriptix',
		operation('transcript.getMany'),
		'instantTranscriber',
		{ resource: 'transcript', operation: undefined },
	],
	[
		'Get resets files and deletion',
		'elevenLabs',
		{
			...operation('transcript.get'),
			transcriptId: 'abc',
			options: { serviceFiles: ['docx'], deleteAfterFetching: 'transcript' },
		},
		'assemblyAi',
		{ transcriptId: 'abc', options: {} },
	],
	[
		'Delete resets the data to delete',
		'scriptix',
		{ ...operation('transcript.delete'), transcriptId: 'abc', deleteScope: 'session' },
		'soniox',
		{ transcriptId: 'abc', deleteScope: undefined },
	],
	[
		'Recover Missed requires IDs if there is no list',
		'assemblyAi',
		{ ...operation('transcript.recoverMissed'), from: 'list' },
		'elevenLabs',
		{ from: undefined },
	],
];

const TRIGGER: Case = [
	'the trigger resets events that the other provider doesn’t support',
	'assemblyAi',
	{ events: ['completed', 'redactedAudioReady'] },
	'soniox',
	{ events: undefined },
];

describe('when another provider is selected', () => {
	let workflowId = '';
	beforeAll(async () => {
		const all = Object.assign({}, ...services.map((name) => credentialsOf(service(name).credential))) as object;
		const nodes = [...CASES, TRIGGER].map(([name, from, parameters], index) => ({
			...ours(
				service(from),
				name,
				name.startsWith('the trigger') ? 'transcriptionTrigger' : 'transcription',
				[(index % 4) * 260, Math.floor(index / 4) * 220],
				parameters as never,
			),
			credentials: { ...all },
		}));
		workflowId = (
			await service('assemblyAi').client.createWorkflow({ name: 'Another provider', nodes, connections: {} })
		).id;
		await browser.editor().openWorkflow(workflowId);
	});

	it.each([...CASES, TRIGGER])('%s', async (name, _from, _parameters, to) => {
		const editor = browser.editor();
		await editor.openNode(name);
		await choose(editor, 'provider', SERVICES[to]);
		const panel = await readPanel(editor);
		await editor.closeNode();
		expect(panel.red).toEqual([]);
		expect(browser.complaints()).toEqual([]);
	});

	it('stores no values of the previous provider', async () => {
		await browser.editor().page.keyboard.press('Control+s');
		const { client } = service('assemblyAi');
		// n8n also saves on its own, so one part may be stored before the others.
		for (let look = 0; look < 100; look++) {
			const { nodes } = await client.getWorkflow(workflowId);
			const providerOf = (name: string) => nodes.find((one) => one.name === name)?.parameters.provider ?? services[0];
			if ([...CASES, TRIGGER].every(([name, , , to]) => providerOf(name) === to)) break;
			await new Promise((done) => setTimeout(done, 200));
		}
		const { nodes } = await client.getWorkflow(workflowId);
		for (const [name, , , to, expected] of [...CASES, TRIGGER]) {
			const found = nodes.find((one) => one.name === name);
			// n8n doesn't store default values, such as the first provider.
			expect([name, found?.parameters.provider ?? services[0]]).toEqual([name, to]);
			for (const [parameter, value] of Object.entries(expected)) {
				expect([name, parameter, found?.parameters[parameter]]).toEqual([name, parameter, value]);
			}
			expect(Object.keys(found?.credentials ?? {})).toEqual([service(to).credential.type]);
		}
	});
});

it('shows the right fields while the user switches through all six providers', async () => {
	const [first, ...others] = services;
	const node = ours(service(first as Service), 'Any', 'transcription', [0, 0], operation('transcript.get') as never);
	const { id } = await service('assemblyAi').client.createWorkflow({
		name: 'One after the other',
		nodes: [node],
		connections: {},
	});
	const editor = browser.editor();
	await editor.openWorkflow(id);
	await editor.openNode('Any');
	for (const name of others) {
		await choose(editor, 'provider', SERVICES[name]);
		const { labels, red } = await readPanel(editor);
		expect([name, labels]).toEqual([name, fieldsOf('transcript.get', name)]);
		expect(red).toEqual(redOf('transcript.get', name));
	}
	await editor.closeNode();
});
