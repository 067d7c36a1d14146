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
 * Scriptix, batch transcription, in two generations of its API (see `settings.ts`). There is neither an SDK nor a
 * machine-readable description; where its pages contradict each other, everything they say is understood.
 */
export const scriptix: Provider = {
	name: NAME,
	displayName: DISPLAY_NAME,
	credentialType: 'scriptixTranscriptionApi',
	regions: SCRIPTIX_REGIONS,
	// docs.scriptix.io, Core APIs, “Upload URL”: max_file_size. For the batch upload API no limit is documented: what the
	// other one takes is the most that can be expected, and less is refused by the service itself.
	limits: () => ({ uploadBytes: 5_368_709_120, callbackUrlLength: LONGEST_CALLBACK_URL }),
	ui: {
		models: [],
		languages: LANGUAGES,
		submitOptions: SUBMIT_OPTIONS,
		extraEvents: [],
		triggerNotice:
			'<b>Submit</b> hands Scriptix this trigger’s URL with every job. Publish the workflow, then run Submit on this canvas. Sessions that fail are not announced: <b>Get</b> tells why. For batch upload, enter Scriptix’s signing secret in the credential.',
	},
	echoesCallbackUrl: false,
	explain,
	planSubmit,
	callback,
	fetchJob,
	serviceFiles,
	deletion: {
		choices: [{ name: 'Session', value: 'session', description: 'The session, with what Scriptix keeps under it' }],
		description: 'Removes the session at Scriptix once its transcript is here. Sessions only: the batch upload API has no request for it.',
		remove,
	},
	listing,
	// No page says how to ask for a job of the batch upload API before the document that its callback names is there.
	notFoundUntilDone: (settings) => generationOf(settings) === 'stt',
};
