import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { alphabetically } from '../providers/alphabetical';
import type { Provider } from '../providers/provider';
import { filesField } from './files';

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
			alphabetically(a.displayName, b.displayName),
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
