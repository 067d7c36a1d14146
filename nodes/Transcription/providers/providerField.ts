import type { IDisplayOptions, INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import type { Provider } from './provider';

/** Returns the Provider menu. Its value determines which credential and which fields the editor shows. */
export function providerField(providers: readonly Provider[]): INodeProperties {
	const first = providers[0]?.name ?? '';
	return {
		displayName: 'Provider',
		name: 'provider',
		type: 'options',
		noDataExpression: true,
		options: providers.map(({ displayName, name }) => ({ name: displayName, value: name })),
		default: first,
		description: 'The speech-to-text service to use',
	};
}

/**
 * Places the credential below the Provider menu, which determines the credential's type. Without this property, the editor
 * shows the credential above all other fields.
 */
export const credentialField: INodeProperties = {
	displayName: 'Credential',
	name: 'credential',
	type: 'credentials',
	default: '',
};

/** Returns the display names as `A, B or C`. */
export function namesOf(providers: readonly Provider[]): string {
	return providers
		.map(({ displayName }) => displayName)
		.join(', ')
		.replace(/, ([^,]*)$/, ' or $1');
}

/**
 * One credential slot per provider, shown while that provider is selected.
 *
 * The condition uses `hide` instead of `show`. If every choice of a menu were listed in some credential's `show`, the
 * editor would treat the menu as a choice of authentication method and move it into the credential's window.
 *
 * @param hide parameter values for which no credential is needed
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
