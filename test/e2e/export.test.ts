import { outputOf } from '../../tools/n8n';
import { callbackExecutions, createPipeline, node, runSubmit, sample, useTestbed } from './harness';

const testbed = useTestbed();

const TRANSCRIPTION = 'n8n-nodes-transcription.transcription';
const isDialogue = (file: string) => file.includes('sales-call');

/** Creates n8n's own node for reading a file into the item. */
function asText(name: string, sourceKey: string) {
	const parameters = { mode: 'binaryToJson', setAllData: false, sourceKey, destinationKey: 'data', options: {} };
	return node(name, 'n8n-nodes-base.moveBinaryData', 1.1, parameters);
}

/** The nodes after the trigger: n8n's own node reads the files, and Export returns items, search results, and statistics without a credential. */
const BEHIND = [
	asText('Subtitles', 'srt'),
	node('Page', TRANSCRIPTION, 1, {
		resource: 'transcript',
		operation: 'export',
		from: 'item',
		exportAs: 'files',
		files: ['html', 'csv', 'svg'],
	}),
	asText('Table', 'csv'),
	node('Cues', TRANSCRIPTION, 1, {
		resource: 'transcript',
		operation: 'export',
		from: 'binary',
		exportAs: 'items',
		itemPer: 'cue',
	}),
	node('Places', TRANSCRIPTION, 1, {
		resource: 'transcript',
		operation: 'export',
		from: 'item',
		exportAs: 'search',
		terms: 'forty hours',
	}),
	node('Statistics', TRANSCRIPTION, 1, {
		resource: 'transcript',
		operation: 'export',
		from: 'item',
		exportAs: 'statistics',
	}),
];

async function arrived() {
	const recording = sample(testbed.sandbox, isDialogue);
	const workflow = await createPipeline(testbed, {
		file: recording.path,
		submit: { options: { diarize: true } },
		trigger: { output: 'words', options: { files: ['srt', 'json'] } },
	});
	const to = (...names: string[]) => names.map((name) => ({ node: name, type: 'main', index: 0 }));
	const updated = await testbed.client.updateWorkflow(workflow.id, {
		...workflow,
		nodes: [...workflow.nodes, ...BEHIND],
		connections: {
			...workflow.connections,
			Trigger: { main: [to('Completed', 'Subtitles', 'Page', 'Cues', 'Places', 'Statistics'), to('Failed')] },
			Page: { main: [to('Table')] },
		},
	});
	await testbed.client.publish(updated.id);
	await runSubmit(testbed, updated);
	const [execution] = await callbackExecutions(testbed, updated, 1);
	if (!execution) throw new Error('no callback');
	return { execution, recording };
}

/** Keeps only letters and digits, so that line breaks don't matter. */
const spoken = (text: string) =>
	text
		.toLowerCase()
		.match(/[\p{L}\p{N}']+/gu)
		?.join(' ');

it('exports a transcript as subtitles, a page, a table, a chart, cues, search results, and statistics in n8n', async () => {
	const { execution, recording } = await arrived();

	expect(execution.error).toBeUndefined();
	const srt = String(outputOf(execution, 'Subtitles')[0]?.json.data);
	expect(srt).toMatch(/^1\r?\n00:00:0\d,\d{3} --> 00:00:\d\d,\d{3}\r?\n/);
	expect(spoken(srt.replace(/^\d+$|^.*-->.*$/gm, ''))).toBe(spoken(recording.text));

	const [page] = outputOf(execution, 'Page');
	expect(page?.binary).toMatchObject({
		html: { mimeType: 'text/html' },
		csv: { mimeType: 'text/csv' },
		svg: { mimeType: 'image/svg+xml' },
	});

	const [head, ...rows] = String(outputOf(execution, 'Table')[0]?.json.data).trim().split(/\r\n/);
	expect(head).toContain('index,start,end,speaker');
	expect(rows.length).toBeGreaterThan(4);

	const cues = outputOf(execution, 'Cues').map(({ json }) => json);
	expect(spoken(cues.map(({ text }) => text).join(' '))).toBe(spoken(recording.text));

	const places = outputOf(execution, 'Places').map(({ json }) => json);
	expect(places).toEqual([
		expect.objectContaining({ term: 'forty hours', context: expect.stringContaining('forty hours') }),
	]);

	expect(outputOf(execution, 'Statistics').map(({ json }) => json)).toEqual([
		expect.objectContaining({ words: recording.words.length, speakers: [expect.anything(), expect.anything()] }),
	]);
});
