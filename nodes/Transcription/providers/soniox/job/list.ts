import { z } from 'zod';
import { parseResponse } from '../../../http/response';
import type { ProviderApi } from '../../../http/api';
import { lenient, lenientList } from '../../common/schemas';
import { type ListPage, pagesOf, readEach } from '../../common/paging';
import type { Choice, Listing } from '../../provider';
import { jobOf } from './fetch';
import { DISPLAY_NAME, LANGUAGES, MODELS } from '../constants';
import { stateSchema } from '../transcript';
import { compareNames } from '../../../core/compareNames';

/** Source: Soniox OpenAPI 1.0.0, `GetTranscriptionsResponse`, `GetTranscriptionsPayload`. */
const listSchema = z.object({ transcriptions: z.array(z.unknown()), next_page_cursor: lenient(z.string()) });
const entrySchema = stateSchema.extend({ status: z.string().catch('') });
const MAX_PAGE_SIZE = 1000;

/** The order of the list isn't documented. It has at most 2,000 entries unless Soniox raised the limit (docs, “Limits & quotas”). */
export const listing: Listing = {
	newestFirst: false,
	pages: (api, _filter, from) => pagesOf(DISPLAY_NAME, from, async (cursor) => await page(api, cursor)),
};

async function page(api: ProviderApi, cursor: string | undefined): Promise<ListPage> {
	const { body } = await api.request({
		method: 'GET',
		path: '/v1/transcriptions',
		query: { limit: MAX_PAGE_SIZE, ...(cursor !== undefined && { cursor }) },
		idempotent: true,
	});
	const { transcriptions, next_page_cursor: next } = parseResponse(DISPLAY_NAME, listSchema, body);
	const jobs = readEach(entrySchema, transcriptions).map(({ entry, raw }) => jobOf(entry, undefined, raw));
	return { jobs, next: next || undefined };
}

/** Source: Soniox OpenAPI 1.0.0, `GetModelsResponse`. */
const modelsSchema = z.object({
	models: z.array(z.unknown()).pipe(
		lenientList(
			z.object({
				id: z.string(),
				name: lenient(z.string()),
				aliased_model_id: lenient(z.string()),
				transcription_mode: z.string(),
				languages: lenientList(z.object({ code: z.string(), name: z.string() })),
			}),
		),
	),
});

type Model = NonNullable<z.infer<typeof modelsSchema>['models']>[number];

/** Returns the models that transcribe recordings. Aliases are listed last, with the model they refer to. */
export async function listModels(api: ProviderApi): Promise<Choice[]> {
	const models = await asyncModels(api);
	const isAlias = (model: Model) => model.aliased_model_id !== undefined;
	const choices = [...models.filter((model) => !isAlias(model)), ...models.filter(isAlias)].map(toChoice);
	return choices.length > 0 ? choices : [...MODELS];
}

/** Returns the languages that at least one of those models supports. */
export async function listLanguages(api: ProviderApi): Promise<Choice[]> {
	const names = new Map(
		(await asyncModels(api)).flatMap(({ languages = [] }) => languages).map(({ code, name }) => [code, name]),
	);
	if (names.size === 0) return [...LANGUAGES];
	return [...names].map(([value, name]) => ({ name, value })).sort((a, b) => compareNames(a.name, b.name));
}

async function asyncModels(api: ProviderApi): Promise<Model[]> {
	const { body } = await api.request({ method: 'GET', path: '/v1/models', idempotent: true });
	const { models = [] } = parseResponse(DISPLAY_NAME, modelsSchema, body);
	return models.filter((model) => model.transcription_mode === 'async');
}

function toChoice({ id, name, aliased_model_id: target }: Model): Choice {
	if (target !== undefined) return { name: `${id} (alias of ${target})`, value: id };
	return { name: name === undefined || name === id ? id : `${name} (${id})`, value: id };
}
