import { SECRET_HEADER } from '../../nodes/Transcription/core/redact';
import { createHmac } from 'node:crypto';
import { PROBE_HEADER, PROBE_SIGNATURE_HEADER, type ProbeKind } from '../../nodes/Transcription/callback/probe';
import { tokenFor } from '../../nodes/Transcription/callback/token';
import { TOKEN } from '../../nodes/Transcription/callback/url';
import type { Delivery, Proof } from '../../nodes/Transcription/callback/delivery';

/** How a delivery is authenticated, implemented independently of the verifiers. */
export interface ProofKind {
	/** Lowercase names of the headers with the proof. Empty if the proof is in the URL. */
	headers: readonly string[];
	/**
	 * Whether the proof of the genuine delivery is unchanged. Compares without any cryptography, so it can't have the same bugs
	 * as the verifiers.
	 */
	isIntact(mutated: Delivery, genuine: Delivery, nowSeconds: number): boolean;
	/** Authenticates the delivery with a secret. */
	prove(delivery: Delivery, secret: string, proof: Pick<Proof, 'nowSeconds' | 'scope'>): Delivery;
	/** Authenticates it with a different time, if the proof has one. */
	proveAt?(delivery: Delivery, secret: string, time: string): Delivery;
}

const hmac = (secret: string, encoding: 'hex' | 'base64', ...parts: Array<string | Buffer>): string =>
	parts
		.reduce<ReturnType<typeof createHmac>>((mac, part) => mac.update(part), createHmac('sha256', secret))
		.digest(encoding);

export const withHeaders = (delivery: Delivery, headers: Delivery['headers']): Delivery => ({
	...delivery,
	headers: { ...delivery.headers, ...headers },
});

const sameHeader = (name: string) => (mutated: Delivery, genuine: Delivery) =>
	typeof mutated.headers[name] === 'string' && mutated.headers[name] === genuine.headers[name];
const sameBody = (mutated: Delivery, genuine: Delivery) => mutated.rawBody.equals(genuine.rawBody);

/** Whether the trigger treats a delivery as its own probe. */
const isProbe = ({ headers }: Delivery) => ['ping', 'sample'].includes(String(headers[PROBE_HEADER.toLowerCase()]));

const secretHeader = SECRET_HEADER.toLowerCase();

export const headerSecret: ProofKind = {
	headers: [secretHeader],
	isIntact: (mutated, genuine) => !isProbe(mutated) && sameHeader(secretHeader)(mutated, genuine),
	prove: (delivery, secret) => withHeaders(delivery, { [secretHeader]: secret }),
};

/** Rev AI. Case matters, even for the scheme. */
export const bearerSecret: ProofKind = {
	headers: ['authorization'],
	isIntact: (mutated, genuine) => !isProbe(mutated) && sameHeader('authorization')(mutated, genuine),
	prove: (delivery, secret) => withHeaders(delivery, { authorization: `Bearer ${secret}` }),
};

const sameToken = (mutated: Delivery, genuine: Delivery) => {
	const given = mutated.query.getAll(TOKEN);
	return given.length === 1 && given[0] === genuine.query.get(TOKEN);
};
const withTokenOf = (delivery: Delivery, secret: string, { scope }: Pick<Proof, 'scope'>): Delivery => {
	const query = new URLSearchParams(delivery.query);
	query.set(TOKEN, tokenFor(secret, scope));
	return { ...delivery, query };
};

export const urlToken: ProofKind = {
	headers: [],
	isIntact: (mutated, genuine) => !isProbe(mutated) && sameToken(mutated, genuine),
	prove: withTokenOf,
};

export const bodySignature: ProofKind = {
	headers: ['x-scriptix-signature'],
	isIntact: (mutated, genuine) =>
		!isProbe(mutated) && sameBody(mutated, genuine) && sameHeader('x-scriptix-signature')(mutated, genuine),
	prove: (delivery, secret) =>
		withHeaders(delivery, { 'x-scriptix-signature': `sha256=${hmac(secret, 'hex', delivery.rawBody)}` }),
};

/** White space around the signature and uppercase hex digits are allowed. */
export function tokenAndSignature(name: string, prefix: string, encoding: 'hex' | 'base64'): ProofKind {
	const header = name.toLowerCase();
	const signatureIn = (value: unknown) => {
		const text = typeof value === 'string' ? value.trim() : '';
		if (!text.startsWith(prefix)) return undefined;
		const signature = text.slice(prefix.length);
		return encoding === 'hex' && /^[0-9a-fA-F]+$/.test(signature) ? signature.toLowerCase() : signature;
	};
	return {
		headers: [header],
		isIntact: (mutated, genuine) =>
			!isProbe(mutated) &&
			sameToken(mutated, genuine) &&
			sameBody(mutated, genuine) &&
			signatureIn(mutated.headers[header]) !== undefined &&
			signatureIn(mutated.headers[header]) === signatureIn(genuine.headers[header]),
		prove: (delivery, secret, proof) =>
			withHeaders(withTokenOf(delivery, secret, proof), {
				[header]: `${prefix}${hmac(secret, encoding, delivery.rawBody)}`,
			}),
	};
}

const timedParts = (value: unknown) => (typeof value === 'string' ? value.split(',').map((part) => part.trim()) : []);
const isTime = (part: string) => part.startsWith('t=');

const signedAt = (delivery: Delivery, secret: string, time: string): Delivery =>
	withHeaders(delivery, {
		'elevenlabs-signature': `t=${time},v0=${hmac(secret, 'hex', `${time}.`, delivery.rawBody)}`,
	});

/** ElevenLabs: parts other than the time and the signature are allowed, as is white space around parts. */
export const timedSignature: ProofKind = {
	headers: ['elevenlabs-signature'],
	isIntact(mutated, genuine, nowSeconds) {
		const given = timedParts(mutated.headers['elevenlabs-signature']);
		const [time = '', signature = ''] = timedParts(genuine.headers['elevenlabs-signature']);
		const age = nowSeconds - Number(time.slice(2));
		return (
			!isProbe(mutated) &&
			sameBody(mutated, genuine) &&
			given.filter(isTime).length === 1 &&
			given.includes(time) &&
			given.includes(signature) &&
			age <= 1800 &&
			age >= -1800
		);
	},
	prove: (delivery, secret, { nowSeconds }) => signedAt(delivery, secret, String(Math.floor(nowSeconds))),
	proveAt: signedAt,
};

const probeHeaders = [PROBE_HEADER.toLowerCase(), PROBE_SIGNATURE_HEADER.toLowerCase()];

export function probe(kind: ProbeKind): ProofKind {
	const [kindHeader = '', signatureHeader = ''] = probeHeaders;
	const proveAt = (delivery: Delivery, secret: string, time: string) =>
		withHeaders(delivery, {
			[kindHeader]: kind,
			[signatureHeader]: `t=${time},v1=${hmac(secret, 'hex', `probe:${kind}.${time}.`, delivery.rawBody)}`,
		});
	return {
		headers: probeHeaders,
		isIntact(mutated, genuine, nowSeconds) {
			const time = /^t=(\d+),/.exec(String(genuine.headers[signatureHeader]))?.[1];
			return (
				sameBody(mutated, genuine) &&
				probeHeaders.every((name) => sameHeader(name)(mutated, genuine)) &&
				Math.abs(nowSeconds - Number(time)) <= 900
			);
		},
		prove: (delivery, secret, { nowSeconds }) => proveAt(delivery, secret, String(Math.floor(nowSeconds))),
		proveAt,
	};
}
