import type { Sandbox } from '../../../sandbox';
import type { ProviderProfile } from '../profiles/profile';

/** Error responses of services, and the error messages that the user must see. */

/** An error status with which the sandbox responds to a request, once or until the node gives up. */
interface Refusal {
	name: RefusalName;
	at: 'upload' | 'submit' | 'fetch' | 'conflict';
	status: number;
	/** The number of attempts before the node gives up. Default: 1. */
	times?: number;
}

/** The errors for Submit, one per item, in this order. */
export function submitRefusals({ requests }: ProviderProfile): Refusal[] {
	const upload: Refusal = { name: 'Submit, 413', at: 'upload', status: 413 };
	const others: Refusal[] = [
		{ name: 'Submit, 402', at: 'submit', status: 402 },
		{ name: 'Submit, 403', at: 'submit', status: 403 },
		{ name: 'Submit, 409', at: 'submit', status: 409 },
		{ name: 'Submit, 422', at: 'submit', status: 422 },
		{ name: 'Submit, 429', at: 'submit', status: 429, times: 5 },
		// The node never retries this request, because the service may have accepted it.
		{ name: 'Submit, 500', at: 'submit', status: 500 },
	];
	// The rejected upload must be the service's first upload.
	return requests.uploadComesLast ? [...others, upload] : [upload, ...others];
}

/** The errors for Get, one per item, in this order. The request that may return 409 follows one that succeeds. */
export const GET_REFUSALS: readonly Refusal[] = [
	{ name: 'Get, 403', at: 'fetch', status: 403 },
	{ name: 'Get, 429', at: 'fetch', status: 429, times: 5 },
	{ name: 'Get, 503', at: 'fetch', status: 503, times: 5 },
	{ name: 'Get, 409', at: 'conflict', status: 409 },
];

export type RefusalName = keyof typeof USUAL;

/** The expected message, followed by the description. */
const USUAL = {
	'Submit, wrong key': /didn’t accept the API key.*Check.*API key/is,
	'Submit, no credit': /(credit|funds|quota|budget).*Top up/is,
	'Submit, 402': /(credit|funds|quota|budget).*Top up/is,
	'Submit, 403': /doesn’t allow this API key.*Use a key/s,
	'Submit, 409': /another operation is in progress.*Wait until/s,
	'Submit, 413': /larger than .* accepts.*split or compress/s,
	'Submit, 422': /rejected the request \(status 422\).*Check/s,
	'Submit, 429': /too many requests.*Send fewer.* at a time/s,
	'Submit, 500': /may or may not have accepted the job.*before you submit the recording again/s,
	'Get, wrong key': /didn’t accept the API key.*Check.*API key/is,
	'Get, unknown ID': /(has no transcript|found nothing|wasn’t found).*Check/s,
	'Get, deleted': /(deleted|has no transcript|found nothing|wasn’t found).*(Check|Submit)/s,
	'Get, 403': /doesn’t allow this API key.*Use a key/s,
	'Get, 409': /another operation is in progress.*Wait until/s,
	'Get, 429': /too many requests.*Send fewer.* at a time/s,
	'Get, 503': /temporarily unavailable.*Try again later/s,
} satisfies Record<string, RegExp>;

/** The node's error for a failed item. */
export interface ItemError {
	/** What happened. */
	message: string;
	/** What to do. */
	advice: string;
}

/** Plans the errors in this order, without delays or a Retry-After header. */
export function planRefusals(
	sandbox: Sandbox,
	{ requests, errorBodies = {} }: ProviderProfile,
	refusals: readonly Refusal[],
): void {
	for (const { at, status, times = 1 } of refusals) {
		const body = errorBodies[status];
		sandbox.httpFaults.add({
			kind: 'status',
			status,
			next: times,
			match: requests[at] ?? requests.fetch,
			...(times > 1 && { retryAfter: 0 }),
			...(body && { body: JSON.stringify(body) }),
		});
	}
}

/** Fails unless a user without HTTP knowledge can act on the error. */
export function expectClear(
	error: ItemError | undefined,
	name: RefusalName,
	profile: ProviderProfile,
	service: string,
): void {
	const text = `${error?.message}\n${error?.advice}`;
	expect(text).toMatch(profile.says?.[name] ?? USUAL[name]);
	expect(text).toContain(service);
	// The message must not contain placeholders for missing values, JSON, or a stack trace.
	expect(text).not.toMatch(/undefined|\bnull\b|NaN|\[object/);
	expect(text).not.toMatch(/[{}]|":/);
	expect(text).not.toMatch(/\n\s+at |\.[jt]s:\d/);
}
