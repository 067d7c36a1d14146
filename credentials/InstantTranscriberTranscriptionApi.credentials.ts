import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import { credentialFields, keyInHeader } from '../nodes/Transcription/providers/common/credentialForm';
import {
	credentialTestByMissingJob,
	SETTING_FIELDS,
} from '../nodes/Transcription/providers/instantTranscriber/credential';
import { INSTANT_TRANSCRIBER_REGIONS } from '../nodes/Transcription/providers/instantTranscriber/constants';

export class InstantTranscriberTranscriptionApi implements ICredentialType {
	name = 'instantTranscriberTranscriptionApi';

	displayName = 'InstantTranscriber Transcription API';

	icon: Icon = {
		light: 'file:../nodes/Transcription/transcription.svg',
		dark: 'file:../nodes/Transcription/transcription.dark.svg',
	};

	documentationUrl = 'https://instanttranscriber.com/api';

	properties: INodeProperties[] = credentialFields(
		INSTANT_TRANSCRIBER_REGIONS,
		'The API key from the account settings of InstantTranscriber. It starts with it_live_.',
		SETTING_FIELDS,
	);

	/** Source: instanttranscriber.com, “Start a transcription job”. */
	authenticate = keyInHeader((apiKey) => ['Authorization', `Bearer ${apiKey}`]);

	test: ICredentialTestRequest = credentialTestByMissingJob();
}
