import { PROVIDERS } from '../../../nodes/Transcription/providers';
import { assemblyAi } from './assemblyAi';
import type { ProviderProfile } from './profile';

/** Every way to use a service that this version of the package offers. */
export const PROFILES: readonly ProviderProfile[] = [assemblyAi].filter(({ provider }) =>
	PROVIDERS.some(({ name }) => name === provider),
);
