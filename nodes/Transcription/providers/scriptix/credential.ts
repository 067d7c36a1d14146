import type { INodeProperties } from 'n8n-workflow';
import type { Explanation } from '../../core/userError';
import type { Settings } from '../../http/connection';

/**
 * Scriptix's documentation describes several contradictory generations of its API and doesn't explain which one an account
 * has. Users choose the generation in the credential.
 *
 * - `sessions`: docs.scriptix.io, “Core APIs” and “API Overview”: `/api/v3/speech-to-text/session`.
 * - `stt`: docs.scriptix.io, “Webhooks - Batch API” and its sibling “Upload”: `/api/v3/stt`.
 */
export type Generation = 'sessions' | 'stt';

/** Methods of verifying callbacks. */
export const VERIFICATION_METHODS = ['header', 'hmac', 'token'] as const;
export type VerificationMethod = (typeof VERIFICATION_METHODS)[number];

/** Defaults to sessions, which have the newer docs and callbacks that can be verified without a secret from Scriptix. */
export function generationOf({ apiGeneration }: Settings): Generation {
	return apiGeneration === 'stt' ? 'stt' : 'sessions';
}

/** Undefined for an unknown value, so that no callback is accepted. */
export function verificationMethodOf(settings: Settings): VerificationMethod | undefined {
	const { webhookVerification: chosen = '' } = settings;
	if (chosen === '' || chosen === 'automatic') return generationOf(settings) === 'stt' ? 'hmac' : 'header';
	return VERIFICATION_METHODS.find((method) => method === chosen);
}

/**
 * Returns the reason callbacks can't be verified with this combination of verification method, API generation and
 * secret.
 */
export function unverifiable(settings: Settings, hasWebhookSecret: boolean): Explanation | undefined {
	const generation = generationOf(settings);
	const method = verificationMethodOf(settings);
	if (method === undefined) {
		return {
			message: `“Webhook Verification” in the credential has an unknown value: ${settings.webhookVerification}`,
			description: 'Select a value from the list.',
		};
	}
	if (generation === 'sessions' && method === 'hmac') {
		return {
			message: 'Scriptix doesn’t sign callbacks from the sessions API, so they can’t be verified by HMAC signature',
			description: 'In the credential, set “Webhook Verification” to Automatic, or “API Generation” to Batch Upload.',
		};
	}
	if (generation === 'stt' && method === 'header') {
		return {
			message: 'Scriptix doesn’t send custom headers with callbacks from the batch upload API (/stt)',
			description:
				'In the credential, set “Webhook Verification” to HMAC Signature or Token in the URL, or “API Generation” to Sessions.',
		};
	}
	if (method === 'hmac' && !hasWebhookSecret) {
		return {
			message:
				'“Webhook Secret” in the credential is empty, so the signature of Scriptix’s callbacks can’t be verified',
			description:
				'Ask Scriptix for the secret it signs callbacks with (X-Scriptix-Signature), and enter it as “Webhook Secret” in the credential. If you can’t get it, set “Webhook Verification” to Token in the URL.',
		};
	}
	return undefined;
}

export const SCRIPTIX_SETTINGS: INodeProperties[] = [
	{
		displayName: 'API Generation',
		name: 'apiGeneration',
		type: 'options',
		options: [
			{
				name: 'Sessions',
				value: 'sessions',
				description:
					'Use /api/v3/speech-to-text/session, the newer API. Supports files, URLs, exports and deletion. Callbacks only announce success.',
			},
			{
				name: 'Batch Upload',
				value: 'stt',
				description: 'Use /api/v3/stt. Supports files only. Callbacks are signed and also announce failed jobs.',
			},
		],
		default: 'sessions',
		description: 'The API that your account uses. If you are unsure, ask Scriptix.',
	},
	{
		displayName: 'Authentication Header',
		name: 'authHeader',
		type: 'options',
		options: [
			{ name: 'Authorization (Bearer)', value: 'bearer', description: 'Use the header from the API overview' },
			{
				name: 'Zoom S2T Key (X-Zoom-S2t-Key)',
				value: 'x-zoom-s2t-key',
				description: 'Use the header from the core API docs, for batch keys',
			},
		],
		default: 'bearer',
		description: 'The header to send the API key in. If a valid key is rejected, try the other header.',
	},
	{
		displayName: 'Webhook Verification',
		name: 'webhookVerification',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'Use Secret in a Header for sessions and HMAC Signature for batch upload',
			},
			{
				name: 'HMAC Signature',
				value: 'hmac',
				description: 'Verify X-Scriptix-Signature. Batch upload only. Requires Scriptix’s secret as Webhook Secret.',
			},
			{
				name: 'Secret in a Header',
				value: 'header',
				description: 'Verify a custom header that Scriptix sends. Sessions only.',
			},
			{
				name: 'Token in the URL',
				value: 'token',
				description:
					'Verify a token in the callback URL. A last resort for both, because anyone who sees the URL in a log can forge callbacks.',
			},
		],
		default: 'automatic',
		description: 'How to verify that a callback is from Scriptix. Unverified callbacks are always rejected.',
	},
];
