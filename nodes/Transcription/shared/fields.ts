import type { IDisplayOptions, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { compareNames } from '../core/compareNames';
import type { Provider } from '../providers/provider';
import { filesField } from './files';

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

/** Of the job that an operation is about. */
export const transcriptIdField: INodeProperties = {
	displayName: 'Transcript ID',
	name: 'transcriptId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 9ea68fd3-f953-42c1-9742-976c447fb463',
	description: 'What Submit or the trigger put out as ID of the job',
};

export function readTranscriptId(context: IExecuteFunctions, itemIndex: number): string {
	return String(context.getNodeParameter('transcriptId', itemIndex) ?? '').trim();
}

/**
 * One Options collection for each provider, under the same name: what can be done beside fetching a transcript, in Get
 * and in the trigger alike.
 *
 * @param more options that do not depend on the provider
 * @param shownIf where the options about a fetched transcript are shown; left out: everywhere
 */
export function fetchOptions(
	providers: readonly Provider[],
	more: readonly INodeProperties[] = [],
	shownIf?: IDisplayOptions,
): INodeProperties[] {
	const shown = (option: INodeProperties) => ({ ...option, ...(shownIf && { displayOptions: shownIf }) });
	return providers.map((provider) => ({
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		placeholder: 'Add Option',
		displayOptions: { show: { provider: [provider.name] } },
		options: [...[...deleteOption(provider), ...fileOptions(provider)].map(shown), ...more].sort((a, b) =>
			compareNames(a.displayName, b.displayName),
		),
	}));
}

/** The files that can be attached to a fetched transcript; read by `attachedFiles` in `afterFetch.ts`. */
export function fileOptions({ serviceFiles, displayName }: Provider): INodeProperties[] {
	const attached: INodeProperties = {
		...filesField,
		description:
			'Files to make of a completed transcript, in binary fields with the names of the formats. JSON holds every detail. For other settings use Export.',
	};
	if (!serviceFiles) return [attached];
	return [
		attached,
		{
			displayName: `Files From ${displayName}`,
			name: 'serviceFiles',
			type: 'multiOptions',
			options: [...serviceFiles.formats],
			default: [],
			description: serviceFiles.description,
		},
	];
}

function deleteOption({ deletion }: Provider): INodeProperties[] {
	if (!deletion) return [];
	const least = deletion.choices[0]?.value ?? '';
	return [
		{
			displayName: 'Delete After Fetching',
			name: 'deleteAfterFetching',
			type: 'options',
			options: [...deletion.choices],
			default: least,
			description: deletion.description,
		},
	];
}
