import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import { credentialFields, credentialTest, keyInHeader } from '../nodes/Transcription/providers/common/credentialForm';
import {
	DISPLAY_NAME,
	DOCUMENTS_PATH,
	SCRIPTIX_REGIONS,
	SESSIONS_PATH,
} from '../nodes/Transcription/providers/scriptix/constants';
import { authHeaderOf, SCRIPTIX_SETTINGS } from '../nodes/Transcription/providers/scriptix/credential';

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
		'Usually empty. Required if Webhook Verification is HMAC Signature.',
	);

	authenticate = keyInHeader((apiKey, { apiGeneration, authHeader }) =>
		authHeaderOf({ apiGeneration: String(apiGeneration), authHeader: String(authHeader) }, apiKey),
	);

	/**
	 * Sends an inexpensive request that the selected API generation supports.
	 * Sources: docs.scriptix.io, “Documents API” (batch upload), List Documents; “API Overview”, List sessions.
	 */
	test: ICredentialTestRequest = credentialTest(
		SCRIPTIX_REGIONS,
		`={{ $credentials.apiGeneration === "sessions" ? "${SESSIONS_PATH}?limit=1" : "${DOCUMENTS_PATH}" }}`,
		'Scriptix didn’t accept the API key. Check that it is complete and that API Generation is correct, or try another Authentication Header.',
		// According to the docs, the two lists have no field in common.
		{ service: DISPLAY_NAME },
	);
}
