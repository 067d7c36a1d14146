import { z } from 'zod';
import { type CallbackEvent, type Delivery, jsonOf } from '../../callback/delivery';
import { unfitForHeader, verify } from '../../callback/headerSecret';
import { isSafeId } from '../../http/safeId';
import { idText } from '../common/schemas';
import { unreadable } from '../common/unreadable';
import type { Provider } from '../provider';

/**
 * AssemblyAI doesn't sign callbacks. They are verified by a custom header that is specified when the job is submitted.
 * Source: AssemblyAI docs, “Webhooks”; OpenAPI `TranscriptReadyNotification`, `RedactedAudioNotification`.
 */

export const REDACTED_AUDIO_READY = 'redactedAudioReady';

const notification = z.union([
	// This notification doesn't include the job's ID; the correlation ID in the URL identifies the job.
	z.object({ status: z.literal('redacted_audio_ready'), redacted_audio_url: z.string() }),
	z.object({ transcript_id: idText, status: z.string() }),
]);

const EVENTS = new Map([
	['completed', 'completed'],
	['error', 'failed'],
]);

function read(delivery: Delivery): CallbackEvent {
	const parsed = notification.safeParse(jsonOf(delivery));
	if (!parsed.success)
		return unreadable('the body isn’t a documented AssemblyAI notification', delivery, ['transcript_id']);
	if ('redacted_audio_url' in parsed.data) {
		return {
			event: REDACTED_AUDIO_READY,
			details: { redactedAudioUrl: parsed.data.redacted_audio_url },
		};
	}
	const { transcript_id: id, status } = parsed.data;
	if (!isSafeId(id)) return { unreadable: 'transcript_id isn’t a valid ID' };
	const event = EVENTS.get(status);
	return event ? { event, id } : { ignored: `status “${status.slice(0, 40)}” isn’t final` };
}

export const callback: Provider['callback'] = {
	verify: (delivery, { secrets }) => verify(delivery, secrets),
	read,
	unfitSecret: unfitForHeader,
};
