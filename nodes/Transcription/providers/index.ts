import { assemblyAi } from './assemblyAi';
import { elevenLabs } from './elevenLabs';
import { gladia } from './gladia';
import { instantTranscriber } from './instantTranscriber';
import type { Provider } from './provider';
import { revAi } from './revAi';
import { scriptix } from './scriptix';
import { soniox } from './soniox';
import { speechmatics } from './speechmatics';

/** All providers. To add one, create its folder here and its credential, and list it below. */
export const PROVIDERS: readonly Provider[] = [
	assemblyAi,
	elevenLabs,
	gladia,
	instantTranscriber,
	revAi,
	scriptix,
	soniox,
	speechmatics,
];

/** @throws Error for an unknown name */
export function findProvider(name: string): Provider {
	const provider = PROVIDERS.find((candidate) => candidate.name === name);
	if (!provider) throw new Error(`This version of the package doesn’t support the provider “${name}”`);
	return provider;
}
