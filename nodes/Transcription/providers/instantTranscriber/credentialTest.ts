import type { ICredentialTestRequest } from 'n8n-workflow';
import { credentialTest } from '../credentialForm';
import { INSTANT_TRANSCRIBER_REGIONS } from './regions';

/** Belongs to no job. */
const NO_JOB = '00000000-0000-4000-8000-000000000000';

/** With these answers the key was refused, or nothing is known about it. */
const TELLING_NOTHING_GOOD = [401, 403, 429, 500, 502, 503, 504];

const REFUSED =
	'InstantTranscriber did not accept the API key. Check that it was copied completely; it begins with “it_live_”.';

/** Where services say why they refuse a request, and in which words they refuse a key. */
const PLACES = ['error', 'error.code', 'error.type', 'error.status', 'error.message', 'code', 'detail', 'message', 'status', 'statusCode'];
const WORDS = [401, 403, 'unauthorized', 'Unauthorized', 'unauthenticated', 'Unauthenticated', 'forbidden', 'Forbidden']
	.concat(['invalid_api_key', 'invalid_token', 'authentication_error'])
	.concat(['Invalid API key', 'Invalid API key.', 'Invalid token', 'Not authenticated', 'Missing API key']);

const REFUSING_BODIES = PLACES.flatMap((key) =>
	WORDS.map((value) => ({ type: 'responseSuccessBody' as const, properties: { key, value, message: REFUSED } })),
);

/**
 * No documented request is cheap and certain to succeed, so a job that does not exist is asked for: a wrong key is
 * refused before that matters, and any other refusal (404, perhaps 400 or 422) means that the key was accepted.
 *
 * n8n takes every answer outside 2xx for a failed test, unless the request says which ones are none. n8n 2.41 reads
 * the list of exceptions below; n8n 2.8 knows no list and lets every answer pass, the other way round a right key never
 * would. There the body is all that can be judged: how it refuses a key is not documented, so that the usual words for
 * that are looked for in the usual places, and a refusal in other words passes.
 */
export function credentialTestByMissingJob(): ICredentialTestRequest {
	const test = credentialTest(INSTANT_TRANSCRIBER_REGIONS, `/v1/transcriptions/${NO_JOB}`, REFUSED);
	// The types of n8n 2.8 know only a boolean.
	const ignoreHttpStatusErrors = { ignore: true, except: TELLING_NOTHING_GOOD } as unknown as boolean;
	return {
		request: { ...test.request, ignoreHttpStatusErrors },
		// n8n goes through both kinds; its types know lists of one kind.
		rules: [...(test.rules ?? []), ...REFUSING_BODIES] as ICredentialTestRequest['rules'],
	};
}
