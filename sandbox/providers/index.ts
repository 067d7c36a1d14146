import type { ProviderDefinition } from '../core/provider';
import { assemblyAi } from './assemblyAi';
import { elevenLabs } from './elevenLabs';
import { gladia } from './gladia';
import { instantTranscriber } from './instantTranscriber';
import { revAi } from './revAi';
import { scriptix } from './scriptix';
import { soniox } from './soniox';
import { speechmatics } from './speechmatics';

/** All simulated services. To add one, create its folder and add a line here. */
export const providers = {
	assemblyAi,
	elevenLabs,
	gladia,
	instantTranscriber,
	revAi,
	scriptix,
	soniox,
	speechmatics,
} satisfies Record<string, ProviderDefinition>;

export type ProviderName = keyof typeof providers;
