import type { Sandbox } from '../../../sandbox';
import type { ProviderProfile, RequestMatch } from '../profiles/profile';

/** Answers with which a service refuses, and what the user has to read then. */

/** A refusal in the sandbox: the status with which a request is answered, once or until the node gives up. */
interface Refusal {
	at: keyof ProviderProfile['requests'];
	status: number;
	/** How often the node asks before it gives up. */
	times: number;
}

const once = (at: Refusal['at'], status: number): Refusal => ({ at, status, times: 1 });
const always = (at: Refusal['at'], status: number): Refusal => ({ at, status, times: 5 });

/** One item each, in this order: the upload comes first, so that it is the first upload which is refused. */
export const SUBMIT_REFUSALS = {
	'Submit, 413': once('upload', 413),
	'Submit, 402': once('submit', 402),
	'Submit, 403': once('submit', 403),
	'Submit, 409': once('submit', 409),
	'Submit, 422': once('submit', 422),
	'Submit, 429': always('submit', 429),
	// Never repeated: it could have been accepted.
	'Submit, 500': once('submit', 500),
} as const satisfies Record<string, Refusal>;

/** One item each, in this order. */
export const GET_REFUSALS = {
	'Get, 403': once('fetch', 403),
	'Get, 409': once('conflict', 409),
	'Get, 429': always('fetch', 429),
	'Get, 503': always('fetch', 503),
} as const satisfies Record<string, Refusal>;

export type RefusalName =
	| keyof typeof SUBMIT_REFUSALS
	| keyof typeof GET_REFUSALS
	| 'Submit, wrong key'
	| 'Submit, no credit'
	| 'Get, wrong key'
	| 'Get, unknown ID'
	| 'Get, deleted';

/** What happened, then what to do: the words of message and advice, one after the other. */
const USUAL: Record<RefusalName, RegExp> = {
	'Submit, wrong key': /did not accept the API key.*Check the API key/s,
	'Submit, no credit': /(credit|balance|quota|budget).*Top up/is,
	'Submit, 402': /(credit|balance|quota|budget).*Top up/is,
	'Submit, 403': /does not allow this API key.*Use a key/s,
	'Submit, 409': /something else is under way.*Wait until/s,
	'Submit, 413': /larger than .* accepts.*split or compress/s,
	'Submit, 422': /refused the request \(status 422\).*Check/s,
	'Submit, 429': /too many requests.*Send fewer at a time/s,
	'Submit, 500': /may or may not have accepted the job.*before you submit the recording again/s,
	'Get, wrong key': /did not accept the API key.*Check the API key/s,
	'Get, unknown ID': /(has no transcript|found nothing).*Check/s,
	'Get, deleted': /(deleted|has no transcript|found nothing).*(Check|Submit)/s,
	'Get, 403': /does not allow this API key.*Use a key/s,
	'Get, 409': /something else is under way.*Wait until/s,
	'Get, 429': /too many requests.*Send fewer at a time/s,
	'Get, 503': /not able to answer.*Try again later/s,
};

/** What the node says about an item that failed. */
export interface Complaint {
	/** What happened. */
	message: string;
	/** What to do. */
	advice: string;
}

/** Lets the service refuse in the order of `refusals`, at once and without asking to wait. */
export function planRefusals(sandbox: Sandbox, { requests, errorBodies = {} }: ProviderProfile, refusals: Record<string, Refusal>): void {
	for (const { at, status, times } of Object.values(refusals)) {
		const match: RequestMatch = requests[at] ?? requests.fetch;
		const body = errorBodies[status];
		sandbox.httpFaults.add({
			kind: 'status',
			status,
			next: times,
			match,
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
