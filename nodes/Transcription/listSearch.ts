import { type ILoadOptionsFunctions, type INodeListSearchResult, NodeApiError } from 'n8n-workflow';
import { userError, UserError } from './core/userError';
import { toNodeError } from './shared/errors';
import { jobLabels } from './shared/jobLabel';
import { listPart } from './shared/listJobs';
import { openSession } from './shared/session';
import { findProvider } from './providers';
import type { Choice, FetchedJob, Provider } from './providers/provider';

/** Search methods for the lists in the editor: models, languages, and transcripts of the selected provider. */

export async function searchModels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const provider = selectedProvider(this);
	return filterChoices(await fetchChoices(this, provider, 'listModels', provider.ui.models), filter);
}

export async function searchLanguages(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const provider = selectedProvider(this);
	return filterChoices(await fetchChoices(this, provider, 'listLanguages', provider.ui.languages), filter);
}

/**
 * Lists the account's jobs, newest first.
 * @param filter text to search for in the visible description and the ID
 */
export async function searchTranscripts(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const query = filter.trim().toLowerCase();
	const label = jobLabels(this.getTimezone());
	const isMatch = (job: FetchedJob) => `${label(job)} ${job.transcript.id}`.toLowerCase().includes(query);
	try {
		const session = await openSession(this, selectedProvider(this));
		const from = typeof paginationToken === 'string' ? paginationToken : undefined;
		const { jobs, next } = await listPart(session, query === '' ? undefined : isMatch, from);
		if (jobs.length === 0 && next !== undefined) {
			throw userError(
				`No match for “${filter.trim()}” among the newest jobs`,
				'To use an older job, select “By ID” and enter its ID.',
			);
		}
		return {
			results: jobs.map((job) => ({ name: label(job), value: job.transcript.id })),
			paginationToken: next,
		};
	} catch (error) {
		const nodeError = toNodeError(this.getNode(), error);
		if (!(error instanceof UserError) || nodeError instanceof NodeApiError) throw nodeError;
		// The editor only shows the description of this class of errors.
		const { message, description } = error.explanation;
		throw new NodeApiError(this.getNode(), { message }, { message, description });
	}
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
