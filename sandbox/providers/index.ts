import type { ProviderDefinition } from '../core/provider';
import { assemblyAi } from './assemblyAi';
import { elevenLabs } from './elevenLabs';
import { instantTranscriber } from './instantTranscriber';
import { scriptix } from './scriptix';
import { soniox } from './soniox';
import { speechmatics } from './speechmatics';

/** Every simulated service. A new one is its own folder and one line here. */
export const providers = {
	assemblyAi,
	elevenLabs,
	instantTranscriber,
	scriptix,
	soniox,
	speechmatics,
} satisfies Record<string, ProviderDefinition>;

export type ProviderName = keyof typeof providers;
