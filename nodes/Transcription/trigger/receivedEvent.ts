import { createHash } from 'node:crypto';
import type { Metadata } from '../callback/metadata';
import type { AnnouncedEvent } from '../callback/delivery';
import { eventIdOf } from '../transcript/model';

/**
 * A verified callback, passed from webhook(), which must respond within seconds, to execute(), which may take longer. n8n
 * stores it as the input of the execution.
 */
export interface ReceivedEvent {
	eventId: string;
	provider: string;
	/** Absent if the callback doesn't contain the job ID. */
	id?: string;
	/** `completed`, `failed`, or one of the provider's extra events. */
	status: string;
	ref?: string;
	metadata?: Metadata;
	/**
	 * The callback's signed body if it contains the transcript, in case the service no longer has it. Kept as text, since n8n
	 * stores and copies one string much faster than an object per word.
	 */
	callbackBody?: string;
	/** The names of headers that look like a signature but weren't checked. */
	signatureHeaders?: readonly string[];
	/** Set if the callback couldn't be read. `status` is then `failed`, although the job may have succeeded. */
	unreadable?: true;
	/** Set if the trigger sent itself this event as a sample for a manual execution. */
	sample?: true;
	/** Set if the sample is the example transcript, which no service has. */
	isExample?: true;
	/** Other details in the callback, for example the URL of redacted audio. */
	[detail: string]: unknown;
}

/** Returns the event's ID. Without a job ID, it contains the correlation ID or else a hash of the event's details. */
export function eventIdFor(provider: string, event: AnnouncedEvent, ref: string | undefined): string {
	const fingerprint = () =>
		createHash('sha256')
			.update(JSON.stringify(event.details ?? {}))
			.digest('hex')
			.slice(0, 32);
	return eventIdOf(provider, event.id ?? ref ?? fingerprint(), event.event);
}
