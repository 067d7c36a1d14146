import type {
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
	Icon,
} from 'n8n-workflow';
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
		'From the API Keys page of your project in the Soniox Console. It works in the region of that project only.',
	);

	/** Soniox OpenAPI 1.0.0, `PublicApiAuth`. */
	authenticate = keyInHeader((apiKey) => ['Authorization', `Bearer ${apiKey}`]);

	test: ICredentialTestRequest = credentialTest(
		SONIOX_REGIONS,
		'/v1/models',
		'Soniox did not accept the API key. Check that it was copied completely and belongs to this region.',
	);
}
