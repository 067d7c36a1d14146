import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { openSession } from './shared/session';
import { findProvider } from './providers';
import type { Choice, Provider } from './providers/provider';

/** The lists behind the Model and Language options of the chosen provider. */

export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const provider = chosen(this);
	return matching(await offered(this, provider, 'listModels', provider.ui.models), filter);
}

export async function searchLanguages(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const provider = chosen(this);
	return matching(await offered(this, provider, 'listLanguages', provider.ui.languages), filter);
}

function chosen(context: ILoadOptionsFunctions): Provider {
	return findProvider(context.getCurrentNodeParameter('provider') as string);
}

/** What the service itself offers; what we know of it where it cannot be asked, so that the menu is never empty. */
async function offered(
	context: ILoadOptionsFunctions,
	provider: Provider,
	list: 'listModels' | 'listLanguages',
	known: readonly Choice[],
): Promise<readonly Choice[]> {
	try {
		if (!provider[list]) return known;
		const { api } = await openSession(context, provider);
		return (await provider[list](api)) ?? known;
	} catch (error) {
		context.logger.info(`${provider.displayName} could not be asked (${list}): ${(error as Error).message}`);
		return known;
	}
}

function matching(choices: readonly Choice[], filter = ''): INodeListSearchResult {
	const wanted = filter.trim().toLowerCase();
	return {
		results: choices.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)),
	};
}
