import { parseHttpUrl } from '../../core/url';
import type { CallbackEvent, Delivery } from '../../callback/delivery';
import { unfitForHeader, verify } from '../../callback/headerSecret';
import { pointsToTrigger } from '../../callback/url';
import { isSafeId } from '../../http/safeId';
import type { Provider } from '../provider';
import { NAME } from './constants';

/** Source: the same, Accepting the notification. These are not the statuses of a job. */
const EVENTS = new Map([
	['success', 'completed'],
	['error', 'failed'],
	['fetch_error', 'failed'],
	['trim_error', 'failed'],
]);

/** The parameter that carries what Submit attached, as the whole URL that it meant. */
const MEANT = 'callback';

/**
 * The callback URL as the service gets it. What Submit attached is wrapped into one parameter: beside it, the service's
 * own `id` and `status` would pass for metadata, or overwrite metadata of the same name. Receivers other than the
 * trigger get their URL as it is.
 */
export function wrapped(url: string): string {
	if (!pointsToTrigger(url, NAME)) return url;
	const outer = new URL(url);
	outer.search = '';
	outer.searchParams.set(MEANT, url);
	return outer.href;
}

/** The URL that Submit meant; a URL that was not wrapped stays what it is. */
export function unwrapped(url: string): string {
	const meant = pointsToTrigger(url, NAME) ? meantIn(new URL(url).searchParams) : undefined;
	return meant ?? url;
}

function meantIn(query: URLSearchParams): string | undefined {
	return parseHttpUrl(query.get(MEANT) ?? '')?.href;
}

function read({ query }: Delivery): CallbackEvent {
	const id = query.get('id') ?? '';
	const status = query.get('status') ?? '';
	if (!isSafeId(id)) return { ignored: 'the “id” in its URL is missing or not an ID' };
	const event = EVENTS.get(status);
	if (!event) return { ignored: `status “${status.slice(0, 40)}” is not an end` };
	const callbackUrl = meantIn(query);
	return { event, id, ...(callbackUrl && { callbackUrl }) };
}

export const callback: Provider['callback'] = {
	verify: (delivery, { secrets }) => verify(delivery, secrets),
	read,
	unfitSecret: unfitForHeader,
	urlFor: wrapped,
};
