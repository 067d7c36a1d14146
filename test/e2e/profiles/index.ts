import { PROVIDERS } from '../../../nodes/Transcription/providers';
import { assemblyAi } from './assemblyAi';
import { elevenLabsByHand, elevenLabsRegistered } from './elevenLabs';
import { instantTranscriberSigned, instantTranscriberToken } from './instantTranscriber';
import type { ProviderProfile } from './profile';
import { scriptixSessions, scriptixStt } from './scriptix';
import { soniox } from './soniox';
import { speechmatics } from './speechmatics';

/** Also of services that this version does not offer. */
const ALL: readonly ProviderProfile[] = [
	assemblyAi,
	elevenLabsRegistered,
	elevenLabsByHand,
	instantTranscriberToken,
	instantTranscriberSigned,
	scriptixSessions,
	scriptixStt,
	soniox,
	speechmatics,
];

/** Every way to use a service that this version of the package offers. */
export const PROFILES = ALL.filter(({ provider }) => PROVIDERS.some(({ name }) => name === provider));
