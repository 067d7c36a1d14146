import { createHmac } from 'node:crypto';
import { type Delivery, singleHeader, type Verification } from '../../../callback/delivery';
import { provenSecret, sameSignature } from '../../../callback/secrets';

/*
 * Verifies the signature of ElevenLabs' webhooks: `ElevenLabs-Signature: t=<Unix time>,v0=<hex of HMAC-SHA256(secret, "<t>.<body>")>`.
 * All functions are pure.
 *
 * Source: ElevenLabs JavaScript SDK 2.73.0, `webhooks.constructEvent`. Stricter than the SDK, which accepts a time that
 * isn't a number or is far in the future; more tolerant of spaces and of a valid signature that isn't the first.
 */

export const SIGNATURE_HEADER = 'ElevenLabs-Signature';

/** Same as the SDK's tolerance. */
const MAX_AGE_SECONDS = 30 * 60;
/**
 * The SDK doesn't limit times in the future. A callback may be sent only once and must not be lost because the server's
 * clock is slow; the limit only ensures that a signature doesn't stay valid for long.
 */
const MAX_CLOCK_SKEW_SECONDS = 30 * 60;

/**
 * @param keys the secrets to try
 * @param nowSeconds Unix time
 */
export function verifySignature(delivery: Delivery, keys: readonly string[], nowSeconds: number): Verification {
	const header = singleHeader(delivery, SIGNATURE_HEADER);
	if (header === undefined) return { ok: false, reason: `the ${SIGNATURE_HEADER} header is missing or empty` };
	const times: string[] = [];
	const signatures: string[] = [];
	for (const part of header.split(',').map((piece) => piece.trim())) {
		if (part.startsWith('t=')) times.push(part.slice(2));
		else if (/^v0=[0-9a-f]{64}$/.test(part)) signatures.push(part.slice(3));
	}
	const [time = ''] = times;
	if (times.length !== 1 || !/^\d{1,12}$/.test(time) || signatures.length === 0) {
		return { ok: false, reason: `the ${SIGNATURE_HEADER} header is malformed` };
	}
	const age = nowSeconds - Number(time);
	if (age > MAX_AGE_SECONDS || age < -MAX_CLOCK_SKEW_SECONDS) {
		return {
			ok: false,
			reason: `it was signed ${Math.round(Math.abs(age) / 60)} minutes ${age > 0 ? 'ago' : 'in the future'}; check this server’s clock`,
		};
	}
	const key = provenSecret(keys, (candidate) => {
		const expected = createHmac('sha256', candidate).update(`${time}.`).update(delivery.rawBody).digest('hex');
		return signatures.some((signature) => sameSignature(expected, signature));
	});
	return key === undefined
		? { ok: false, reason: 'it was signed with a different secret, or modified in transit' }
		: { ok: true, bodySigned: true };
}
