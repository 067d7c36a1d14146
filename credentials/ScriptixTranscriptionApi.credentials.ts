import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import { credentialFields, credentialTest, keyInHeader } from '../nodes/Transcription/providers/common/credentialForm';
import { SCRIPTIX_REGIONS } from '../nodes/Transcription/providers/scriptix/constants';
import { SCRIPTIX_SETTINGS } from '../nodes/Transcription/providers/scriptix/credential';

export class ScriptixTranscriptionApi implements ICredentialType {
	name = 'scriptixTranscriptionApi';

	displayName = 'Scriptix Transcription API';

	icon: Icon = {
		light: 'file:../nodes/Transcription/transcription.svg',
		dark: 'file:../nodes/Transcription/transcription.dark.svg',
	};

	documentationUrl = 'https://docs.scriptix.io/docs/api/Overview';

	properties: INodeProperties[] = credentialFields(
		SCRIPTIX_REGIONS,
		'A batch key or token from the API keys page of the Scriptix dashboard',
		SCRIPTIX_SETTINGS,
	);

	authenticate = keyInHeader((apiKey, { authHeader }) =>
		authHeader === 'x-zoom-s2t-key' ? ['x-zoom-s2t-key', apiKey] : ['Authorization', `Bearer ${apiKey}`],
	);

	/**
	 * Sends an inexpensive request that the selected API generation supports. Source: docs.scriptix.io, “API Overview”;
	 * Batch, Documents.
	 */
	test: ICredentialTestRequest = credentialTest(
		SCRIPTIX_REGIONS,
		'={{ $credentials.apiGeneration === "stt" ? "/api/v3/documents" : "/api/v3/account/me" }}',
		'Scriptix didn’t accept the API key. Check that it is complete, or try the other Authentication Header.',
	);
}
