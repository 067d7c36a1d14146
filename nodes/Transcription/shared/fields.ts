import type { IDisplayOptions, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { compareNames } from '../core/compareNames';
import { safeId } from '../http/safeId';
import type { Provider } from '../providers/provider';
import { filesField } from './files';

/** How much of a transcript to return. Shared by all nodes and operations that return one. */
export const outputField: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{ name: 'Raw', value: 'raw', description: 'Simplified, plus the provider’s original response' },
		{ name: 'Simplified', value: 'simplified', description: 'Text, summary, language, duration, and speakers' },
		{
			name: 'Utterances',
			value: 'utterances',
			description: 'Simplified, plus utterances with speakers and timestamps, entities, and other details',
		},
		{ name: 'Words', value: 'words', description: 'Utterances, plus every word with its timestamps' },
	],
	default: 'simplified',
	description:
		'How much of the transcript to return. Long recordings have many words, and n8n stores a copy for every node.',
};

/** The ID of the job to process. */
export const transcriptIdField: INodeProperties = {
	displayName: 'Transcript ID',
	name: 'transcriptId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 9ea68fd3-f953-42c1-9742-976c447fb463',
	description: 'The job ID returned by Submit or the trigger',
};

/** Reads the Transcript ID of one item. @throws UserError if it isn't a valid ID */
export function readTranscriptId(context: IExecuteFunctions, itemIndex: number): string {
	return safeId(String(context.getNodeParameter('transcriptId', itemIndex, '') ?? '').trim());
}

/**
 * Returns the Options of every node and operation that fetches transcripts, see {@link optionCollections}.
 *
 * @param more options that don't depend on the provider
 * @param shownIf display conditions for the options that require a fetched transcript. Default: always shown.
 */
export function fetchOptions(
	providers: readonly Provider[],
	more: readonly INodeProperties[] = [],
	shownIf?: IDisplayOptions,
): INodeProperties[] {
	const shown = (option: INodeProperties) => ({ ...option, ...(shownIf && { displayOptions: shownIf }) });
	return optionCollections(providers, (provider) =>
		[...[...deleteOption(provider), ...fileOptions(provider)].map(shown), ...more].sort((a, b) =>
			compareNames(a.displayName, b.displayName),
		),
	);
}

/**
 * Returns one Options collection per provider under the same name, so that n8n drops options that the selected provider
 * lacks.
 */
export function optionCollections(
	providers: readonly Provider[],
	optionsOf: (provider: Provider) => INodeProperties[],
): INodeProperties[] {
	return providers.map((provider) => ({
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		placeholder: 'Add Option',
		displayOptions: { show: { provider: [provider.name] } },
		options: optionsOf(provider),
	}));
}

/** Returns the options for files to attach to a fetched transcript, see `attachFiles`. */
export function fileOptions({ serviceFiles, displayName }: Provider): INodeProperties[] {
	const filesOption: INodeProperties = {
		...filesField,
		description:
			'The files to create from a completed transcript, in binary fields named after the formats. JSON contains all details. For more settings, use Export.',
	};
	if (!serviceFiles) return [filesOption];
	return [
		filesOption,
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
	const smallestScope = deletion.choices[0]?.value ?? '';
	return [
		{
			displayName: 'Delete After Fetching',
			name: 'deleteAfterFetching',
			type: 'options',
			options: [...deletion.choices],
			default: smallestScope,
			description: deletion.description,
		},
	];
}
