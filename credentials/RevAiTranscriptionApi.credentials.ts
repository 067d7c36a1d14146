import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import { credentialFields, credentialTest, keyInHeader } from '../nodes/Transcription/providers/common/credentialForm';
import { REV_AI_REGIONS } from '../nodes/Transcription/providers/revAi/constants';

export class RevAiTranscriptionApi implements ICredentialType {
	name = 'revAiTranscriptionApi';

	displayName = 'Rev AI Transcription API';

	icon: Icon = {
		light: 'file:../nodes/Transcription/transcription.svg',
		dark: 'file:../nodes/Transcription/transcription.dark.svg',
	};

	documentationUrl = 'https://docs.rev.ai/get-started';

	properties: INodeProperties[] = credentialFields(
		REV_AI_REGIONS,
		'The access token from the Access Token page of your Rev AI account',
	);

	/** Source: Rev AI docs, “Get started”. */
	authenticate = keyInHeader((apiKey) => ['Authorization', `Bearer ${apiKey}`]);

	/**
	 * Source: Rev AI docs, “Get account”. It isn't documented for Europe, but n8n can't test with the documented list of jobs,
	 * which may be empty.
	 */
	test: ICredentialTestRequest = credentialTest(
		REV_AI_REGIONS,
		'/speechtotext/v1/account',
		'Rev AI didn’t accept the API key. Check that the access token is complete and belongs to this region.',
		{ service: 'Rev AI', field: 'balance_seconds' },
	);
}
