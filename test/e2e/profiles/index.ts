import { PROVIDERS } from '../../../nodes/Transcription/providers';
import { assemblyAi } from './assemblyAi';
import { elevenLabsByHand, elevenLabsRegistered } from './elevenLabs';
import { gladia } from './gladia';
import { instantTranscriberSigned, instantTranscriberToken } from './instantTranscriber';
import type { ProviderProfile } from './profile';
import { revAi } from './revAi';
import { scriptixSessions, scriptixStt } from './scriptix';
import { soniox } from './soniox';
import { speechmatics } from './speechmatics';

/** All profiles, including those of services that this version doesn't support. */
const ALL: readonly ProviderProfile[] = [
	assemblyAi,
	elevenLabsRegistered,
	elevenLabsByHand,
	gladia,
	instantTranscriberToken,
	instantTranscriberSigned,
	revAi,
	scriptixSessions,
	scriptixStt,
	soniox,
	speechmatics,
];

/** The profiles of all services that this version supports. */
export const PROFILES = ALL.filter(({ provider }) => PROVIDERS.some(({ name }) => name === provider));
