import type { Job, ProviderName } from '../../sandbox';
import { assemblyAi } from '../../test/e2e/profiles/assemblyAi';
import { elevenLabsRegistered } from '../../test/e2e/profiles/elevenLabs';
import { instantTranscriberSigned } from '../../test/e2e/profiles/instantTranscriber';
import type { ProviderProfile } from '../../test/e2e/profiles/profile';
import { scriptixSessions, scriptixStt } from '../../test/e2e/profiles/scriptix';
import { soniox } from '../../test/e2e/profiles/soniox';
import { speechmatics } from '../../test/e2e/profiles/speechmatics';

/** A service as the campaign uses it: one workflow each. */
export interface Service {
	name: string;
	provider: ProviderName;
	profile: ProviderProfile;
	source: 'url' | 'file';
	/** Where recovery learns of this workflow's jobs: the service's list, or the IDs that Submit put out, kept in a Data Table. */
	recoverFrom: 'list' | 'ids';
	/** Whether a job of the sandbox belongs to this service: two generations of an API share one provider. */
	owns(job: Pick<Job, 'id' | 'provider'>): boolean;
}

const isStt = ({ id }: Pick<Job, 'id'>) => id.startsWith('stt_');

function service(
	profile: ProviderProfile,
	recoverFrom: Service['recoverFrom'],
	{ source = 'url', owns = () => true }: Partial<Pick<Service, 'source' | 'owns'>> = {},
): Service {
	const provider = profile.provider as ProviderName;
	return { name: profile.name, provider, profile, source, recoverFrom, owns: (job) => job.provider === provider && owns(job) };
}

/** Every service of the package, both generations of Scriptix. */
export const SERVICES: readonly Service[] = [
	service(assemblyAi, 'list'),
	service({ ...elevenLabsRegistered, name: 'ElevenLabs' }, 'ids'),
	service({ ...instantTranscriberSigned, name: 'InstantTranscriber' }, 'ids'),
	service(scriptixSessions, 'list', { owns: (job) => !isStt(job) }),
	service(scriptixStt, 'ids', { source: 'file', owns: isStt }),
	service(soniox, 'list'),
	service(speechmatics, 'list'),
];
