import { type Panel, readPanel } from '../../tools/n8n/panel';
import type { WorkflowNode } from '../../tools/n8n';
import { node } from '../e2e/harness';
import { operation, ours, withAllOptions } from './canvas';
import { useEditor, useServices } from './testbed';
import {
	CHUNKS,
	everythingOf,
	fieldsOf,
	isLacking,
	operations,
	redOf,
	SERVICES,
	services,
	TRIGGER,
	withOptions,
} from './table';

const service = useServices();
const browser = useEditor(() => service('assemblyAi').client);

/** Actions and triggers are on separate canvases, because each trigger adds a button that overlaps nodes. */
const canvases = { actions: '', triggers: '' };
let opened = '';

beforeAll(async () => {
	const place = (index: number): [number, number] => [(index % 16) * 260, Math.floor(index / 16) * 220];
	const actions: WorkflowNode[] = services.flatMap((name) =>
		operations.flatMap((word) => {
			const parameters = { provider: name, ...operation(word) };
			const fresh = ours(service(name), `${name} ${word}`, 'transcription', [0, 0], parameters);
			const full = ours(
				service(name),
				`${name} ${word} full`,
				'transcription',
				[0, 0],
				withAllOptions('transcription', parameters),
			);
			return withOptions.includes(word) && !isLacking(word, name) ? [fresh, full] : [fresh];
		}),
	);
	const chunks = ours(service('assemblyAi'), 'chunks', 'transcription', [0, 0], {
		...operation('transcript.export'),
		exportAs: 'items',
		itemPer: 'chunk',
	});
	const triggers = services.flatMap((name) => [
		ours(service(name), `${name} trigger`, 'transcriptionTrigger', [0, 0]),
		ours(
			service(name),
			`${name} trigger full`,
			'transcriptionTrigger',
			[0, 0],
			withAllOptions('transcriptionTrigger', { provider: name }),
		),
	]);
	const create = async (name: string, nodes: WorkflowNode[]) => {
		const placed = nodes.map((one, index) => ({ ...one, position: place(index) }));
		return (await service('assemblyAi').client.createWorkflow({ name, nodes: placed, connections: {} })).id;
	};
	canvases.actions = await create('Actions', [...actions, chunks, node('Nothing', 'n8n-nodes-base.noOp', 1, {})]);
	canvases.triggers = await create('Triggers', triggers);
});

async function panelOf(canvas: keyof typeof canvases, name: string): Promise<Panel> {
	const editor = browser.editor();
	if (opened !== canvas) await editor.openWorkflow(canvases[canvas]);
	opened = canvas;
	await editor.openNode(name);
	try {
		return await readPanel(editor);
	} finally {
		await editor.closeNode();
	}
}

describe.each(services)('%s', (name) => {
	it.each(operations)('%s shows its relevant fields in order and completely, and marks required ones', async (word) => {
		const panel = await panelOf('actions', `${name} ${word}`);
		expect(panel.labels).toEqual(fieldsOf(word, name));
		expect(panel.notices).toEqual(isLacking(word, name) ? [expect.stringContaining(SERVICES[name])] : []);
		expect(panel.red).toEqual(redOf(word, name));
		expect([...panel.cut, ...browser.complaints()]).toEqual([]);
	});

	it.each(withOptions.filter((word) => !isLacking(word, name)))('%s shows all its options completely', async (word) => {
		const panel = await panelOf('actions', `${name} ${word} full`);
		expect(panel.labels).toEqual(everythingOf(word, name));
		expect(panel.red).toEqual(redOf(word, name));
		expect([...panel.cut, ...browser.complaints()]).toEqual([]);
	});
});

it('Export shows the size of chunks only if it returns chunks', async () => {
	const panel = await panelOf('actions', 'chunks');
	expect(panel.labels).toEqual(CHUNKS);
	expect([...panel.red, ...panel.cut, ...browser.complaints()]).toEqual([]);
});

describe.each(services)('trigger for %s', (name) => {
	it('explains how callbacks arrive and shows its relevant fields completely', async () => {
		const panel = await panelOf('triggers', `${name} trigger`);
		expect(panel.labels).toEqual(TRIGGER);
		expect(panel.notices).toEqual([expect.stringContaining(SERVICES[name])]);
		expect([...panel.red, ...panel.cut, ...browser.complaints()]).toEqual([]);
	});

	it('shows all its options completely', async () => {
		const panel = await panelOf('triggers', `${name} trigger full`);
		expect(panel.labels).toEqual(everythingOf('trigger', name));
		expect([...panel.red, ...panel.cut, ...browser.complaints()]).toEqual([]);
	});
});
