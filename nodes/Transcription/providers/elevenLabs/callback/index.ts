import { type CallbackEvent, type Delivery, jsonOf, type Proof, UNREADABLE, type Verification } from '../../../callback/delivery';
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

/**
 * Source: ElevenLabs docs, “Asynchronous Speech to Text”, Webhook payload, for what a completed transcription announces.
 * How a failed one is announced is not documented; its sample code tells it by a `status` of `failed`.
 */

/**
 * Where the service's own secret is known, the signature is required. n8n may have lost the one that came with the
 * webhook: then the header that the trigger asked for with it proves the callback, and the body proves nothing.
 */
function verify(delivery: Delivery, { issuedSecret, secrets, settings, nowSeconds }: Proof): Verification {
	if (isManual(settings)) {
		// A webhook that the trigger registered before the credential was changed still announces its jobs.
		const keys = typeof issuedSecret === 'string' ? [...secrets, issuedSecret] : secrets;
		return explained(
			verifySignature(delivery, keys, nowSeconds),
			'The Webhook Secret of the credential must be the one that ElevenLabs showed when the webhook was made',
		);
	}
	if (issuedSecret === UNREADABLE) return REFUSED_AS_UNREADABLE;
	if (issuedSecret !== undefined) {
		return explained(
			verifySignature(delivery, [issuedSecret], nowSeconds),
			'If the webhook was made anew at ElevenLabs, unpublish this workflow and publish it again',
		);
	}
	return explained(
		verifyHeader(delivery, secrets),
		'This n8n does not know the webhook’s secret (any more): unpublish this workflow and publish it again',
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

/** What makes something a transcript. Its words are not read here: the service waits for an answer. */
const announcedSchema = z.union([
	z.object({ transcripts: z.array(z.object({ text: z.string() })), transcription_id: lenient(idText) }),
	z.object({ text: z.string(), transcription_id: lenient(idText) }),
]);

const OF_SPEECH_TO_TEXT = /^speech_to_text/;
const FAILED = /fail|error/i;

/** @returns undefined for anything but an object */
function eventIn(body: unknown) {
	const event = eventSchema.safeParse(body);
	if (!event.success) return undefined;
	const { type = '', webhook_metadata: outer } = event.data;
	// An older documentation has the transcript as the body, not wrapped into an event.
	const inner = event.data.data ?? body;
	const data = dataSchema.parse(inner);
	return { type, data, metadata: data.webhook_metadata ?? outer, transcription: data.transcription ?? inner };
}

function read(delivery: Delivery): CallbackEvent {
	const event = eventIn(jsonOf(delivery));
	if (!event) return { ignored: 'the body is no event' };
	const { type, data, metadata, transcription } = event;
	if (type !== '' && !OF_SPEECH_TO_TEXT.test(type) && !FAILED.test(type)) {
		return { ignored: `the event is about something else: “${type.slice(0, 60)}”` };
	}
	const callbackUrl = callbackUrlIn(metadata);
	if (callbackUrl === undefined) return { ignored: 'the job was not submitted for a trigger' };
	const announced = announcedSchema.safeParse(transcription).data;
	const id = announced?.transcription_id ?? data.transcription_id ?? data.request_id;
	if (id === undefined || !isSafeId(id)) return { ignored: 'the event names no job' };
	const hasFailed = FAILED.test(type) || FAILED.test(data.status ?? '');
	if (announced && !hasFailed) return { event: 'completed', id, callbackUrl };
	const reason = wordsIn(data.error) ?? data.message;
	if (!hasFailed && reason === undefined) {
		return { ignored: 'the event tells neither a transcript nor a failure' };
	}
	return { event: 'failed', id, callbackUrl, ...(reason !== undefined && { details: { errorMessage: reason } }) };
}

function transcriptIn(body: unknown, id: string): Transcript | undefined {
	const raw = eventIn(body)?.transcription;
	const { data } = transcriptSchema.safeParse(raw);
	return data && toTranscript(NAME, id, data, raw);
}

/** From a text, or from an object that has a message. */
function wordsIn(error: unknown): string | undefined {
	if (typeof error === 'string') return error === '' ? undefined : error;
	if (error === null || typeof error !== 'object') return undefined;
	if ('message' in error && typeof error.message === 'string') return error.message;
	try {
		return JSON.stringify(error);
	} catch {
		// Nested so deep that it exhausts the stack: nothing that anybody would read.
		return undefined;
	}
}

export const callback: Provider['callback'] = { verify, read, transcriptIn, unfitSecret: unfitForHeader, unverifiable };
