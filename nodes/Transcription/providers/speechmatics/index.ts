import { DISPLAY_NAME, LANGUAGES, MODELS, NAME, SPEECHMATICS_REGIONS } from './constants';
import { LONGEST_CALLBACK_URL } from '../../callback/url';
import type { Provider } from '../provider';
import { callback } from './callback';
import { explain } from './errors';
import { jobConfig } from './request';
import { deletion, fetchJob, listing, serviceFiles, submit } from './job';
import { SUBMIT_OPTIONS } from './options';

/** Speechmatics, batch transcription. Source unless noted otherwise: Speechmatics OpenAPI 2.0.0 (ASR REST API). */
export const speechmatics: Provider = {
	name: NAME,
	displayName: DISPLAY_NAME,
	credentialType: 'speechmaticsTranscriptionApi',
	regions: SPEECHMATICS_REGIONS,
	// Speechmatics docs, “Limits”, File size limits: less than 1 GB, larger files by URL.
	limits: () => ({ uploadBytes: 999_999_999, callbackUrlLength: LONGEST_CALLBACK_URL }),
	ui: {
		models: MODELS,
		languages: LANGUAGES,
		submitOptions: SUBMIT_OPTIONS,
		extraEvents: [],
		triggerNotice:
			'No setup needed at Speechmatics: <b>Submit</b> sends this trigger’s URL with every job. Publish the workflow, then run Submit on this canvas.',
	},
	// The response for a single job (`JobDetails`) includes `config`.
	echoesCallbackUrl: true,
	explain,
	planSubmit(options) {
		const config = jobConfig(options);
		return async (api, source, target) => await submit(api, config, source, target);
	},
	callback,
	fetchJob,
	serviceFiles,
	deletion,
	listing,
};
