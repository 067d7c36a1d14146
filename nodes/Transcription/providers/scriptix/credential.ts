import type { INodeProperties } from 'n8n-workflow';
import type { Explanation } from '../../core/userError';
import type { Settings } from '../../http/connection';

/**
 * Scriptix's documentation describes several generations of its API that contradict each other, and does not say which
 * one an account has. What differs between them is chosen in the credential.
 *
 * - `sessions`: docs.scriptix.io, “Core APIs” and “API Overview”: `/api/v3/speech-to-text/session`.
 * - `stt`: docs.scriptix.io, “Webhooks - Batch API” and its sibling “Upload”: `/api/v3/stt`.
 */
export type Generation = 'sessions' | 'stt';

/** How a callback proves where it comes from. */
export const PROOFS = ['header', 'hmac', 'token'] as const;
export type ProofKind = (typeof PROOFS)[number];

/** Sessions unless said otherwise: the newer pages, and the ones that can be verified without knowing a secret of Scriptix. */
export function generationOf({ apiGeneration }: Settings): Generation {
	return apiGeneration === 'stt' ? 'stt' : 'sessions';
}

/** Undefined for something that the credential does not offer: then nothing is accepted. */
export function proofOf(settings: Settings): ProofKind | undefined {
	const { webhookVerification: chosen = '' } = settings;
	if (chosen === '' || chosen === 'automatic') return generationOf(settings) === 'stt' ? 'hmac' : 'header';
	return PROOFS.find((kind) => kind === chosen);
}

/** Why the chosen proof cannot come with the chosen generation, or not with this credential. */
export function unverifiable(settings: Settings, hasWebhookSecret: boolean): Explanation | undefined {
	const generation = generationOf(settings);
	const proof = proofOf(settings);
	if (proof === undefined) {
		return {
			message: `The credential names a “Webhook Verification” that there is not: ${settings.webhookVerification}`,
			description: 'Choose one of its list.',
		};
	}
	if (generation === 'sessions' && proof === 'hmac') {
		return {
			message: 'Scriptix signs no callbacks of the sessions API, so its HMAC signature can never be checked',
			description: 'In the credential set “Webhook Verification” to Automatic, or “API Generation” to Batch Upload.',
		};
	}
	if (generation === 'stt' && proof === 'header') {
		return {
			message: 'Scriptix sends no header of our choice with callbacks of the batch upload API (/stt)',
			description: 'In the credential set “Webhook Verification” to HMAC Signature or Token in the URL, or “API Generation” to Sessions.',
		};
	}
	if (proof === 'hmac' && !hasWebhookSecret) {
		return {
			message: 'The credential has no Webhook Secret, so the signature of Scriptix’s callbacks could not be checked',
			description:
				'Enter in the credential the secret with which Scriptix signs (X-Scriptix-Signature) as “Webhook Secret”; ask Scriptix for it. If you cannot get it, set “Webhook Verification” to Token in the URL.',
		};
	}
	return undefined;
}

/** The fields of the credential that only Scriptix has. */
export const SCRIPTIX_SETTINGS: INodeProperties[] = [
	{
		displayName: 'API Generation',
		name: 'apiGeneration',
		type: 'options',
		options: [
			{
				name: 'Sessions',
				value: 'sessions',
				description: '/api/v3/speech-to-text/session, the newer one: files and URLs, exports, deletion. Announces success only.',
			},
			{
				name: 'Batch Upload',
				value: 'stt',
				description: '/api/v3/stt: files only. Signs its callbacks, and announces failed jobs too.',
			},
		],
		default: 'sessions',
		description: 'Scriptix documents two. Ask Scriptix which one your account has if you are unsure.',
	},
	{
		displayName: 'Authentication Header',
		name: 'authHeader',
		type: 'options',
		options: [
			{ name: 'Authorization (Bearer)', value: 'bearer', description: 'As in the overview of the API' },
			{ name: 'Zoom S2T Key (X-Zoom-S2t-Key)', value: 'x-zoom-s2t-key', description: 'As in the pages about core APIs, for batch keys' },
		],
		default: 'bearer',
		description: 'How the API key is sent. If the key is refused although it is right, try the other one.',
	},
	{
		displayName: 'Webhook Verification',
		name: 'webhookVerification',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'What the API generation offers: Secret in a Header for sessions, HMAC Signature for batch upload',
			},
			{
				name: 'HMAC Signature',
				value: 'hmac',
				description: 'X-Scriptix-Signature, batch upload only. Needs Scriptix’s own secret as Webhook Secret.',
			},
			{
				name: 'Secret in a Header',
				value: 'header',
				description: 'A header of this package that Scriptix sends along, sessions only',
			},
			{
				name: 'Token in the URL',
				value: 'token',
				description: 'For either, where nothing else works: whoever sees the URL in a log could forge callbacks',
			},
		],
		default: 'automatic',
		description: 'How a callback proves that it comes from Scriptix. There is no way to accept unproven ones.',
	},
];
