import { z } from 'zod';
import { type CallbackEvent, type Delivery, jsonOf } from '../../callback/delivery';
import { unfitForHeader, verify } from '../../callback/headerSecret';
import { isSafeId } from '../../http/safeId';
import { idText } from '../common/schemas';
import type { Provider } from '../provider';

/**
 * Soniox signs nothing: a callback proves itself by the custom header that was asked for with the job.
 * Source: Soniox docs, “Webhooks”.
 */

const notification = z.object({ id: idText, status: z.string() });

/** “Webhooks” documents `error`, “Errors” speaks of `failed`: both are ends. */
const EVENTS = new Map([
	['completed', 'completed'],
	['error', 'failed'],
	['failed', 'failed'],
]);

function read(delivery: Delivery): CallbackEvent {
	const parsed = notification.safeParse(jsonOf(delivery));
	if (!parsed.success) return { ignored: 'the body is no notification that Soniox documents' };
	const { id, status } = parsed.data;
	if (!isSafeId(id)) return { ignored: 'id is not an ID' };
	const event = EVENTS.get(status);
	return event ? { event, id } : { ignored: `status “${status.slice(0, 40)}” is not an end` };
}

/** Source: Soniox OpenAPI 1.0.0, `webhook_auth_header_value`. */
const LONGEST_HEADER_VALUE = 256;

function unfitSecret(secret: string): string | undefined {
	if (secret.length > LONGEST_HEADER_VALUE) {
		return `it is longer than ${LONGEST_HEADER_VALUE} characters, the most that Soniox sends in a header`;
	}
	return unfitForHeader(secret);
}

export const callback: Provider['callback'] = {
	verify: (delivery, { secrets }) => verify(delivery, secrets),
	read,
	unfitSecret,
};
