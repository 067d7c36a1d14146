import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { openSession } from './shared/session';
import { findProvider } from './providers';
import type { Choice, Provider } from './providers/provider';

/** Search methods for the Model and Language options of the selected provider. */

export async function searchModels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const provider = selectedProvider(this);
	return filterChoices(await fetchChoices(this, provider, 'listModels', provider.ui.models), filter);
}

export async function searchLanguages(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const provider = selectedProvider(this);
	return filterChoices(await fetchChoices(this, provider, 'listLanguages', provider.ui.languages), filter);
}

function selectedProvider(context: ILoadOptionsFunctions): Provider {
	return findProvider(context.getCurrentNodeParameter('provider') as string);
}

/**
 * Returns the choices from the service, or the built-in ones if it can't be reached, so that the menu is never empty.
 */
async function fetchChoices(
	context: ILoadOptionsFunctions,
	provider: Provider,
	list: 'listModels' | 'listLanguages',
	builtIn: readonly Choice[],
): Promise<readonly Choice[]> {
	try {
		if (!provider[list]) return builtIn;
		const { api } = await openSession(context, provider);
		return (await provider[list](api)) ?? builtIn;
	} catch (error) {
		context.logger.info(`Couldn’t load the list from ${provider.displayName} (${list}): ${(error as Error).message}`);
		return builtIn;
	}
}

function filterChoices(choices: readonly Choice[], filter = ''): INodeListSearchResult {
	const query = filter.trim().toLowerCase();
	return {
		results: choices.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(query)),
	};
}
