import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import { credentialFields, credentialTest, keyInHeader } from '../nodes/Transcription/providers/common/credentialForm';
import { SONIOX_REGIONS } from '../nodes/Transcription/providers/soniox/constants';

export class SonioxTranscriptionApi implements ICredentialType {
	name = 'sonioxTranscriptionApi';

	displayName = 'Soniox Transcription API';

	icon: Icon = {
		light: 'file:../nodes/Transcription/transcription.svg',
		dark: 'file:../nodes/Transcription/transcription.dark.svg',
	};

	documentationUrl = 'https://soniox.com/docs/stt/get-started';

	properties: INodeProperties[] = credentialFields(
		SONIOX_REGIONS,
		'The API key from the API Keys page of your project in the Soniox Console. It only works in the region of that project.',
	);

	/** Source: Soniox OpenAPI 1.0.0, `PublicApiAuth`. */
	authenticate = keyInHeader((apiKey) => ['Authorization', `Bearer ${apiKey}`]);

	test: ICredentialTestRequest = credentialTest(
		SONIOX_REGIONS,
		'/v1/models',
		'Soniox didn’t accept the API key. Check that it is complete and belongs to this region.',
		{ service: 'Soniox', field: 'models' },
	);
}
