import { z } from 'zod';
import { alphabetically } from '../alphabetical';
import { readAnswer } from '../../http/answer';
import type { ProviderApi } from '../../http/api';
import { lenient, lenientList } from '../lenient';
import type { Choice } from '../provider';
import { LANGUAGES, MODELS } from './choices';
import { DISPLAY_NAME } from './names';

/** Source: Soniox OpenAPI 1.0.0, `GetModelsResponse`. */
const modelsAnswer = z.object({
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

type Model = NonNullable<z.infer<typeof modelsAnswer>['models']>[number];

/** The models that transcribe recordings; aliases come last and say what they stand for. */
export async function listModels(api: ProviderApi): Promise<Choice[]> {
	const models = await asyncModels(api);
	const isAlias = (model: Model) => model.aliased_model_id !== undefined;
	const choices = [...models.filter((model) => !isAlias(model)), ...models.filter(isAlias)].map(toChoice);
	return choices.length > 0 ? choices : [...MODELS];
}

/** The languages that at least one of those models knows. */
export async function listLanguages(api: ProviderApi): Promise<Choice[]> {
	const names = new Map((await asyncModels(api)).flatMap(({ languages = [] }) => languages).map(({ code, name }) => [code, name]));
	if (names.size === 0) return [...LANGUAGES];
	return [...names].map(([value, name]) => ({ name, value })).sort((a, b) => alphabetically(a.name, b.name));
}

async function asyncModels(api: ProviderApi): Promise<Model[]> {
	const { body } = await api.request({ method: 'GET', path: '/v1/models', repeat: 'safe' });
	const { models = [] } = readAnswer(DISPLAY_NAME, modelsAnswer, body);
	return models.filter((model) => model.transcription_mode === 'async');
}

function toChoice({ id, name, aliased_model_id: target }: Model): Choice {
	if (target !== undefined) return { name: `${id} (alias of ${target})`, value: id };
	return { name: name === undefined || name === id ? id : `${name} (${id})`, value: id };
}
