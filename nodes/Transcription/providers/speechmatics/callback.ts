import { parseHttpUrl } from '../../core/url';
import type { CallbackEvent, Delivery } from '../../callback/delivery';
import { unfitForHeader, verify } from '../../callback/headerSecret';
import { pointsToTrigger } from '../../callback/url';
import { isSafeId } from '../../http/safeId';
import type { Provider } from '../provider';
import { NAME } from './constants';

/**
 * Speechmatics doesn't sign callbacks. They are verified by a header that is specified when the job is submitted. The
 * service adds `id` and `status` to the callback URL; these statuses differ from the statuses of a job.
 * Source: Speechmatics docs, “Notifications”, How to configure a notification; Accepting the notification.
 */
const EVENTS = new Map([
	['success', 'completed'],
	['error', 'failed'],
	['fetch_error', 'failed'],
	['trim_error', 'failed'],
]);

/** Query parameter that contains the original callback URL from Submit. */
const ORIGINAL_URL = 'callback';

/**
 * Returns the callback URL to send to the service. The original URL is wrapped in a single parameter, because otherwise
 * the service's `id` and `status` would look like metadata or overwrite metadata with the same name. URLs that don't
 * point to the trigger are returned unchanged.
 */
export function wrapped(url: string): string {
	if (!pointsToTrigger(url, NAME)) return url;
	const outer = new URL(url);
	outer.search = '';
	outer.searchParams.set(ORIGINAL_URL, url);
	return outer.href;
}

/** Returns the original URL from Submit. A URL that isn't wrapped is returned unchanged. */
export function unwrapped(url: string): string {
	const original = pointsToTrigger(url, NAME) ? originalUrlIn(new URL(url).searchParams) : undefined;
	return original ?? url;
}

function originalUrlIn(query: URLSearchParams): string | undefined {
	return parseHttpUrl(query.get(ORIGINAL_URL) ?? '')?.href;
}

function read({ query }: Delivery): CallbackEvent {
	const id = query.get('id') ?? '';
	const status = query.get('status') ?? '';
	const callbackUrl = originalUrlIn(query);
	if (!isSafeId(id))
		return { unreadable: '“id” in the URL is missing or invalid', ...(callbackUrl && { callbackUrl }) };
	const event = EVENTS.get(status);
	if (!event) return { ignored: `status “${status.slice(0, 40)}” isn’t final` };
	return { event, id, ...(callbackUrl && { callbackUrl }) };
}

export const callback: Provider['callback'] = {
	verify: (delivery, { secrets }) => verify(delivery, secrets),
	read,
	unfitSecret: unfitForHeader,
	urlFor: wrapped,
};
