import { createHmac } from 'node:crypto';
import { z } from 'zod';
import {
	type AnnouncedEvent,
	type CallbackEvent,
	type Delivery,
	jsonOf,
	type Proof,
	singleHeader,
	type Verification,
} from '../../callback/delivery';
import { unfitForHeader, verify as verifyHeader } from '../../callback/headerSecret';
import { provenSecret, sameSignature } from '../../callback/secrets';
import { verifyToken, withToken } from '../../callback/token';
import { isSafeId } from '../../http/safeId';
import type { Provider } from '../provider';
import { idText, lenient } from '../common/schemas';
import { unreadable } from '../common/unreadable';
import { sendsHeader, type VerificationMethod, verificationMethodOf, unverifiable } from './credential';
import { toStatus } from './transcript';

/** Source: docs.scriptix.io, “Webhooks - Batch API”, Webhook Signature. */
const SIGNATURE_HEADER = 'X-Scriptix-Signature';

/** `sha256=` and the HMAC-SHA256 of the raw body in lowercase hex. */
function signatureOf(rawBody: Buffer, secret: string): string {
	return `sha256=${createHmac('sha256', secret).update(rawBody).digest('hex')}`;
}

function verify(delivery: Delivery, proof: Proof): Verification {
	const method = verificationMethodOf(proof.settings, !proof.isSecretDerived);
	if (method === undefined)
		return { ok: false, reason: '“Webhook Verification” in the credential has an unknown value' };
	return VERIFIERS[method](delivery, proof);
}

const VERIFIERS: Record<VerificationMethod, (delivery: Delivery, proof: Proof) => Verification> = {
	header: (delivery, { secrets }) => verifyHeader(delivery, secrets),
	hmac(delivery, { secrets }) {
		const signature = singleHeader(delivery, SIGNATURE_HEADER);
		if (signature === undefined) return { ok: false, reason: `the ${SIGNATURE_HEADER} header is missing or empty` };
		return provenSecret(secrets, (secret) => sameSignature(signatureOf(delivery.rawBody, secret), signature)) ===
			undefined
			? { ok: false, reason: `the signature in ${SIGNATURE_HEADER} doesn’t match the body` }
			: { ok: true, bodySigned: true };
	},
	token(delivery, proof) {
		const token = verifyToken(delivery, proof);
		return token.ok ? { ok: true } : token;
	},
};

const idLike = lenient(idText);
const optionalText = lenient(z.string());

/**
 * Sources: docs.scriptix.io, “Webhooks - Batch API”; API, Webhooks; Core APIs, “Webhooks”. The pages use different
 * names for all fields.
 */
const notification = z.object({
	event: optionalText,
	timestamp: optionalText,
	status: optionalText,
	data: lenient(
		z.object({
			id: idLike,
			session_id: idLike,
			status: optionalText,
			document_id: idLike,
			duration_seconds: lenient(z.number().finite().nonnegative()),
			language: optionalText,
			error: lenient(z.union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)])),
		}),
	),
	sessionId: idLike,
	session_id: idLike,
	documentId: idLike,
	document_id: idLike,
	id: idLike,
});
type Notification = z.infer<typeof notification>;

const EVENTS = new Map([
	['transcription.completed', 'completed'],
	['transcription.failed', 'failed'],
]);

/** Names of the fields that contain the job ID. */
const ID_NAMES = ['sessionId', 'session_id', 'id'];

function read(delivery: Delivery): CallbackEvent {
	const parsed = notification.safeParse(jsonOf(delivery));
	const inHeader = singleHeader(delivery, 'X-Scriptix-Session');
	if (!parsed.success && inHeader === undefined)
		return unreadable('the body isn’t a documented Scriptix notification', delivery, ID_NAMES);
	const body: Notification = parsed.data ?? {};
	const { data } = body;
	const inBody = data?.id ?? body.sessionId ?? body.session_id ?? data?.session_id ?? body.id;
	if (inBody !== undefined && inHeader !== undefined && inBody !== inHeader) {
		return { unreadable: 'the body and the X-Scriptix-Session header contain different session IDs' };
	}
	const id = inBody ?? inHeader;
	if (id === undefined) {
		return unreadable('neither the body nor the X-Scriptix-Session header contains a job ID', delivery, ID_NAMES);
	}
	if (!isSafeId(id)) return { unreadable: 'the job ID isn’t valid' };
	const event = eventIn(body);
	if (typeof event !== 'string') return event;
	const details = detailsOf(body, delivery);
	return { event, id, ...(Object.keys(details).length > 0 && { details }) };
}

/** Notifications about sessions contain no status because Scriptix only announces success. */
function eventIn({ event, status, data }: Notification): string | { ignored: string } {
	if (event !== undefined) return EVENTS.get(event) ?? { ignored: `event “${event.slice(0, 40)}” isn’t final` };
	const reported = status ?? data?.status;
	const state = reported === undefined ? 'completed' : toStatus(reported);
	return state === 'completed' || state === 'failed'
		? state
		: { ignored: `status “${reported?.slice(0, 40)}” isn’t final` };
}

function detailsOf(
	{ data, documentId, document_id, timestamp }: Notification,
	delivery: Delivery,
): NonNullable<AnnouncedEvent['details']> {
	const document = data?.document_id ?? documentId ?? document_id ?? singleHeader(delivery, 'X-Scriptix-Document');
	return {
		...(document !== undefined && isSafeId(document) && { documentId: document }),
		...(data?.duration_seconds !== undefined && { durationSeconds: data.duration_seconds }),
		...(data?.language && { language: data.language }),
		...(timestamp && { timestamp }),
		...(data?.error && { errorMessage: data.error }),
	};
}

export const callback: Provider['callback'] = {
	verify,
	read,
	unfitSecret: (secret, settings) => (sendsHeader(settings) ? unfitForHeader(secret) : undefined),
	// For the batch upload API, the token is always part of the URL. If Scriptix's signing secret turns out to be
	// unavailable, callbacks for jobs that were already submitted can still be verified by the token.
	urlFor: (url, secret, settings) => (sendsHeader(settings) ? url : withToken(url, secret)),
	unverifiable,
};
