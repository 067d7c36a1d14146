import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import { credentialFields, credentialTest, keyInHeader } from '../nodes/Transcription/providers/common/credentialForm';
import { ELEVENLABS_REGIONS } from '../nodes/Transcription/providers/elevenLabs/constants';
import { WEBHOOK_SETUP } from '../nodes/Transcription/providers/elevenLabs/credential';

const INVALID_KEY = 'ElevenLabs didn’t accept the API key. Check that it is complete and belongs to this region.';
const NO_PERMISSION =
	'The API key is valid but doesn’t have the Speech to Text permission. Grant it in the ElevenLabs dashboard.';
const UNEXPECTED = 'The response isn’t from ElevenLabs. Check the region or the Base URL, or try again later.';

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
		'The API key from the API Keys page of the ElevenLabs dashboard. Requires access to Speech to Text, and to Webhooks if Webhook Setup is Automatic.',
		[WEBHOOK_SETUP],
	);

	/** Source: ElevenLabs docs, “Authentication”. */
	authenticate = keyInHeader((apiKey) => ['xi-api-key', apiKey]);

	/**
	 * A key can be restricted to specific endpoints, so no endpoint works with every key. The test therefore requests a
	 * transcript that doesn't exist and expects “not found”. n8n treats any status above 299 as a failure unless the
	 * request ignores statuses, so the request ignores them, and the rules check the body. A body without an ElevenLabs
	 * message isn't from ElevenLabs.
	 * Source: ElevenLabs OpenAPI, `GET /v1/speech-to-text/transcripts/{transcription_id}`.
	 */
	test: ICredentialTestRequest = {
		request: {
			...credentialTest(ELEVENLABS_REGIONS, '/v1/speech-to-text/transcripts/n8nCredentialTest000', INVALID_KEY).request,
			ignoreHttpStatusErrors: true,
		},
		rules: [
			['detail.message', undefined, UNEXPECTED],
			// The service's older and newer responses use different names for this field.
			...['detail.status', 'detail.code'].flatMap((key) => [
				[key, 'missing_permissions', NO_PERMISSION],
				[key, 'insufficient_permissions', NO_PERMISSION],
				[key, 'invalid_api_key', INVALID_KEY],
				[key, 'needs_authorization', INVALID_KEY],
			]),
		].map(([key, value, message]) => ({
			type: 'responseSuccessBody' as const,
			properties: { key: key as string, value, message: message as string },
		})),
	};
}
