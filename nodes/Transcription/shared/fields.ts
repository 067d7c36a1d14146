import type { IDisplayOptions, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { compareNames } from '../core/compareNames';
import { readText } from '../core/optionReaders';
import { userError } from '../core/userError';
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

/**
 * The ID of the job to process. By default, the ID of the input item, so that the field needs no changes after Submit,
 * the trigger, or Get Many.
 *
 * By ID is the first mode because the editor also uses the first mode for a value that is plain text, as in workflows
 * created through the API.
 */
export const transcriptIdField: INodeProperties = {
	displayName: 'Transcript ID',
	name: 'transcriptId',
	type: 'resourceLocator',
	default: { mode: 'id', value: '={{ $json.id }}' },
	required: true,
	modes: [
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 9ea68fd3-f953-42c1-9742-976c447fb463' },
	],
	description: 'The job ID returned by Submit or the trigger',
};

/** Returns the Transcript ID field, with a list to choose from for providers that have one. */
export function transcriptIdFields(
	providers: readonly Provider[],
	shownIf: IDisplayOptions['show'] = {},
): INodeProperties[] {
	const withList = providers.filter(hasList).map(({ name }) => name);
	const withoutList = providers.filter((provider) => !hasList(provider)).map(({ name }) => name);
	return [
		{
			...transcriptIdField,
			modes: [
				...(transcriptIdField.modes ?? []),
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					placeholder: 'Choose a transcript',
					typeOptions: { searchListMethod: 'searchTranscripts', searchable: true },
				},
			],
			displayOptions: { show: { ...shownIf, provider: withList } },
			description:
				'The job ID returned by Submit or the trigger. To choose a transcript instead, switch from Expression to Fixed, then from By ID to From List.',
		},
		{ ...transcriptIdField, displayOptions: { show: { ...shownIf, provider: withoutList } } },
	];
}

const hasList = ({ listing }: Provider) => listing !== undefined;

/**
 * Reads the Transcript ID of one item.
 * @param provider the provider, if the field may have a list to choose from
 * @throws UserError if it isn't a valid ID
 */
export function readTranscriptId(context: IExecuteFunctions, itemIndex: number, provider?: Provider): string {
	const id = readText(context.getNodeParameter('transcriptId', itemIndex, '', { extractValue: true }));
	if (id !== undefined) return safeId(id);
	const orChoose = provider && hasList(provider) ? ', or switch “Transcript ID” to Fixed and choose “From List”' : '';
	throw userError(
		'“Transcript ID” is empty',
		`Connect a node that outputs “id”, such as Submit or the trigger${orChoose}. If you store IDs, in a data table for example, use that field in the expression instead of {{ $json.id }}.`,
	);
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
