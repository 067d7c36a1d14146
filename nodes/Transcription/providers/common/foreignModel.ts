import { userError } from '../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import { readTerms, readText } from '../../core/optionReaders';
import { type Provider } from '../provider';

/**
 * A model that was chosen before another provider was: n8n keeps the value, since the option has the same name. Services
 * refuse it, some of them only after the upload.
 *
 * @throws InputError for a model that another provider offers and this one does not
 */
export function assertOwnModel(options: IDataObject, provider: Provider, providers: readonly Provider[]): void {
	const own = modelsOf(provider);
	for (const model of readTerms(readText(options.model))) {
		if (own.includes(model)) continue;
		const owner = providers.find((other) => modelsOf(other).includes(model));
		if (!owner) continue;
		throw userError(
			`“Model” is “${model}”, a model of ${owner.displayName}, not of ${provider.displayName}`,
			`Choose a model of ${provider.displayName}, or remove the option to use the default. Nothing was submitted.`,
		);
	}
}

/** A choice may name several, which are tried in order. */
function modelsOf({ ui: { models } }: Provider): string[] {
	return models.flatMap(({ value }) => readTerms(value));
}
