import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { openSession } from './operations/session';
import { providerNamed } from './providers';
import type { Choice, Provider } from './providers/provider';

/** The lists behind the Model and Language options of the chosen provider. */

export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return matching(await modelsOf(this, chosen(this)), filter);
}

export async function searchLanguages(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return matching(chosen(this).languages, filter);
}

function chosen(context: ILoadOptionsFunctions): Provider {
	return providerNamed(context.getCurrentNodeParameter('provider') as string);
}

/** What the service itself offers; what we know of it where it cannot be asked, so that the menu is never empty. */
async function modelsOf(context: ILoadOptionsFunctions, provider: Provider): Promise<readonly Choice[]> {
	if (!provider.listModels) return provider.models;
	try {
		const { api } = await openSession(context, provider);
		return await provider.listModels(api);
	} catch (error) {
		context.logger.info(`${provider.displayName} did not list its models: ${(error as Error).message}`);
		return provider.models;
	}
}

function matching(choices: readonly Choice[], filter = ''): INodeListSearchResult {
	const wanted = filter.trim().toLowerCase();
	return {
		results: choices.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)),
	};
}
