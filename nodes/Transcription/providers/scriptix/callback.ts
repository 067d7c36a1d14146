import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { type CallbackEvent, type Delivery, jsonOf, type Proof, singleHeader, type Verification } from '../../callback/delivery';
import { unfitForHeader, verify as verifyHeader } from '../../callback/headerSecret';
import { provenSecret, sameSignature } from '../../callback/secrets';
import { verifyToken, withToken } from '../../callback/token';
import { isSafeId } from '../../http/safeId';
import type { Provider } from '../provider';
import { idText, lenient } from '../common/schemas';
import { generationOf, type ProofKind, proofOf, unverifiable } from './credential';
import { toStatus } from './transcript';

/** Source: docs.scriptix.io, “Webhooks - Batch API”, Webhook Signature. */
const SIGNATURE_HEADER = 'X-Scriptix-Signature';

/** `sha256=` and the HMAC-SHA256 of the raw body in lower-case hex digits. */
function signatureOf(rawBody: Buffer, secret: string): string {
	return `sha256=${createHmac('sha256', secret).update(rawBody).digest('hex')}`;
}

function verify(delivery: Delivery, proof: Proof): Verification {
	const kind = proofOf(proof.settings);
	if (kind === undefined) return { ok: false, reason: 'the credential names a Webhook Verification that there is not' };
	return VERIFIERS[kind](delivery, proof);
}

const VERIFIERS: Record<ProofKind, (delivery: Delivery, proof: Proof) => Verification> = {
	header: (delivery, { secrets }) => verifyHeader(delivery, secrets),
	hmac(delivery, { secrets }) {
		const given = singleHeader(delivery, SIGNATURE_HEADER);
		if (given === undefined) return { ok: false, reason: `the header ${SIGNATURE_HEADER} is missing or empty` };
		return provenSecret(secrets, (secret) => sameSignature(signatureOf(delivery.rawBody, secret), given)) === undefined
			? { ok: false, reason: `the signature in ${SIGNATURE_HEADER} is not that of the body` }
			: { ok: true, bodySigned: true };
	},
	token(delivery, proof) {
		const token = verifyToken(delivery, proof);
		return token.ok ? { ok: true } : token;
	},
};

const idLike = lenient(idText);
const said = lenient(z.string());

/** Sources: docs.scriptix.io, “Webhooks - Batch API”; API, Webhooks; Core APIs, “Webhooks”. They differ in every name. */
const notification = z.object({
	event: said,
	status: said,
	data: lenient(
		z.object({
			id: idLike,
			session_id: idLike,
			status: said,
			document_id: idLike,
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

function read(delivery: Delivery): CallbackEvent {
	const parsed = notification.safeParse(jsonOf(delivery));
	const inHeader = singleHeader(delivery, 'X-Scriptix-Session');
	if (!parsed.success && inHeader === undefined) return { ignored: 'the body is no notification that Scriptix documents' };
	const given: Notification = parsed.data ?? {};
	const { data } = given;
	const inBody = data?.id ?? given.sessionId ?? given.session_id ?? data?.session_id ?? given.id;
	if (inBody !== undefined && inHeader !== undefined && inBody !== inHeader) {
		return { ignored: 'the body and the header X-Scriptix-Session name different sessions' };
	}
	const id = inBody ?? inHeader;
	if (id === undefined) return { ignored: 'neither the body nor the header X-Scriptix-Session names a job' };
	if (!isSafeId(id)) return { ignored: 'what should name the job is not an ID' };
	const event = eventIn(given);
	if (typeof event !== 'string') return event;
	const details = detailsOf(given, delivery);
	return { event, id, ...(Object.keys(details).length > 0 && { details }) };
}

/** Sessions are announced without a word of their state, since only success is. */
function eventIn({ event, status, data }: Notification): string | { ignored: string } {
	if (event !== undefined) return EVENTS.get(event) ?? { ignored: `event “${event.slice(0, 40)}” is not an end` };
	const word = status ?? data?.status;
	const state = word === undefined ? 'completed' : toStatus(word);
	return state === 'completed' || state === 'failed' ? state : { ignored: `status “${word?.slice(0, 40)}” is not an end` };
}

function detailsOf({ data, documentId, document_id }: Notification, delivery: Delivery): Record<string, string> {
	const document = data?.document_id ?? documentId ?? document_id ?? singleHeader(delivery, 'X-Scriptix-Document');
	return {
		...(document !== undefined && isSafeId(document) && { documentId: document }),
		...(data?.error && { errorMessage: data.error }),
	};
}

export const callback: Provider['callback'] = {
	verify,
	read,
	unfitSecret: (secret, settings) => (proofOf(settings) === 'header' ? unfitForHeader(secret) : undefined),
	// In the URLs of the batch upload API in any case: so a job's callback can still be accepted by its token where it
	// turns out that nobody knows with which secret Scriptix signs.
	urlFor(url, secret, settings) {
		return generationOf(settings) === 'sessions' && proofOf(settings) !== 'token' ? url : withToken(url, secret);
	},
	unverifiable,
};
