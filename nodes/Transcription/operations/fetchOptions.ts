import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import type { Provider } from '../providers/provider';

/**
 * One Options collection for each provider that has something to choose from, under the same name: what can be done
 * beside fetching a transcript, in Get and in the trigger alike.
 *
 * @param more options that do not depend on the provider, in their alphabetical place before the others
 * @param shownIf where these options are shown; left out: everywhere
 */
export function fetchOptions(
	providers: readonly Provider[],
	more: readonly INodeProperties[] = [],
	shownIf?: IDisplayOptions,
): INodeProperties[] {
	const shown = (option: INodeProperties) => ({ ...option, ...(shownIf && { displayOptions: shownIf }) });
	return providers
		.map((provider) => ({ provider, options: [...optionsOf(provider).map(shown), ...more] }))
		.filter(({ options }) => options.length > 0)
		.map(({ provider, options }) => ({
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			placeholder: 'Add Option',
			displayOptions: { show: { provider: [provider.name] } },
			options,
		}));
}

function optionsOf({ deletion, serviceFiles, displayName }: Provider): INodeProperties[] {
	const options: INodeProperties[] = [];
	if (deletion) {
		const least = deletion.choices[0]?.value ?? '';
		options.push({
			displayName: 'Delete After Fetching',
			name: 'deleteAfterFetching',
			type: 'options',
			options: [...deletion.choices],
			default: least,
			description: deletion.description,
		});
	}
	if (serviceFiles) {
		options.push({
			displayName: `Files From ${displayName}`,
			name: 'serviceFiles',
			type: 'multiOptions',
			options: [...serviceFiles.formats],
			default: [],
			description: serviceFiles.description,
		});
	}
	return options;
}
