import { remove } from './job/delete';
import { LONGEST_CALLBACK_URL } from '../../callback/url';
import type { Limits, Provider } from '../provider';
import { callback } from './callback';
import { DISPLAY_NAME, FOR_LARGER_STT_FILES, LANGUAGES, NAME, SCRIPTIX_REGIONS } from './constants';
import { explain } from './errors';
import { fetchJob } from './job/fetch';
import { serviceFiles } from './job/files';
import { listing } from './job/list';
import { SUBMIT_OPTIONS } from './options';
import { type Generation, generationOf } from './credential';
import { planSubmit } from './job/submit';

/**
 * Sources: docs.scriptix.io, Batch, “Overview”, File Size Limits: 500 MB, which may be decimal or binary, so files
 * between the two sizes are left for the service to accept or reject; Core APIs, “Upload URL”: max_file_size.
 */
const UPLOAD_LIMITS: Record<Generation, Pick<Limits, 'uploadBytes' | 'forLargerFiles'>> = {
	stt: {
		uploadBytes: 524_288_000,
		forLargerFiles: FOR_LARGER_STT_FILES,
	},
	sessions: { uploadBytes: 5_368_709_120 },
};

/**
 * Scriptix, batch transcription, in two generations of its API (see `credential.ts`). Scriptix has neither an SDK nor a
 * machine-readable specification. Where its docs contradict each other, all documented variants are accepted.
 */
export const scriptix: Provider = {
	name: NAME,
	displayName: DISPLAY_NAME,
	credentialType: 'scriptixTranscriptionApi',
	regions: SCRIPTIX_REGIONS,
	limits: (settings) => ({ ...UPLOAD_LIMITS[generationOf(settings)], callbackUrlLength: LONGEST_CALLBACK_URL }),
	// docs.scriptix.io, Batch, “Webhooks”, Callback URL Requirements.
	callbackUrlRequirements: () => ({ https: true, hostName: true }),
	ui: {
		models: [],
		languages: LANGUAGES,
		submitOptions: SUBMIT_OPTIONS,
		extraEvents: [],
		triggerNotice:
			'<b>Submit</b> sends this trigger’s URL to Scriptix with every job. Publish the workflow, then run Submit on this canvas. The URL must start with https:// and have a public host name. If the credential is set to Sessions, Scriptix doesn’t announce failed jobs: use <b>Get</b> to see the error.',
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
};
