import { assemblyAi } from './assemblyAi';
import { elevenLabs } from './elevenLabs';
import { instantTranscriber } from './instantTranscriber';
import type { Provider } from './provider';
import { scriptix } from './scriptix';
import { soniox } from './soniox';
import { speechmatics } from './speechmatics';

/** The registry. A provider is a folder beside this file, a credential, and a line here. */
export const PROVIDERS: readonly Provider[] = [
	assemblyAi,
	elevenLabs,
	instantTranscriber,
	scriptix,
	soniox,
	speechmatics,
];

/** @throws Error for a value that no menu offers */
export function findProvider(name: string): Provider {
	const provider = PROVIDERS.find((candidate) => candidate.name === name);
	if (!provider) throw new Error(`This version of the package knows no provider “${name}”`);
	return provider;
}
