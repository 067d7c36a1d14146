import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import { credentialFields, keyInHeader } from '../nodes/Transcription/providers/common/credentialForm';
import { REV_AI_REGIONS } from '../nodes/Transcription/providers/revAi/constants';
import { credentialTestByMissingJob } from '../nodes/Transcription/providers/revAi/credential';

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

	test: ICredentialTestRequest = credentialTestByMissingJob();
}
