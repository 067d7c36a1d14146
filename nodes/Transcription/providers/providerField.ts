import type { IDisplayOptions, INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import type { Provider } from './provider';

/** The menu that decides which credential and which fields the editor shows. */
export function providerField(providers: readonly Provider[]): INodeProperties {
	const first = providers[0]?.name ?? '';
	return {
		displayName: 'Provider',
		name: 'provider',
		type: 'options',
		noDataExpression: true,
		options: providers.map(({ displayName, name }) => ({ name: displayName, value: name })),
		default: first,
		description: 'Which speech-to-text service does the work',
	};
}

/** `A, B or C`, for texts. */
export function namesOf(providers: readonly Provider[]): string {
	return providers.map(({ displayName }) => displayName).join(', ').replace(/, ([^,]*)$/, ' or $1');
}

/**
 * One credential for each provider, shown when it is chosen.
 *
 * Said with `hide`: a menu whose every choice stands in a credential's `show` is taken by the editor for a choice
 * between ways of logging in, and is moved out of sight into the credential's window.
 *
 * @param hide parameters with whose values no credential is needed
 */
export function credentialSlots(
	providers: readonly Provider[],
	hide: IDisplayOptions['hide'] = {},
): INodeCredentialDescription[] {
	return providers.map(({ credentialType, name }) => ({
		name: credentialType,
		required: true,
		displayOptions: {
			hide: { ...hide, provider: providers.map((other) => other.name).filter((other) => other !== name) },
		},
	}));
}
