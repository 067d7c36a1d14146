import type { Provider } from '../provider';
import { callback } from './callback';
import { DISPLAY_NAME, LANGUAGES, MODELS, NAME, REV_AI_REGIONS } from './constants';
import { explain } from './errors';
import { deletion, fetchJob, listing, MAX_METADATA_LENGTH, serviceFiles, submit } from './job';
import { SUBMIT_OPTIONS } from './options';
import { jobOptions, sourceAuthorization } from './request';

/** Rev AI, asynchronous speech-to-text. Source unless noted otherwise: Rev AI docs, “Asynchronous API reference”. */
export const revAi: Provider = {
	name: NAME,
	displayName: DISPLAY_NAME,
	credentialType: 'revAiTranscriptionApi',
	regions: REV_AI_REGIONS,
	// Rev AI docs, “Submitting media files”: up to 2 GB in a form, and five forms at a time; larger files by URL.
	limits: () => ({ uploadBytes: 2_000_000_000, callbackUrlLength: MAX_METADATA_LENGTH, concurrentUploads: 5 }),
	ui: {
		models: MODELS,
		languages: LANGUAGES,
		submitOptions: SUBMIT_OPTIONS,
		extraEvents: [],
		triggerNotice:
			'No setup needed at Rev AI: <b>Submit</b> sends this trigger’s URL with every job. Publish the workflow, then run Submit on this canvas.',
	},
	// As the job's metadata, see `job.ts`.
	echoesCallbackUrl: true,
	explain,
	planSubmit(options, _settings, plannedSource) {
		const fields = jobOptions(options);
		const authorization = sourceAuthorization(options, plannedSource);
		return async (api, source, target) => await submit(api, fields, source, target, authorization);
	},
	callback,
	fetchJob,
	serviceFiles,
	deletion,
	listing,
};
