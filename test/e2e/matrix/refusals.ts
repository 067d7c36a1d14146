import type { Sandbox } from '../../../sandbox';
import type { ProviderProfile } from '../profiles/profile';

/** Answers with which a service refuses, and what the user has to read then. */

/** A refusal in the sandbox: the status with which a request is answered, once or until the node gives up. */
interface Refusal {
	name: RefusalName;
	at: 'upload' | 'submit' | 'fetch' | 'conflict';
	status: number;
	/** How often the node asks before it gives up. Default: once. */
	times?: number;
}

/** One item of Submit each, in this order. */
export function submitRefusals({ requests }: ProviderProfile): Refusal[] {
	const upload: Refusal = { name: 'Submit, 413', at: 'upload', status: 413 };
	const others: Refusal[] = [
		{ name: 'Submit, 402', at: 'submit', status: 402 },
		{ name: 'Submit, 403', at: 'submit', status: 403 },
		{ name: 'Submit, 409', at: 'submit', status: 409 },
		{ name: 'Submit, 422', at: 'submit', status: 422 },
		{ name: 'Submit, 429', at: 'submit', status: 429, times: 5 },
		// Never repeated: it could have been accepted.
		{ name: 'Submit, 500', at: 'submit', status: 500 },
	];
	// The upload that is refused must be the first there is.
	return requests.uploadComesLast ? [...others, upload] : [upload, ...others];
}

/** One item of Get each, in this order: the request that may conflict comes after one that is not refused. */
export const GET_REFUSALS: readonly Refusal[] = [
	{ name: 'Get, 403', at: 'fetch', status: 403 },
	{ name: 'Get, 429', at: 'fetch', status: 429, times: 5 },
	{ name: 'Get, 503', at: 'fetch', status: 503, times: 5 },
	{ name: 'Get, 409', at: 'conflict', status: 409 },
];

export type RefusalName = keyof typeof USUAL;

/** What happened, then what to do: the words of message and advice, one after the other. */
const USUAL = {
	'Submit, wrong key': /did not accept the API key.*Check the API key/is,
	'Submit, no credit': /(credit|balance|quota|budget).*Top up/is,
	'Submit, 402': /(credit|balance|quota|budget).*Top up/is,
	'Submit, 403': /does not allow this API key.*Use a key/s,
	'Submit, 409': /another operation is in progress.*Wait until/s,
	'Submit, 413': /larger than .* accepts.*split or compress/s,
	'Submit, 422': /refused the request \(status 422\).*Check/s,
	'Submit, 429': /too many requests.*Send fewer.* at a time/s,
	'Submit, 500': /may or may not have accepted the job.*before you submit the recording again/s,
	'Get, wrong key': /did not accept the API key.*Check the API key/is,
	'Get, unknown ID': /(has no transcript|found nothing|wasn’t found).*Check/s,
	'Get, deleted': /(deleted|has no transcript|found nothing|wasn’t found).*(Check|Submit)/s,
	'Get, 403': /does not allow this API key.*Use a key/s,
	'Get, 409': /another operation is in progress.*Wait until/s,
	'Get, 429': /too many requests.*Send fewer.* at a time/s,
	'Get, 503': /temporarily unavailable.*Try again later/s,
} satisfies Record<string, RegExp>;

/** What the node says about an item that failed. */
export interface Complaint {
	/** What happened. */
	message: string;
	/** What to do. */
	advice: string;
}

/** Lets the service refuse in this order, at once and without asking to wait. */
export function planRefusals(sandbox: Sandbox, { requests, errorBodies = {} }: ProviderProfile, refusals: readonly Refusal[]): void {
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

/** Fails unless a person who never heard of HTTP can act on it. */
export function expectClear(complaint: Complaint | undefined, name: RefusalName, profile: ProviderProfile, service: string): void {
	const text = `${complaint?.message}\n${complaint?.advice}`;
	expect(text).toMatch(profile.says?.[name] ?? USUAL[name]);
	expect(text).toContain(service);
	// Something that was missing in a template, JSON, a stack.
	expect(text).not.toMatch(/undefined|\bnull\b|NaN|\[object/);
	expect(text).not.toMatch(/[{}]|":/);
	expect(text).not.toMatch(/\n\s+at |\.[jt]s:\d/);
}
