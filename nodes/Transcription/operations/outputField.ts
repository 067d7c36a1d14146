import type { INodeProperties } from 'n8n-workflow';

/** How much of a transcript comes out. The same in every node and operation that puts one out. */
export const outputField: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{ name: 'Raw', value: 'raw', description: 'Simplified, and the answer of the service as it came' },
		{ name: 'Simplified', value: 'simplified', description: 'Text, summary, language, duration, speakers' },
		{ name: 'Utterances', value: 'utterances', description: 'Simplified, who said what when, and entities and the like' },
		{ name: 'Words', value: 'words', description: 'Utterances, and every word with its times' },
	],
	default: 'simplified',
	description: 'How much of the transcript to put out. Long recordings have many words, and every node keeps a copy.',
};
