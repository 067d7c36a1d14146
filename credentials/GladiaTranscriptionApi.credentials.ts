import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import { credentialFields, credentialTest, keyInHeader } from '../nodes/Transcription/providers/common/credentialForm';
import { GLADIA_REGIONS, JOBS_PATH } from '../nodes/Transcription/providers/gladia/constants';
import { RETENTION_NOTICE } from '../nodes/Transcription/providers/gladia/credential';

export class GladiaTranscriptionApi implements ICredentialType {
	name = 'gladiaTranscriptionApi';

	displayName = 'Gladia Transcription API';

	icon: Icon = {
		light: 'file:../nodes/Transcription/transcription.svg',
		dark: 'file:../nodes/Transcription/transcription.dark.svg',
	};

	documentationUrl = 'https://docs.gladia.io/chapters/introduction/getting-started';

	properties: INodeProperties[] = credentialFields(
		GLADIA_REGIONS,
		'The API key from the API Keys page of app.gladia.io',
		[RETENTION_NOTICE],
	);

	/** Source: Gladia OpenAPI, `securitySchemes`. */
	authenticate = keyInHeader((apiKey) => ['x-gladia-key', apiKey]);

	test: ICredentialTestRequest = credentialTest(
		GLADIA_REGIONS,
		`${JOBS_PATH}?limit=1`,
		'Gladia didn’t accept the API key. Check that it is complete.',
		{ service: 'Gladia', field: 'items' },
	);
}
