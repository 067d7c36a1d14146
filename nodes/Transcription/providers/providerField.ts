import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import type { Provider } from './provider';

/** The menu that decides which credential and which fields the editor shows. */
export function providerField(providers: readonly Provider[]): INodeProperties {
	return {
		displayName: 'Provider',
		name: 'provider',
		type: 'options',
		noDataExpression: true,
		options: providers.map(({ displayName, name }) => ({ name: displayName, value: name })),
		default: providers[0]?.name ?? '',
		description: 'Which speech-to-text service does the work',
	};
}

/** One credential for each provider, shown when it is chosen. */
export function credentialSlots(providers: readonly Provider[]): INodeCredentialDescription[] {
	return providers.map(({ credentialType, name }) => ({
		name: credentialType,
		required: true,
		displayOptions: { show: { provider: [name] } },
	}));
}
