import { parseHttpUrl } from '../../core/url';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import {
	type CallbackEvent,
	type Delivery,
	jsonOf,
	type Proof,
	signatureHeaders,
	singleHeader,
	type Verification,
} from '../../callback/delivery';
import { unfitForHeader } from '../../callback/headerSecret';
import { sameSignature } from '../../callback/secrets';
import { verifyToken, withToken } from '../../callback/token';
import { POST_PROCESSING } from '../../callback/url';
import { isSafeId } from '../../http/safeId';
import { idText } from '../common/schemas';
import { unreadable } from '../common/unreadable';
import type { Provider } from '../provider';
import { isFields } from '../common/wordReader';
import { firstValue, asErrorText, ERROR_FIELDS, toStatus, redactCallbackSecrets } from './transcript/response';
import { signatureSettings, type SignatureSettings } from './credential';

/**
 * InstantTranscriber signs callbacks with the `callback_secret` of the job but doesn't document how. Callbacks are
 * therefore verified by a token in their URL, which only this package and the service know, and additionally by the
 * signature if the credential requires it.
 *
 * Source: instanttranscriber.com, “Transcription webhooks”: “If callback_secret is set, callbacks include an HMAC
 * signature header”; example `{id, status, download_urls}`; delivery “best-effort and at-least-once”.
 */

function verify(delivery: Delivery, proof: Proof): Verification {
	const token = verifyToken(delivery, proof);
	if (!token.ok) return token;
	const settings = signatureSettings(proof.settings);
	if (settings) return verifySignature(delivery, token.matchedSecret, settings);
	const uncheckedSignatures = signatureHeaders(delivery);
	return { ok: true, ...(uncheckedSignatures.length > 0 && { uncheckedSignatures }) };
}

/**
 * @param secret the secret that the token was derived from; callbacks are signed with the secret used to submit the job
 */
function verifySignature(
	delivery: Delivery,
	secret: string,
	{ header, prefix, encoding }: SignatureSettings,
): Verification {
	const headerValue = singleHeader(delivery, header)?.trim();
	if (!headerValue) {
		const others = signatureHeaders(delivery);
		const hint = others.length > 0 ? `; headers that look like a signature: ${others.join(', ')}` : '';
		return {
			ok: false,
			reason: `the ${header} header is missing or empty (“Signature Header” in the credential)${hint}`,
		};
	}
	if (!headerValue.startsWith(prefix)) {
		return {
			ok: false,
			reason: `the ${header} header doesn’t start with “${prefix}” (“Signature Prefix” in the credential)`,
		};
	}
	const signature = headerValue.slice(prefix.length);
	const comparable = encoding === 'hex' ? signature.toLowerCase() : signature;
	return sameSignature(createHmac('sha256', secret).update(delivery.rawBody).digest(encoding), comparable)
		? { ok: true, bodySigned: true }
		: {
				ok: false,
				reason: `the signature in ${header} isn’t the ${encoding} HMAC-SHA256 of the body with the job’s secret`,
			};
}

const notification = z.object({ id: idText, status: z.string(), download_urls: z.unknown() }).passthrough();

function read(delivery: Delivery): CallbackEvent {
	const parsed = notification.safeParse(jsonOf(delivery));
	if (!parsed.success)
		return unreadable('the body isn’t a documented InstantTranscriber notification', delivery, ['id']);
	const { id, status, download_urls: links } = parsed.data;
	if (!isSafeId(id)) return { unreadable: 'id isn’t a valid ID' };
	const event = toStatus(status);
	if (event === 'failed') {
		const errorMessage = firstValue([parsed.data], ERROR_FIELDS, asErrorText);
		return {
			event,
			id,
			...(errorMessage !== undefined && { details: { errorMessage: redactCallbackSecrets(errorMessage) as string } }),
		};
	}
	if (event === 'completed') {
		const postProcessing = delivery.query.get(POST_PROCESSING);
		const details = { ...linkDetails(links), ...(postProcessing && { postProcessing }) };
		return { event, id, ...(Object.keys(details).length > 0 && { details }) };
	}
	return { ignored: `status “${status.slice(0, 40)}” isn’t final` };
}

/**
 * Returns the download links as `txtUrl` and so on, for workflows that don't fetch the transcript. They are output as
 * text only: this package only follows links from the service's response to its own request.
 */
function linkDetails(links: unknown): Record<string, string> {
	const details = Object.entries(isFields(links) ? links : {})
		.filter((entry): entry is [string, string] => /^[a-z]{2,5}$/.test(entry[0]) && typeof entry[1] === 'string')
		.filter(([, link]) => parseHttpUrl(link) !== undefined)
		.map(([format, link]) => [`${format}Url`, link]);
	return Object.fromEntries(details) as Record<string, string>;
}

export const callback: Provider['callback'] = {
	verify,
	read,
	/** The secret is sent as a form field, where line breaks are rewritten and the encoding of non-ASCII text is undefined. */
	unfitSecret: unfitForHeader,
	urlFor: withToken,
};
