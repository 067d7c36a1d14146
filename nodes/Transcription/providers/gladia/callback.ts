import { type CallbackEvent, type Delivery, jsonOf } from '../../callback/delivery';
import { verifyToken, withToken } from '../../callback/token';
import { memberAt } from '../../core/json';
import { isSafeId } from '../../http/safeId';
import { unreadable } from '../common/unreadable';
import { isFields } from '../common/wordReader';
import type { Provider } from '../provider';

/**
 * The callbacks of a job are neither signed nor sent with a header of ours, so they are verified by a token in their URL.
 * Source: Gladia OpenAPI (August 2026), `CallbackConfigDto`: only `url` and `method`.
 */

/**
 * The last part of the event's name. Older pages show it without the prefix `transcription.`. Source: Gladia OpenAPI,
 * `CallbackTranscriptionSuccessPayload`, `CallbackTranscriptionErrorPayload`.
 */
const EVENTS = new Map([
	['success', 'completed'],
	['error', 'failed'],
]);

/**
 * The account's webhooks contain the ID in the payload instead. A support page names it `transcription_id`. Source:
 * support.gladia.io, “How to set up webhooks for real-time notifications”.
 */
const ID_PATHS = ['id', 'payload.id', 'transcription_id', 'payload.transcription_id'];

function read(delivery: Delivery): CallbackEvent {
	const body = jsonOf(delivery);
	const name = memberAt(body, 'event');
	if (!isFields(body) || typeof name !== 'string') return unreadable('“event” is missing', delivery, ID_PATHS);
	const event = EVENTS.get(name.split('.').at(-1) ?? '');
	if (!event) return { ignored: `the event “${name.slice(0, 40)}” isn’t the end of a job` };
	const id = ID_PATHS.map((path) => memberAt(body, path)).find((value) => typeof value === 'string');
	if (typeof id !== 'string' || !isSafeId(id)) return { unreadable: '“id” is missing or invalid' };
	const errorMessage = memberAt(body, 'error.message');
	// A fetched job doesn't contain the reason.
	const hasReason = event === 'failed' && typeof errorMessage === 'string' && errorMessage !== '';
	return { event, id, ...(hasReason && { details: { errorMessage: errorMessage.slice(0, 1000) } }) };
}

export const callback: Provider['callback'] = {
	verify(delivery, proof) {
		const token = verifyToken(delivery, proof);
		return token.ok ? { ok: true } : token;
	},
	read,
	unfitSecret: () => undefined,
	urlFor: withToken,
};
