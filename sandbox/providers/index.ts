import type { ProviderDefinition } from '../core/provider';
import { assemblyAi } from './assemblyAi';
import { scriptix } from './scriptix';

/** Every simulated service. A new one is its own folder and one line here. */
export const providers = { assemblyAi, scriptix } satisfies Record<string, ProviderDefinition>;

export type ProviderName = keyof typeof providers;
