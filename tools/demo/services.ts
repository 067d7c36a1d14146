import { PROVIDERS } from '../../nodes/Transcription/providers';
import type { Provider } from '../../nodes/Transcription/providers/provider';
import type { ProviderName, Sandbox } from '../../sandbox';
import type { JsonObject } from '../n8n';

/** A service of the demonstration, real or simulated, and how n8n reaches it. */
export interface Service {
	provider: Provider;
	isReal: boolean;
	/** For the screen; never holds a secret. */
	about: string;
	credentialData: JsonObject;
}

/** The environment variable that belongs to a service: `ASSEMBLYAI_API_KEY`, `SONIOX_REGION`. */
export const variable = ({ name }: Provider, what: 'API_KEY' | 'REGION') => `${name.toUpperCase()}_${what}`;

/** @param word a provider's name in any case, such as `elevenlabs` @throws when there is none of that name */
export function providerCalled(word: string): Provider {
	const provider = PROVIDERS.find(({ name }) => name.toLowerCase() === word.toLowerCase());
	if (provider) return provider;
	throw new Error(`There is no provider "${word}". Choose one of: ${PROVIDERS.map(({ name }) => name).join(', ')}.`);
}

/**
 * All services of this package: the real one where its key is set and n8n has an address on the internet, otherwise
 * the sandbox' one.
 * @throws for a region that a service does not have
 */
export function allServices(sandbox: Sandbox, env: NodeJS.ProcessEnv, publicUrl: string | undefined): Service[] {
	return PROVIDERS.map((provider) => {
		const apiKey = env[variable(provider, 'API_KEY')];
		return apiKey && publicUrl ? real(provider, apiKey, env[variable(provider, 'REGION')]) : simulated(provider, sandbox);
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
	if (account === undefined) throw new Error(`The sandbox has no account of ${provider.displayName} that may submit.`);
	return {
		provider,
		isReal: false,
		about: `${provider.displayName}, played by the sandbox on ${sandbox.origin} (no real service, no cost)`,
		credentialData: { apiKey: account.apiKey, region: 'custom', baseUrl: sandbox.baseUrl(name) },
	};
}
