import { createHash } from 'node:crypto';
import type { Metadata } from '../callback/metadata';
import type { AnnouncedEvent } from '../callback/delivery';
import { eventIdOf } from '../transcript/model';

/**
 * A verified callback on its way from webhook(), which must answer within seconds, to execute(), which may take its
 * time. This is what n8n stores as the input of the execution.
 */
export interface ReceivedEvent {
	eventId: string;
	provider: string;
	/** Absent where the provider does not name the job. */
	id?: string;
	/** `completed`, `failed`, or one of the provider's extra events. */
	status: string;
	ref?: string;
	metadata?: Metadata;
	/**
	 * The callback's signed body, where it carries the transcript, in case the service no longer has it. As text: n8n
	 * stores and copies one string much faster than an object for each word.
	 */
	callbackBody?: string;
	/** The trigger handed itself this one for a test by hand. */
	sample?: true;
	/** What the callback says besides, for example where redacted audio can be downloaded. */
	[detail: string]: unknown;
}

/** What stands for the job in an event's ID where the provider does not name it. */
export function eventIdFor(
	provider: string,
	event: AnnouncedEvent,
	ref: string | undefined,
): string {
	const fingerprint = () =>
		createHash('sha256').update(JSON.stringify(event.details ?? {})).digest('hex').slice(0, 32);
	return eventIdOf(provider, event.id ?? ref ?? fingerprint(), event.event);
}
