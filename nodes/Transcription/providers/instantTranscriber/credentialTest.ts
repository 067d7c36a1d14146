import type { ICredentialTestRequest } from 'n8n-workflow';
import { credentialTest } from '../credentialForm';
import { INSTANT_TRANSCRIBER_REGIONS } from './regions';

/** Belongs to no job. */
const NO_JOB = '00000000-0000-4000-8000-000000000000';

/** With these answers the key was refused, or nothing is known about it. */
const TELLING_NOTHING_GOOD = [401, 403, 429, 500, 502, 503, 504];

/**
 * No documented request is cheap and certain to succeed, so a job that does not exist is asked for: a wrong key is
 * refused before that matters, and any other refusal (404, perhaps 400 or 422) means that the key was accepted.
 *
 * n8n takes every answer outside 2xx for a failed test, unless the request says which ones are none. n8n 2.41 reads
 * the list of exceptions below; n8n 2.8 knows no list and lets every answer pass, so that there the test only tells
 * whether the service can be reached. The other way round a right key would never pass.
 */
export function credentialTestByMissingJob(): ICredentialTestRequest {
	const test = credentialTest(
		INSTANT_TRANSCRIBER_REGIONS,
		`/v1/transcriptions/${NO_JOB}`,
		'InstantTranscriber did not accept the API key. Check that it was copied completely; it begins with “it_live_”.',
	);
	// The types of n8n 2.8 know only a boolean.
	const ignoreHttpStatusErrors = { ignore: true, except: TELLING_NOTHING_GOOD } as unknown as boolean;
	return { ...test, request: { ...test.request, ignoreHttpStatusErrors } };
}
