import type { ProviderDefinition } from '../core/provider';
import { assemblyAi } from './assemblyAi';
import { speechmatics } from './speechmatics';

/** Every simulated service. A new one is its own folder and one line here. */
export const providers = { assemblyAi, speechmatics } satisfies Record<string, ProviderDefinition>;

export type ProviderName = keyof typeof providers;
