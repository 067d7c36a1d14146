import { assemblyAi } from './assemblyAi';
import type { Provider } from './provider';
import { speechmatics } from './speechmatics';

/** The registry. A provider is a folder beside this file, a credential, and a line here. */
export const PROVIDERS: readonly Provider[] = [assemblyAi, speechmatics];

/** @throws Error for a value that no menu offers */
export function providerNamed(name: string): Provider {
	const provider = PROVIDERS.find((candidate) => candidate.name === name);
	if (!provider) throw new Error(`This version of the package knows no provider “${name}”`);
	return provider;
}
