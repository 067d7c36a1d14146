import { createHmac } from 'node:crypto';
import type { Delivery, Proof } from '../../../nodes/Transcription/callback/delivery';
import { sign } from '../../../nodes/Transcription/callback/headerSecret';
import { acceptedSecrets, type SecretMaterial } from '../../../nodes/Transcription/callback/secrets';
import { tokenFor } from '../../../nodes/Transcription/callback/token';
import { TOKEN, triggerScope } from '../../../nodes/Transcription/callback/url';
import { findProvider } from '../../../nodes/Transcription/providers';

/** A way for a service to authenticate its callbacks. */
interface Scheme {
	name: string;
	provider: string;
	/** Schemes of one kind are verified by the same code. */
	kind: string;
	/** What the scheme needs at least, if that is more than one HMAC, as named in the table of parts. */
	floor?: string;
	/** Whether the signature depends on the body. */
	coversBody?: boolean;
	/** The credential fields that only this provider has. */
	settings?: Record<string, string>;
	/** Whether the user enters a secret from the service. If so, there are two possible secrets. */
	ownSecret?: boolean;
	/** The secret that the service issued when the webhook was registered, and that it signs with. */
	issuedSecret?: string;
	/** Headers or parameters that the service sends in addition to the body. */
	prove(body: Buffer, secret: string, scope: string): Pick<Delivery, 'headers'> & { token?: string };
}

const NOW_SECONDS = 1_800_000_000;

const lowerCase = (headers: Record<string, string>) =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const header: Scheme['prove'] = (_, secret) => ({ headers: lowerCase(sign(secret)) });
const bearer: Scheme['prove'] = (_, secret) => ({ headers: { authorization: `Bearer ${secret}` } });
const token: Scheme['prove'] = (_, secret, scope) => ({ headers: {}, token: tokenFor(secret, scope) });
const hex = (body: Buffer, secret: string) => createHmac('sha256', secret).update(body).digest('hex');

const HEADER = 'Secret in a header';
const TOKEN_ONLY = 'Token in the URL';

/** Parts of verifying a callback that can't be avoided. */
export const HEX_HMAC = 'One HMAC as hex digits, compared as bytes with `timingSafeEqual`';
export const TWO_HMACS = 'Two HMACs';

export const SCHEMES: readonly Scheme[] = [
	{ name: 'AssemblyAI, secret in a header', provider: 'assemblyAi', kind: HEADER, prove: header },
	{ name: 'Rev AI, secret in a header', provider: 'revAi', kind: 'Secret as a bearer token', prove: bearer },
	{ name: 'Soniox, secret in a header', provider: 'soniox', kind: HEADER, prove: header },
	{ name: 'Speechmatics, secret in a header', provider: 'speechmatics', kind: HEADER, prove: header },
	{
		name: 'Scriptix, secret in a header',
		provider: 'scriptix',
		kind: HEADER,
		settings: { apiGeneration: 'sessions', webhookVerification: 'header' },
		prove: header,
	},
	{
		name: 'Scriptix, token in the URL',
		provider: 'scriptix',
		kind: TOKEN_ONLY,
		settings: { webhookVerification: 'token' },
		prove: token,
	},
	{
		name: 'Scriptix, HMAC',
		provider: 'scriptix',
		kind: 'Scriptix, HMAC',
		coversBody: true,
		settings: { apiGeneration: 'stt', webhookVerification: 'hmac' },
		ownSecret: true,
		prove: (body, secret) => ({ headers: { 'x-scriptix-signature': `sha256=${hex(body, secret)}` } }),
	},
	{
		name: 'ElevenLabs, signature',
		provider: 'elevenLabs',
		kind: 'ElevenLabs, signature',
		floor: HEX_HMAC,
		coversBody: true,
		issuedSecret: 'wsec_0123456789abcdef0123456789abcdef',
		prove: (body, secret) => ({
			headers: {
				'elevenlabs-signature': `t=${NOW_SECONDS},v0=${createHmac('sha256', secret).update(`${NOW_SECONDS}.`).update(body).digest('hex')}`,
			},
		}),
	},
	{ name: 'Gladia, token in the URL', provider: 'gladia', kind: TOKEN_ONLY, prove: token },
	{ name: 'InstantTranscriber, token in the URL', provider: 'instantTranscriber', kind: TOKEN_ONLY, prove: token },
	{
		name: 'InstantTranscriber, token and HMAC',
		provider: 'instantTranscriber',
		kind: 'InstantTranscriber, token and HMAC',
		floor: TWO_HMACS,
		coversBody: true,
		settings: { signatureCheck: 'on' },
		prove: (body, secret, scope) => ({
			headers: { 'x-instanttranscriber-signature': `sha256=${hex(body, secret)}` },
			token: tokenFor(secret, scope),
		}),
	},
];

/** A genuine callback and its verification. */
interface Case {
	/** @throws Error if it isn't accepted */
	verify(): void;
	/** Derives the secrets from the credential first, as for each callback. */
	deriveAndVerify(): void;
}

/** @param rotated whether it was signed with the API key used before a rotation, which is tried last */
export function caseOf(scheme: Scheme, body: Buffer, { rotated = false } = {}): Case {
	const scope = triggerScope('Bench12Cd34Ef56Gh', scheme.provider);
	const material: SecretMaterial = {
		apiKey: 'key-0123456789abcdef0123456789abcdef',
		...((scheme.ownSecret || rotated) && { webhookSecret: 'own-0123456789abcdef0123456789abcdef' }),
		...(rotated && { previousWebhookSecret: 'old-0123456789abcdef0123456789abcdef' }),
	};
	const proofOf = (): Proof => ({
		secrets: acceptedSecrets(material, scope),
		scope,
		issuedSecret: scheme.issuedSecret,
		settings: scheme.settings ?? {},
		nowSeconds: NOW_SECONDS,
	});
	const proof = proofOf();
	const secret = scheme.issuedSecret ?? (rotated ? proof.secrets.at(-1) : proof.secrets[0]) ?? '';
	const { headers, token: inUrl } = scheme.prove(body, secret, scope);
	const delivery: Delivery = {
		rawBody: body,
		headers,
		query: new URLSearchParams(inUrl === undefined ? {} : { [TOKEN]: inUrl }),
	};
	const { callback } = findProvider(scheme.provider);
	const check = (against: Proof) => {
		const verification = callback.verify(delivery, against);
		if (!verification.ok) throw new Error(`${scheme.name}: ${verification.reason}`);
	};
	return { verify: () => check(proof), deriveAndVerify: () => check(proofOf()) };
}
