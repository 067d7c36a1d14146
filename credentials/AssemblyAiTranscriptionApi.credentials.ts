import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import { ASSEMBLYAI_REGIONS } from '../nodes/Transcription/providers/assemblyAi/constants';
import { credentialFields, credentialTest, keyInHeader } from '../nodes/Transcription/providers/common/credentialForm';

export class AssemblyAiTranscriptionApi implements ICredentialType {
	name = 'assemblyAiTranscriptionApi';

	displayName = 'AssemblyAI Transcription API';

	icon: Icon = {
		light: 'file:../nodes/Transcription/transcription.svg',
		dark: 'file:../nodes/Transcription/transcription.dark.svg',
	};

	documentationUrl = 'https://www.assemblyai.com/docs/deployment/account-management';

	properties: INodeProperties[] = credentialFields(
		ASSEMBLYAI_REGIONS,
		'The API key from the API Keys page of the AssemblyAI dashboard',
	);

	/** Source: AssemblyAI docs, “Authentication”. The key is sent without a scheme. */
	authenticate = keyInHeader((apiKey) => ['Authorization', apiKey]);

	test: ICredentialTestRequest = credentialTest(
		ASSEMBLYAI_REGIONS,
		'/v2/transcript?limit=1',
		'AssemblyAI didn’t accept the API key. Check that it is complete and belongs to this region.',
		{ service: 'AssemblyAI', field: 'transcripts' },
	);
}
