import { remove } from './job/delete';
import { LONGEST_CALLBACK_URL } from '../../callback/url';
import type { Provider } from '../provider';
import { callback } from './callback';
import { DISPLAY_NAME, LANGUAGES, NAME, SCRIPTIX_REGIONS } from './constants';
import { explain } from './errors';
import { fetchJob } from './job/fetch';
import { serviceFiles } from './job/files';
import { listing } from './job/list';
import { SUBMIT_OPTIONS } from './options';
import { generationOf } from './credential';
import { planSubmit } from './job/submit';

/**
 * Scriptix, batch transcription, in two generations of its API (see `credential.ts`). Scriptix has neither an SDK nor a
 * machine-readable specification. Where its docs contradict each other, all documented variants are accepted.
 */
export const scriptix: Provider = {
	name: NAME,
	displayName: DISPLAY_NAME,
	credentialType: 'scriptixTranscriptionApi',
	regions: SCRIPTIX_REGIONS,
	// docs.scriptix.io, Core APIs, “Upload URL”: max_file_size. The batch upload API has no documented limit, so the same one
	// is used; a lower limit would be enforced by the service.
	limits: () => ({ uploadBytes: 5_368_709_120, callbackUrlLength: LONGEST_CALLBACK_URL }),
	ui: {
		models: [],
		languages: LANGUAGES,
		submitOptions: SUBMIT_OPTIONS,
		extraEvents: [],
		triggerNotice:
			'<b>Submit</b> sends this trigger’s URL to Scriptix with every job. Publish the workflow, then run Submit on this canvas. Scriptix doesn’t announce failed sessions: use <b>Get</b> to see the error. For batch upload, enter Scriptix’s signing secret in the credential.',
	},
	echoesCallbackUrl: false,
	explain,
	planSubmit,
	callback,
	fetchJob,
	serviceFiles,
	deletion: {
		choices: [{ name: 'Session', value: 'session', description: 'Delete the session and all its data' }],
		description:
			'The data to permanently delete from Scriptix after the transcript has been fetched. Sessions only; the batch upload API doesn’t support deletion.',
		remove,
	},
	listing,
	// There is no documented request for a job of the batch upload API before the document named in its callback exists.
	notFoundUntilDone: (settings) => generationOf(settings) === 'stt',
};
