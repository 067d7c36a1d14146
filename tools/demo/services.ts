import { PROVIDERS } from '../../nodes/Transcription/providers';
import type { Provider } from '../../nodes/Transcription/providers/provider';
import type { ProviderName, Sandbox } from '../../sandbox';
import type { JsonObject } from '../n8n';

/** A real or simulated service, and how n8n connects to it. */
export interface Service {
	provider: Provider;
	isReal: boolean;
	/** Description for the screen, without secrets. */
	about: string;
	credentialData: JsonObject;
}

/** Returns the name of a service's environment variable, e.g. `ASSEMBLYAI_API_KEY` or `SONIOX_REGION`. */
export const variable = ({ name }: Provider, suffix: 'API_KEY' | 'REGION' | 'SETTINGS') =>
	`${name.toUpperCase()}_${suffix}`;

/** @param word a provider's name in any case, e.g. `elevenlabs` @throws Error if there is no such provider */
export function providerCalled(word: string): Provider {
	const provider = PROVIDERS.find(({ name }) => name.toLowerCase() === word.toLowerCase());
	if (provider) return provider;
	throw new Error(`There is no provider "${word}". Choose one of: ${PROVIDERS.map(({ name }) => name).join(', ')}.`);
}

/**
 * Returns all services of this package. Each is the real one if its API key is set and n8n has a public URL; otherwise, the
 * sandbox replaces it.
 *
 * @throws Error if a service doesn't have the requested region
 */
export function allServices(sandbox: Sandbox, env: NodeJS.ProcessEnv, publicUrl: string | undefined): Service[] {
	return PROVIDERS.map((provider) => {
		const apiKey = env[variable(provider, 'API_KEY')];
		return apiKey && publicUrl
			? real(provider, apiKey, env[variable(provider, 'REGION')])
			: simulated(provider, sandbox);
	});
}

function real(provider: Provider, apiKey: string, wanted: string | undefined): Service {
	const regions = provider.regions.map(({ value }) => value);
	const region = wanted || regions[0];
	if (region === undefined || !regions.includes(region)) {
		throw new Error(`${variable(provider, 'REGION')} is "${wanted}". It must be one of: ${regions.join(', ')}.`);
	}
	return { provider, isReal: true, about: `${provider.displayName} (${region})`, credentialData: { apiKey, region } };
}

function simulated(provider: Provider, sandbox: Sandbox): Service {
	const name = provider.name as ProviderName;
	const account = sandbox.accounts(name).find(({ balance }) => balance === 'ok');
	if (account === undefined) throw new Error(`The sandbox has no ${provider.displayName} account that can submit.`);
	return {
		provider,
		isReal: false,
		about: `${provider.displayName}, simulated by the sandbox at ${sandbox.origin} (no real service, no cost)`,
		credentialData: { apiKey: account.apiKey, region: 'custom', baseUrl: sandbox.baseUrl(name) },
	};
}
