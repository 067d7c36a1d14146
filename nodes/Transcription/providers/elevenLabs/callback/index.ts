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
import { readQuery } from '../../../callback/url';
import { unfitForHeader, verify as verifyHeader } from '../../../callback/headerSecret';
import { errorTextOf } from '../../../http/errorText';
import { isSafeId } from '../../../http/safeId';
import type { Transcript } from '../../../transcript/model';
import { idText, lenient } from '../../common/schemas';
import type { Provider } from '../../provider';
import { NAME } from '../constants';
import { isManual, unverifiable } from '../credential';
import { verifySignature } from './signature';
import { hasContent, toTranscript, transcriptSchema } from '../transcript';
import { callbackUrlIn } from './webhookMetadata';

/*
 * Source for completed transcriptions: ElevenLabs docs, “Asynchronous Speech to Text”, Webhook payload. Its sample code
 * expects a different event (`speech_to_text.completed` with `requestId` and the text in `data`), so both are read.
 *
 * The payload for failed transcriptions isn't documented. The sample code checks for a `status` of `failed`; existing
 * integrations expect `speech_to_text_transcription_failed` or `speech_to_text.failed`, an absent or empty
 * `transcription`, or an `error`. Therefore, an event for our job without a transcript is treated as a failure. If the
 * job succeeded after all, the trigger finds that out when it fetches the transcript.
 */

/**
 * If the service's signing secret is known, the signature is required. If n8n has lost the secret it received when the
 * webhook was created, the callback is verified by the header that the trigger registered with the webhook. In that
 * case, the body isn't authenticated.
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

const idFields = {
	transcription_id: lenient(idText),
	transcriptionId: lenient(idText),
	request_id: lenient(idText),
	requestId: lenient(idText),
};

const eventSchema = z.object({
	...idFields,
	type: lenient(z.string()),
	data: lenient(z.record(z.unknown())),
	error: anything,
	webhook_metadata: anything,
});

const dataSchema = z.object({
	...idFields,
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
const IN_PROGRESS = /queue|start|progress|processing|partial/i;

/** @returns undefined if the body isn't an object */
function eventIn(body: unknown) {
	const event = eventSchema.safeParse(body);
	if (!event.success) return undefined;
	const { type = '', webhook_metadata: outer } = event.data;
	// In an older version of the documentation, the body is the transcript itself, not an event.
	const inner = event.data.data ?? body;
	const data = dataSchema.parse(inner);
	return {
		type,
		data,
		metadata: data.webhook_metadata ?? outer,
		transcription: data.transcription ?? inner,
		/** The most reliable first: transcripts are fetched by transcription ID. */
		ids: [
			...[data, event.data].flatMap((part) => [part.transcription_id, part.transcriptionId]),
			...[data, event.data].flatMap((part) => [part.request_id, part.requestId]),
		],
		error: errorTextOf(data.error) || errorTextOf(event.data.error) || data.message,
	};
}

function read(delivery: Delivery): CallbackEvent {
	const event = eventIn(jsonOf(delivery));
	if (!event) return { ignored: 'the body isn’t an event' };
	const { type, data, metadata, transcription, error } = event;
	if (type !== '' && !SPEECH_TO_TEXT_EVENT.test(type) && !FAILED.test(type)) {
		return { ignored: `the event isn’t about speech to text: “${type.slice(0, 60)}”` };
	}
	const callbackUrl = callbackUrlIn(metadata);
	if (callbackUrl === undefined) return { ignored: 'the job wasn’t submitted for a trigger' };
	const announced = announcedSchema.safeParse(transcription).data;
	const identified = { ...jobIdIn([announced?.transcription_id, ...event.ids], callbackUrl), callbackUrl };
	const status = `${type} ${data.status ?? ''}`;
	const isFailure = FAILED.test(status) || (announced && 'text' in announced && announced.text === '' && error);
	if (announced && !isFailure) return { event: 'completed', ...identified };
	if (!isFailure && !error && IN_PROGRESS.test(status)) return { ignored: 'the job is still in progress' };
	return { event: 'failed', ...identified, ...(error && { details: { errorMessage: error } }) };
}

/**
 * Falls back to the correlation ID if there is no job ID. It can't be used to fetch a transcript, but the job isn't
 * lost, because the callback may contain its transcript.
 */
function jobIdIn(ids: Array<string | undefined>, callbackUrl: string): { id?: string } {
	const { ref } = readQuery(new URL(callbackUrl).searchParams);
	const id = [...ids, ref].find((candidate) => candidate !== undefined && isSafeId(candidate));
	return id === undefined ? {} : { id };
}

function transcriptIn(body: unknown, id: string): Transcript | undefined {
	const raw = eventIn(body)?.transcription;
	const { data } = transcriptSchema.safeParse(raw);
	return data && hasContent(data) ? toTranscript(NAME, id, data, raw) : undefined;
}

export const callback: Provider['callback'] = { verify, read, transcriptIn, unfitSecret: unfitForHeader, unverifiable };
