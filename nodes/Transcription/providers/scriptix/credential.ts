import type { INodeProperties } from 'n8n-workflow';
import type { Explanation } from '../../core/userError';
import type { Settings } from '../../http/connection';

/**
 * Scriptix's documentation describes several contradictory generations of its API and doesn't explain which one an account
 * has. Users choose the generation in the credential.
 *
 * - `stt`: docs.scriptix.io, Batch, “Overview”, “Upload”, “Retrieve Results” and “Webhooks”: `/api/v3/stt`.
 * - `sessions`: docs.scriptix.io, “Core APIs” and “API Overview”: `/api/v3/speech-to-text/session`. “Batch API V1 (Legacy)”
 *   announces the removal of the variant without TUS.
 */
export type Generation = 'sessions' | 'stt';

/** Methods of verifying callbacks. */
export const VERIFICATION_METHODS = ['header', 'hmac', 'token'] as const;
export type VerificationMethod = (typeof VERIFICATION_METHODS)[number];

/** Defaults to the batch upload API, which the docs describe as the current one. */
export function generationOf({ apiGeneration }: Settings): Generation {
	return apiGeneration === 'sessions' ? 'sessions' : 'stt';
}

/**
 * Returns the header that authenticates requests. Automatic uses the header shown in the docs for the selected
 * generation. Sources: docs.scriptix.io, Batch, “Overview” (`Authorization`); Core APIs, “Batch Processing Overview”
 * (`x-zoom-s2t-key`).
 */
export function authHeaderOf(settings: Settings, apiKey: string): [name: string, value: string] {
	const { authHeader: chosen } = settings;
	const isChosen = chosen === 'bearer' || chosen === 'x-zoom-s2t-key';
	const usesBearer = isChosen ? chosen === 'bearer' : generationOf(settings) === 'stt';
	return usesBearer ? ['Authorization', `Bearer ${apiKey}`] : ['x-zoom-s2t-key', apiKey];
}

/**
 * Returns how callbacks are verified. Scriptix doesn't document where customers find its signing secret, so Automatic
 * only requires a signature if the user entered that secret. Otherwise, it requires the token that Submit always adds
 * to callback URLs for the batch upload API.
 *
 * @param hasWebhookSecret whether the user chose a Webhook Secret; otherwise one is derived
 * @returns undefined for an unknown value, so that no callback is accepted
 */
export function verificationMethodOf(settings: Settings, hasWebhookSecret: boolean): VerificationMethod | undefined {
	const { webhookVerification: chosen = '' } = settings;
	if (chosen !== '' && chosen !== 'automatic') return VERIFICATION_METHODS.find((method) => method === chosen);
	if (generationOf(settings) === 'sessions') return 'header';
	return hasWebhookSecret ? 'hmac' : 'token';
}

/** Whether Submit asks the sessions API to send a secret with the callback. */
export function sendsHeader(settings: Settings): boolean {
	return generationOf(settings) === 'sessions' && verificationMethodOf(settings, true) === 'header';
}

/**
 * Returns the reason callbacks can't be verified with this combination of verification method, API generation, and
 * secret.
 */
export function unverifiable(settings: Settings, hasWebhookSecret: boolean): Explanation | undefined {
	const generation = generationOf(settings);
	const method = verificationMethodOf(settings, hasWebhookSecret);
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
			description: 'In the credential, set “Webhook Verification” to Automatic, or “API Generation” to Sessions.',
		};
	}
	if (method === 'hmac' && !hasWebhookSecret) {
		return {
			message:
				'“Webhook Secret” in the credential is empty, so the signature of Scriptix’s callbacks can’t be verified',
			description:
				'Ask Scriptix for the secret it signs callbacks with (X-Scriptix-Signature), and enter it as “Webhook Secret” in the credential. If you can’t get it, set “Webhook Verification” to Automatic.',
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
				name: 'Batch Upload',
				value: 'stt',
				description:
					'Use /api/v3/stt, the current API. Supports files up to 500 MB. Callbacks are signed and also announce failed jobs.',
			},
			{
				name: 'Sessions',
				value: 'sessions',
				description:
					'Use /api/v3/speech-to-text/session. Supports larger files, URLs, a list of jobs, and deletion. Callbacks only announce success.',
			},
		],
		default: 'stt',
		description: 'The API that your account uses. If you are unsure, ask Scriptix.',
	},
	{
		displayName: 'Authentication Header',
		name: 'authHeader',
		type: 'options',
		options: [
			{ name: 'Authorization (Bearer)', value: 'bearer', description: 'Send the key as Authorization: Bearer' },
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'Send Authorization: Bearer for batch upload and X-Zoom-S2t-Key for sessions',
			},
			{ name: 'X-Zoom-S2t-Key', value: 'x-zoom-s2t-key', description: 'Send the key as X-Zoom-S2t-Key' },
		],
		default: 'automatic',
		description: 'The header to send the API key in. If a valid key is rejected, try another one.',
	},
	{
		displayName: 'Webhook Verification',
		name: 'webhookVerification',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description:
					'For batch upload, use HMAC Signature if there is a Webhook Secret, otherwise Token in the URL. For sessions, use Secret in a Header.',
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
					'Verify a token in the callback URL. Weaker than the others, because anyone who sees the URL in a log can forge callbacks.',
			},
		],
		default: 'automatic',
		description: 'How to verify that a callback is from Scriptix. Unverified callbacks are always rejected.',
	},
];
