import { createHmac } from 'node:crypto';
import { type Delivery, singleHeader, type Verification } from '../../../callback/delivery';
import { provenSecret, sameSignature } from '../../../callback/secrets';

/**
 * The signature of ElevenLabs' webhooks: `ElevenLabs-Signature: t=<Unix time>,v0=<hex of HMAC-SHA256(secret, "<t>.<body>")>`.
 * Pure.
 *
 * Source: ElevenLabs JavaScript SDK 2.73.0, `webhooks.constructEvent`. Stricter than that where it accepts a time that is
 * no number or lies in the future, and more tolerant where it refuses blanks and a valid signature that is not the first.
 */

export const SIGNATURE_HEADER = 'ElevenLabs-Signature';

/** Source: the SDK's tolerance. */
const OLDEST_SECONDS = 30 * 60;
/** For clocks that differ. */
const NEWEST_SECONDS = 5 * 60;

/**
 * @param keys any of them may have signed
 * @param nowSeconds Unix time
 */
export function verifySignature(delivery: Delivery, keys: readonly string[], nowSeconds: number): Verification {
	const header = singleHeader(delivery, SIGNATURE_HEADER);
	if (header === undefined) return { ok: false, reason: `the header ${SIGNATURE_HEADER} is missing or empty` };
	const times: string[] = [];
	const given: string[] = [];
	for (const part of header.split(',').map((piece) => piece.trim())) {
		if (part.startsWith('t=')) times.push(part.slice(2));
		else if (/^v0=[0-9a-f]{64}$/.test(part)) given.push(part.slice(3));
	}
	const [time = ''] = times;
	if (times.length !== 1 || !/^\d{1,12}$/.test(time) || given.length === 0) {
		return { ok: false, reason: `the header ${SIGNATURE_HEADER} is malformed` };
	}
	const age = nowSeconds - Number(time);
	if (age > OLDEST_SECONDS || age < -NEWEST_SECONDS) {
		return {
			ok: false,
			reason: `it was signed ${Math.round(Math.abs(age) / 60)} minutes ${age > 0 ? 'ago' : 'ahead of now'}; check this server's clock`,
		};
	}
	const key = provenSecret(keys, (candidate) => {
		const expected = createHmac('sha256', candidate).update(`${time}.`).update(delivery.rawBody).digest('hex');
		return given.some((signature) => sameSignature(expected, signature));
	});
	return key === undefined
		? { ok: false, reason: 'it was signed with another secret, or changed on its way' }
		: { ok: true, bodySigned: true };
}
