import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import { credentialFields, keyInHeader } from '../nodes/Transcription/providers/common/credentialForm';
import { ELEVENLABS_REGIONS } from '../nodes/Transcription/providers/elevenLabs/constants';
import {
	credentialTestByMissingTranscript,
	WEBHOOK_SETUP,
} from '../nodes/Transcription/providers/elevenLabs/credential';

export class ElevenLabsTranscriptionApi implements ICredentialType {
	name = 'elevenLabsTranscriptionApi';

	displayName = 'ElevenLabs Transcription API';

	icon: Icon = {
		light: 'file:../nodes/Transcription/transcription.svg',
		dark: 'file:../nodes/Transcription/transcription.dark.svg',
	};

	documentationUrl = 'https://elevenlabs.io/docs/api-reference/authentication';

	properties: INodeProperties[] = credentialFields(
		ELEVENLABS_REGIONS,
		'The API key from the API Keys page of the ElevenLabs dashboard. It starts with sk_ and is shown only once. Requires access to Speech to Text, and to Webhooks if Webhook Setup is Automatic.',
		[WEBHOOK_SETUP],
		'Usually empty. Required if Webhook Setup is Manual.',
	);

	/** Source: ElevenLabs docs, “Authentication”. */
	authenticate = keyInHeader((apiKey) => ['xi-api-key', apiKey]);

	test: ICredentialTestRequest = credentialTestByMissingTranscript();
}
