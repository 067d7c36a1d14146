import {
	type CallbackEvent,
	type Delivery,
	jsonOf,
	type Proof,
	UNREADABLE,
	type Verification,
} from '../../../callback/delivery';
import { z } from 'zod';
import { REFUSED_AS_UNREADABLE } from '../../../callback/encryptedSecret';
import { unfitForHeader, verify as verifyHeader } from '../../../callback/headerSecret';
import { isSafeId } from '../../../http/safeId';
import type { Transcript } from '../../../transcript/model';
import { idText, lenient } from '../../common/schemas';
import type { Provider } from '../../provider';
import { NAME } from '../constants';
import { isManual, unverifiable } from '../credential';
import { verifySignature } from './signature';
import { toTranscript, transcriptSchema } from '../transcript';
import { callbackUrlIn } from './webhookMetadata';

/*
 * Source for completed transcriptions: ElevenLabs docs, “Asynchronous Speech to Text”, Webhook payload. The payload for
 * failed ones isn't documented; the sample code checks for a `status` of `failed`.
 */

/**
 * If the service's signing secret is known, the signature is required. If n8n has lost the secret it received when the
 * webhook was created, the callback is verified by the header that the trigger registered with it; the body is then not
 * authenticated.
 */
function verify(delivery: Delivery, { issuedSecret, secrets, settings, nowSeconds }: Proof): Verification {
	if (isManual(settings)) {
		// A webhook that the trigger registered before the credential was changed still sends callbacks for its jobs.
		const keys = typeof issuedSecret === 'string' ? [...secrets, issuedSecret] : secrets;
		return explained(
			verifySignature(delivery, keys, nowSeconds),
			'“Webhook Secret” in the credential must be the secret that ElevenLabs showed when the webhook was created',
		);
	}
	if (issuedSecret === UNREADABLE) return REFUSED_AS_UNREADABLE;
	if (issuedSecret !== undefined) {
		return explained(
			verifySignature(delivery, [issuedSecret], nowSeconds),
			'If the webhook was recreated at ElevenLabs, unpublish this workflow and publish it again',
		);
	}
	return explained(
		verifyHeader(delivery, secrets),
		'This n8n instance doesn’t have the webhook’s secret: unpublish this workflow and publish it again',
	);
}

function explained(verification: Verification, advice: string): Verification {
	return verification.ok ? verification : { ok: false, reason: `${verification.reason}. ${advice}` };
}

const anything = lenient(z.unknown());

const eventSchema = z.object({
	type: lenient(z.string()),
	data: lenient(z.record(z.unknown())),
	webhook_metadata: anything,
});

const dataSchema = z.object({
	request_id: lenient(idText),
	transcription_id: lenient(idText),
	status: lenient(z.string()),
	error: anything,
	message: lenient(z.string()),
	transcription: anything,
	webhook_metadata: anything,
});

/** The minimum that identifies a transcript. Words aren't read here because the service is waiting for the response. */
const announcedSchema = z.union([
	z.object({ transcripts: z.array(z.object({ text: z.string() })), transcription_id: lenient(idText) }),
	z.object({ text: z.string(), transcription_id: lenient(idText) }),
]);

const SPEECH_TO_TEXT_EVENT = /^speech_to_text/;
const FAILED = /fail|error/i;

/** @returns undefined if the body isn't an object */
function eventIn(body: unknown) {
	const event = eventSchema.safeParse(body);
	if (!event.success) return undefined;
	const { type = '', webhook_metadata: outer } = event.data;
	// In an older version of the documentation, the body is the transcript itself, not an event.
	const inner = event.data.data ?? body;
	const data = dataSchema.parse(inner);
	return { type, data, metadata: data.webhook_metadata ?? outer, transcription: data.transcription ?? inner };
}

function read(delivery: Delivery): CallbackEvent {
	const event = eventIn(jsonOf(delivery));
	if (!event) return { ignored: 'the body isn’t an event' };
	const { type, data, metadata, transcription } = event;
	if (type !== '' && !SPEECH_TO_TEXT_EVENT.test(type) && !FAILED.test(type)) {
		return { ignored: `the event isn’t about speech to text: “${type.slice(0, 60)}”` };
	}
	const callbackUrl = callbackUrlIn(metadata);
	if (callbackUrl === undefined) return { ignored: 'the job wasn’t submitted for a trigger' };
	const announced = announcedSchema.safeParse(transcription).data;
	const id = announced?.transcription_id ?? data.transcription_id ?? data.request_id;
	if (id === undefined || !isSafeId(id)) return { ignored: 'the event contains no valid job ID' };
	const hasFailed = FAILED.test(type) || FAILED.test(data.status ?? '');
	if (announced && !hasFailed) return { event: 'completed', id, callbackUrl };
	const reason = errorTextIn(data.error) ?? data.message;
	if (!hasFailed && reason === undefined) {
		return { ignored: 'the event contains neither a transcript nor an error' };
	}
	return { event: 'failed', id, callbackUrl, ...(reason !== undefined && { details: { errorMessage: reason } }) };
}

function transcriptIn(body: unknown, id: string): Transcript | undefined {
	const raw = eventIn(body)?.transcription;
	const { data } = transcriptSchema.safeParse(raw);
	return data && toTranscript(NAME, id, data, raw);
}

/** Reads an error that is either text or an object with a message. */
function errorTextIn(error: unknown): string | undefined {
	if (typeof error === 'string') return error === '' ? undefined : error;
	if (error === null || typeof error !== 'object') return undefined;
	if ('message' in error && typeof error.message === 'string') return error.message;
	try {
		return JSON.stringify(error);
	} catch {
		// The object is nested too deeply for the stack.
		return undefined;
	}
}

export const callback: Provider['callback'] = { verify, read, transcriptIn, unfitSecret: unfitForHeader, unverifiable };
