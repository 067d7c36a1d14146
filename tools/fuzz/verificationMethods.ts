import type { Settings } from '../../nodes/Transcription/http/connection';
import type { ProviderName } from '../../sandbox';
import { signingSecret } from '../../sandbox/providers/scriptix/callbacks';
import {
	bearerSecret,
	bodySignature,
	headerSecret,
	type ProofKind,
	timedSignature,
	tokenAndSignature,
	urlToken,
} from './proofs';

/** One way for a service to authenticate its callbacks. */
export interface VerificationMethod {
	name: string;
	provider: ProviderName;
	settings: Settings;
	kind: ProofKind;
	webhookSecret?: string;
	/** Set if the service issues the secret: whether n8n still knows it, has lost it, or the user has pasted it. */
	issued?: 'known' | 'lost' | 'pasted';
}

const SIGNATURE = 'X-InstantTranscriber-Signature';

export const VERIFICATION_METHODS: readonly VerificationMethod[] = [
	{ name: 'AssemblyAI, derived secret', provider: 'assemblyAi', settings: {}, kind: headerSecret },
	{
		name: 'AssemblyAI, own secret',
		provider: 'assemblyAi',
		settings: {},
		kind: headerSecret,
		webhookSecret: 'a secret of my own',
	},
	{ name: 'Soniox', provider: 'soniox', settings: {}, kind: headerSecret },
	{ name: 'Rev AI', provider: 'revAi', settings: {}, kind: bearerSecret },
	{ name: 'Speechmatics', provider: 'speechmatics', settings: {}, kind: headerSecret },
	{
		name: 'Scriptix sessions, header',
		provider: 'scriptix',
		settings: { apiGeneration: 'sessions' },
		kind: headerSecret,
	},
	{
		name: 'Scriptix sessions, token',
		provider: 'scriptix',
		settings: { apiGeneration: 'sessions', webhookVerification: 'token' },
		kind: urlToken,
	},
	{
		name: 'Scriptix /stt, signature',
		provider: 'scriptix',
		settings: {},
		kind: bodySignature,
		webhookSecret: signingSecret('main'),
	},
	{
		name: 'Scriptix /stt, token',
		provider: 'scriptix',
		settings: {},
		kind: urlToken,
	},
	{ name: 'ElevenLabs, registered', provider: 'elevenLabs', settings: {}, kind: timedSignature, issued: 'known' },
	{ name: 'ElevenLabs, issued secret lost', provider: 'elevenLabs', settings: {}, kind: headerSecret, issued: 'lost' },
	{
		name: 'ElevenLabs, manual setup',
		provider: 'elevenLabs',
		settings: { webhookSetup: 'manual' },
		kind: timedSignature,
		issued: 'pasted',
	},
	{ name: 'Gladia', provider: 'gladia', settings: {}, kind: urlToken },
	{ name: 'InstantTranscriber, token', provider: 'instantTranscriber', settings: {}, kind: urlToken },
	{
		name: 'InstantTranscriber, signature',
		provider: 'instantTranscriber',
		settings: { signatureCheck: 'required' },
		kind: tokenAndSignature(SIGNATURE, 'sha256=', 'hex'),
	},
];
