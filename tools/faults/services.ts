import { PROVIDERS } from '../../nodes/Transcription/providers';
import type { Job, ProviderName, Sandbox } from '../../sandbox';
import { assemblyAi } from '../../test/e2e/profiles/assemblyAi';
import { elevenLabsRegistered } from '../../test/e2e/profiles/elevenLabs';
import { gladia } from '../../test/e2e/profiles/gladia';
import { instantTranscriberSigned } from '../../test/e2e/profiles/instantTranscriber';
import type { ProviderProfile } from '../../test/e2e/profiles/profile';
import { revAi } from '../../test/e2e/profiles/revAi';
import { scriptixSessions, scriptixStt } from '../../test/e2e/profiles/scriptix';
import { soniox } from '../../test/e2e/profiles/soniox';
import { speechmatics } from '../../test/e2e/profiles/speechmatics';
import type { Credential, N8nClient } from '../n8n';

/** A service that has its own workflow. */
export interface Service {
	name: string;
	provider: ProviderName;
	profile: ProviderProfile;
	source: 'url' | 'file';
	/** How recovery finds this workflow's jobs: in the service's list, or by the IDs that Submit returned, kept in a Data Table. */
	recoverFrom: 'list' | 'ids';
	/** Whether a job in the sandbox belongs to this service. Both generations of Scriptix' API share one provider. */
	owns(job: Pick<Job, 'id' | 'provider'>): boolean;
}

const isStt = ({ id }: Pick<Job, 'id'>) => id.startsWith('stt_');

function service(
	profile: ProviderProfile,
	recoverFrom: Service['recoverFrom'],
	{ source = 'url', owns = () => true }: Partial<Pick<Service, 'source' | 'owns'>> = {},
): Service {
	const provider = profile.provider as ProviderName;
	return {
		name: profile.name,
		provider,
		profile,
		source,
		recoverFrom,
		owns: (job) => job.provider === provider && owns(job),
	};
}

/** Every service of the package, including both generations of Scriptix' API. */
export const SERVICES: readonly Service[] = [
	service(assemblyAi, 'list'),
	service({ ...elevenLabsRegistered, name: 'ElevenLabs' }, 'ids'),
	service(gladia, 'list'),
	service({ ...instantTranscriberSigned, name: 'InstantTranscriber' }, 'ids'),
	service(revAi, 'list'),
	service(scriptixSessions, 'list', { owns: (job) => !isStt(job) }),
	service(scriptixStt, 'ids', { source: 'file', owns: isStt }),
	service(soniox, 'list'),
	service(speechmatics, 'list'),
];

/** Creates a credential with which n8n uses the sandbox as the service. */
export async function createServiceCredential(
	client: N8nClient,
	sandbox: Sandbox,
	{ name, provider, profile }: Service,
): Promise<Credential> {
	const type = PROVIDERS.find((candidate) => candidate.name === provider)?.credentialType ?? '';
	return await client.createCredential(`${name} account`, type, {
		apiKey: sandbox.accounts(provider)[0]?.apiKey ?? '',
		region: 'custom',
		baseUrl: sandbox.baseUrl(provider),
		...profile.credential,
	});
}
