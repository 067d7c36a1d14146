import { z } from 'zod';
import { type CallbackEvent, type Delivery, jsonOf } from '../../callback/delivery';
import { unfitForHeader, verify } from '../../callback/headerSecret';
import { isSafeId } from '../../http/safeId';
import { idText } from '../common/schemas';
import { unreadable } from '../common/unreadable';
import type { Provider } from '../provider';

/**
 * Soniox doesn't sign callbacks. They are verified by a custom header that is specified when the job is submitted.
 * Source: Soniox docs, “Webhooks”.
 */

const notification = z.object({ id: idText, status: z.string() });

/** “Webhooks” documents `error`, “Errors” mentions `failed`; both are final. */
const EVENTS = new Map([
	['completed', 'completed'],
	['error', 'failed'],
	['failed', 'failed'],
]);

function read(delivery: Delivery): CallbackEvent {
	const parsed = notification.safeParse(jsonOf(delivery));
	if (!parsed.success) return unreadable('the body isn’t a documented Soniox notification', delivery, ['id']);
	const { id, status } = parsed.data;
	if (!isSafeId(id)) return { unreadable: 'id isn’t a valid ID' };
	const event = EVENTS.get(status);
	return event ? { event, id } : { ignored: `status “${status.slice(0, 40)}” isn’t final` };
}

/** Source: Soniox OpenAPI 1.0.0, `webhook_auth_header_value`. */
const MAX_HEADER_VALUE_LENGTH = 256;

function unfitSecret(secret: string): string | undefined {
	if (secret.length > MAX_HEADER_VALUE_LENGTH) {
		return `it is longer than ${MAX_HEADER_VALUE_LENGTH} characters, the maximum that Soniox sends in a header`;
	}
	return unfitForHeader(secret);
}

export const callback: Provider['callback'] = {
	verify: (delivery, { secrets }) => verify(delivery, secrets),
	read,
	unfitSecret,
};
