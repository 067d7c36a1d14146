import { parseHttpUrl } from '../../core/url';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { type CallbackEvent, type Delivery, jsonOf, type Proof, singleHeader, type Verification } from '../../callback/delivery';
import { unfitForHeader } from '../../callback/headerSecret';
import { sameSignature } from '../../callback/secrets';
import { verifyToken, withToken } from '../../callback/token';
import { isSafeId } from '../../http/safeId';
import { idText } from '../common/schemas';
import type { Provider } from '../provider';
import { firstOf, isMembers, reason, REASONS, toStatus, withoutProof } from './transcript/response';
import { signatureSettings, type SignatureSettings } from './credential';

/**
 * InstantTranscriber signs callbacks with the `callback_secret` of the job, but does not document how. So a callback
 * proves itself by a token in its URL, which only this package and the service know, and by the signature as well
 * where the credential asks for that.
 *
 * Source: instanttranscriber.com, “Transcription webhooks”: “If callback_secret is set, callbacks include an HMAC
 * signature header”; example `{id, status, download_urls}`; delivery “best-effort and at-least-once”.
 */

function verify(delivery: Delivery, proof: Proof): Verification {
	const token = verifyToken(delivery, proof);
	if (!token.ok) return token;
	const wanted = signatureSettings(proof.settings);
	return wanted ? verifySignature(delivery, token.madeOf, wanted) : { ok: true };
}

/** @param secret that the token was made of: a job is signed with the secret it was submitted with */
function verifySignature(
	delivery: Delivery,
	secret: string,
	{ header, prefix, encoding }: SignatureSettings,
): Verification {
	const given = singleHeader(delivery, header)?.trim();
	if (!given) {
		return { ok: false, reason: `the header ${header} is missing or empty (Signature Header of the credential)` };
	}
	if (!given.startsWith(prefix)) {
		return { ok: false, reason: `the header ${header} does not begin with “${prefix}” (Signature Prefix of the credential)` };
	}
	const signature = given.slice(prefix.length);
	const comparable = encoding === 'hex' ? signature.toLowerCase() : signature;
	return sameSignature(createHmac('sha256', secret).update(delivery.rawBody).digest(encoding), comparable)
		? { ok: true, bodySigned: true }
		: { ok: false, reason: `the signature in ${header} is no ${encoding} HMAC-SHA256 of the body with the job's secret` };
}

const notification = z.object({ id: idText, status: z.string(), download_urls: z.unknown() }).passthrough();

function read(delivery: Delivery): CallbackEvent {
	const parsed = notification.safeParse(jsonOf(delivery));
	if (!parsed.success) return { ignored: 'the body is no notification as InstantTranscriber documents it' };
	const { id, status, download_urls: links } = parsed.data;
	if (!isSafeId(id)) return { ignored: 'id is not an ID' };
	const event = toStatus(status);
	if (event === 'failed') {
		const why = firstOf([parsed.data], REASONS, reason);
		return { event, id, ...(why !== undefined && { details: { errorMessage: withoutProof(why) as string } }) };
	}
	if (event === 'completed') return { event, id, ...linkDetails(links) };
	return { ignored: `status “${status.slice(0, 40)}” is not an end` };
}

/**
 * The download links, as `txtUrl` and so on, for workflows that do not have the transcript fetched. They are mere text
 * there: this package follows only links that the service gave when it was asked for the job.
 */
function linkDetails(links: unknown): { details?: Record<string, string> } {
	const details = Object.entries(isMembers(links) ? links : {})
		.filter((entry): entry is [string, string] => /^[a-z]{2,5}$/.test(entry[0]) && typeof entry[1] === 'string')
		.filter(([, link]) => parseHttpUrl(link) !== undefined)
		.map(([format, link]) => [`${format}Url`, link]);
	return details.length > 0 ? { details: Object.fromEntries(details) as Record<string, string> } : {};
}

export const callback: Provider['callback'] = {
	verify,
	read,
	/** A field of a form: line breaks are rewritten on the way, and beyond ASCII the encoding is anyone's guess. */
	unfitSecret: unfitForHeader,
	urlFor: withToken,
};
