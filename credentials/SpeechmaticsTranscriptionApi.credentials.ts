import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import { credentialFields, credentialTest, keyInHeader } from '../nodes/Transcription/providers/common/credentialForm';
import { SPEECHMATICS_REGIONS } from '../nodes/Transcription/providers/speechmatics/constants';

export class SpeechmaticsTranscriptionApi implements ICredentialType {
	name = 'speechmaticsTranscriptionApi';

	displayName = 'Speechmatics Transcription API';

	icon: Icon = {
		light: 'file:../nodes/Transcription/transcription.svg',
		dark: 'file:../nodes/Transcription/transcription.dark.svg',
	};

	documentationUrl = 'https://docs.speechmatics.com/get-started/authentication';

	properties: INodeProperties[] = credentialFields(
		SPEECHMATICS_REGIONS,
		'The API key from Settings > API Keys in the Speechmatics portal',
	);

	/** Source: Speechmatics docs, “Authentication”. */
	authenticate = keyInHeader((apiKey) => ['Authorization', `Bearer ${apiKey}`]);

	test: ICredentialTestRequest = credentialTest(
		SPEECHMATICS_REGIONS,
		'/v2/jobs?limit=1',
		'Speechmatics didn’t accept the API key. Check that it is complete and valid in this region.',
		{ service: 'Speechmatics', field: 'jobs' },
	);
}
