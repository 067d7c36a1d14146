import type { ICredentialTestRequest, INodeProperties } from 'n8n-workflow';
import type { Explanation } from '../../core/userError';
import type { Settings } from '../../http/connection';
import {
	acceptOnly,
	bodyRule,
	credentialTest,
	mixedRules,
	statusRule,
	unexpectedResponse,
} from '../common/credentialForm';
import { DISPLAY_NAME, ELEVENLABS_REGIONS } from './constants';

const MANUAL = 'manual';

export const WEBHOOK_SETUP: INodeProperties = {
	displayName: 'Webhook Setup',
	name: 'webhookSetup',
	type: 'options',
	options: [
		{
			name: 'Automatic',
			value: 'automatic',
			description:
				'Register the trigger’s webhook when its workflow is published. Requires a key that can manage workspace webhooks.',
		},
		{
			name: 'Manual',
			value: MANUAL,
			description: 'Create the webhook in the ElevenLabs dashboard and paste its secret into Webhook Secret',
		},
	],
	default: 'automatic',
	description:
		'How to register the URL of a Transcription Trigger. ElevenLabs only sends callbacks to workspace webhooks.',
};

export function isManual(settings: Settings): boolean {
	return settings.webhookSetup === MANUAL;
}

/**
 * Returns an error if the webhook is created manually and its secret is missing. Only the user knows that secret, so it
 * can't be derived.
 */
export function unverifiable(settings: Settings, hasWebhookSecret: boolean): Explanation | undefined {
	if (!isManual(settings) || hasWebhookSecret) return undefined;
	return {
		message: '“Webhook Setup” in the credential is set to Manual, but “Webhook Secret” is empty',
		description:
			'Create a webhook with the auth method HMAC and the trigger’s Production URL in the ElevenLabs dashboard (Webhooks), and link it to the speech-to-text events. Then paste its secret, which is shown only once, into “Webhook Secret” in the credential.',
	};
}

const INVALID_KEY =
	'ElevenLabs didn’t accept the API key. Check that it is complete (it starts with sk_) and belongs to this region.';
const KEY_ID =
	'This is the ID of a key, not the key. A key starts with sk_ and is shown only when it is created or rotated.';
const NO_PERMISSION =
	'The API key is valid but doesn’t have the Speech to Text permission. Grant it in the ElevenLabs dashboard.';
/** For n8n versions in which a test can't check both the status and the body. */
const INVALID_OR_NO_PERMISSION = `${INVALID_KEY} It also needs the Speech to Text permission.`;
const NOT_NOW = 'ElevenLabs can’t check the API key right now. Try again later.';
const UNEXPECTED = unexpectedResponse(DISPLAY_NAME);

/**
 * The codes of error responses, in the order in which they are checked. Errors about a missing permission or about a
 * key ID used as a key also include a more general code, so the specific codes come first. Source: ElevenLabs docs,
 * “Errors”; responses recorded in August 2026.
 */
const ERROR_CODES: ReadonlyArray<readonly [message: string, codes: readonly string[]]> = [
	[NO_PERMISSION, ['missing_permissions', 'insufficient_permissions']],
	[KEY_ID, ['api_key_id_used_as_api_key']],
	[INVALID_KEY, ['invalid_api_key', 'needs_authorization', 'unauthorized', 'authentication_error']],
	[NO_PERMISSION, ['authorization_error', 'forbidden']],
	[NOT_NOW, ['rate_limit_error', 'rate_limit_exceeded', 'concurrent_limit_exceeded', 'too_many_concurrent_requests']],
	[NOT_NOW, ['system_busy', 'service_unavailable', 'internal_error', 'internal_server_error']],
	[NOT_NOW, ['payment_required', 'insufficient_credits', 'quota_exceeded', 'detected_unusual_activity']],
	[UNEXPECTED, ['validation_error', 'conflict']],
];

/**
 * Keys are restricted to specific endpoints, so no endpoint is available to every key. The test therefore requests a
 * transcript that doesn't exist: only “not found” means that the key was accepted. Every other status fails.
 *
 * In n8n versions that ignore all statuses (see `acceptOnly`), only the body can be checked. The rules look for error
 * codes and require a message, because every error from ElevenLabs has one. Source: ElevenLabs OpenAPI, `GET
 * /v1/speech-to-text/transcripts/{transcription_id}`.
 */
export function credentialTestByMissingTranscript(): ICredentialTestRequest {
	const path = '/v1/speech-to-text/transcripts/n8nCredentialTest000';
	const { request } = credentialTest(ELEVENLABS_REGIONS, path, INVALID_KEY);
	const codeRules = ERROR_CODES.flatMap(([message, codes]) =>
		// The field for the code has different names in older and newer responses.
		['detail.status', 'detail.code', 'detail.type'].flatMap((key) => codes.map((code) => bodyRule(key, code, message))),
	);
	return {
		request: { ...request, ignoreHttpStatusErrors: acceptOnly([404]) },
		rules: mixedRules([
			...[400, 401, 403].map((status) => statusRule(status, INVALID_OR_NO_PERMISSION)),
			...[402, 429].map((status) => statusRule(status, NOT_NOW)),
			statusRule(200, UNEXPECTED),
			bodyRule('detail.message', undefined, UNEXPECTED),
			...codeRules,
		]),
	};
}
