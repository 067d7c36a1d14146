import { userError } from '../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import { readTerms, readText } from '../../core/optionReaders';
import { type Provider } from '../provider';

/**
 * Rejects a model left over from a different provider. n8n keeps the value when the provider changes because the option
 * has the same name. Services reject it too, but some do so only after the upload.
 *
 * @throws UserError for a model that a different provider offers and this one doesn't
 */
export function assertOwnModel(options: IDataObject, provider: Provider, providers: readonly Provider[]): void {
	const ownModels = modelsOf(provider);
	for (const model of readTerms(readText(options.model))) {
		if (ownModels.includes(model)) continue;
		const owner = providers.find((other) => modelsOf(other).includes(model));
		if (!owner) continue;
		throw userError(
			`“Model” is “${model}”, which is a model from ${owner.displayName}, not ${provider.displayName}`,
			`Choose a model from ${provider.displayName}, or remove the option to use the default. Nothing was submitted.`,
		);
	}
}

/** Returns the models that a provider offers. A choice may consist of several, which are tried in order. */
function modelsOf({ ui: { models } }: Provider): string[] {
	return models.flatMap(({ value }) => readTerms(value));
}
