import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { providerNamed } from './providers';
import type { Choice } from './providers/provider';

/** The lists behind the Model and Language options of the chosen provider. */

export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return matching(providerNamed(this.getCurrentNodeParameter('provider') as string).models, filter);
}

export async function searchLanguages(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return matching(providerNamed(this.getCurrentNodeParameter('provider') as string).languages, filter);
}

function matching(choices: readonly Choice[], filter = ''): INodeListSearchResult {
	const wanted = filter.trim().toLowerCase();
	return {
		results: choices.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)),
	};
}
