import type {
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
	Icon,
} from 'n8n-workflow';
import { credentialFields, credentialTest, keyInHeader } from '../nodes/Transcription/providers/common/credentialForm';
import { ELEVENLABS_REGIONS } from '../nodes/Transcription/providers/elevenLabs/constants';
import { WEBHOOK_SETUP } from '../nodes/Transcription/providers/elevenLabs/credential';

const REFUSED = 'ElevenLabs did not accept the API key. Check that it was copied completely and belongs to this region.';
const NO_PERMISSION = 'The API key is valid, but lacks the permission for Speech to Text. Give it access in the ElevenLabs dashboard.';
const UNEXPECTED = 'The answer was not one of ElevenLabs. Check the region or the Base URL, or try again later.';

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
		'From the API Keys page of the ElevenLabs dashboard. Needs access to Speech to Text, and to Webhooks where Webhook Setup is Automatic.',
		[WEBHOOK_SETUP],
	);

	/** ElevenLabs docs, “Authentication”. */
	authenticate = keyInHeader((apiKey) => ['xi-api-key', apiKey]);

	/**
	 * Keys are restricted to what they are for, so that no endpoint is open to all of them: a transcript that does not
	 * exist is asked for, and “not found” is the good answer. n8n takes any status above 299 for a failure, unless the
	 * request says to ignore statuses; the rules then judge the body. What carries no message of ElevenLabs is none of its
	 * answers. Source: ElevenLabs OpenAPI, `GET /v1/speech-to-text/transcripts/{transcription_id}`.
	 */
	test: ICredentialTestRequest = {
		request: {
			...credentialTest(ELEVENLABS_REGIONS, '/v1/speech-to-text/transcripts/n8nCredentialTest000', REFUSED).request,
			ignoreHttpStatusErrors: true,
		},
		rules: [
			['detail.message', undefined, UNEXPECTED],
			// Where the kind of error stands differs between the service's older and newer answers.
			...['detail.status', 'detail.code'].flatMap((key) => [
				[key, 'missing_permissions', NO_PERMISSION],
				[key, 'insufficient_permissions', NO_PERMISSION],
				[key, 'invalid_api_key', REFUSED],
				[key, 'needs_authorization', REFUSED],
			]),
		].map(([key, value, message]) => ({
			type: 'responseSuccessBody' as const,
			properties: { key: key as string, value, message: message as string },
		})),
	};
}
