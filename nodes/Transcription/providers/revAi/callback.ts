import { type CallbackEvent, type Delivery, jsonOf, singleHeader, type Verification } from '../../callback/delivery';
import { unfitForHeader } from '../../callback/headerSecret';
import { provenSecret, sameSecret } from '../../callback/secrets';
import { memberAt } from '../../core/json';
import { isSafeId } from '../../http/safeId';
import { unreadable } from '../common/unreadable';
import { isFields } from '../common/wordReader';
import type { Provider } from '../provider';

/**
 * Rev AI doesn't sign callbacks, and `Authorization` is the only header that a job can set, so it contains the secret as
 * a bearer token. Source: Rev AI's Node SDK 3.8.5, readme, `notification_config`.
 */
const SCHEME = 'Bearer ';

/** Returns the headers to request with a job. */
export function sign(secret: string): Record<string, string> {
	return { Authorization: `${SCHEME}${secret}` };
}

function verify(delivery: Delivery, secrets: readonly string[]): Verification {
	const received = singleHeader(delivery, 'Authorization');
	if (received === undefined) return { ok: false, reason: 'the Authorization header is missing or empty' };
	return provenSecret(secrets, (secret) => sameSecret(SCHEME + secret, received)) === undefined
		? { ok: false, reason: 'the Authorization header contains a different secret' }
		: { ok: true };
}

/** Source: Rev AI docs, “Asynchronous API reference”, webhooks; the statuses are those of a job. */
const EVENTS = new Map([
	['transcribed', 'completed'],
	['failed', 'failed'],
]);

/** The types of this API's jobs. Source: Rev AI's Node SDK 3.8.5, `JobType`. */
const TYPES = ['async', 'human_tc'];

/** Other Rev AI APIs send the same body with another `type`, and custom vocabularies send a body without a job. */
function read(delivery: Delivery): CallbackEvent {
	const body = jsonOf(delivery);
	const job = memberAt(body, 'job');
	if (!isFields(job)) {
		return isFields(body) && 'custom_vocabulary' in body
			? { ignored: 'it is about a custom vocabulary' }
			: unreadable('“job” is missing', delivery, ['id']);
	}
	const { type = 'async', status, id } = job;
	if (type !== null && !TYPES.includes(String(type))) return { ignored: `its type is “${String(type).slice(0, 40)}”` };
	if (typeof status !== 'string') return unreadable('“job.status” is missing or invalid', delivery, ['id']);
	const event = EVENTS.get(status);
	if (!event) return { ignored: `status “${status.slice(0, 40)}” isn’t final` };
	if (typeof id !== 'string' || !isSafeId(id)) return { unreadable: '“job.id” is missing or invalid' };
	return { event, id };
}

/** The header has the form `<scheme> <token>`, so a secret can't contain spaces. */
function unfitSecret(secret: string): string | undefined {
	return unfitForHeader(secret) ?? (secret.includes(' ') ? 'it contains spaces' : undefined);
}

export const callback: Provider['callback'] = {
	verify: (delivery, { secrets }) => verify(delivery, secrets),
	read,
	unfitSecret,
};
