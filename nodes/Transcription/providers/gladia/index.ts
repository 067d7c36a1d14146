import type { Provider } from '../provider';
import { callback } from './callback';
import { DISPLAY_NAME, GLADIA_REGIONS, LANGUAGES, MODELS, NAME } from './constants';
import { explain } from './errors';
import { deletion, fetchJob, listing, MAX_CALLBACK_URL_LENGTH, serviceFiles, submit } from './job';
import { SUBMIT_OPTIONS } from './options';
import { requestBody } from './request';

/** Gladia, pre-recorded transcription. Source unless noted otherwise: Gladia OpenAPI (August 2026), version 2. */
export const gladia: Provider = {
	name: NAME,
	displayName: DISPLAY_NAME,
	credentialType: 'gladiaTranscriptionApi',
	regions: GLADIA_REGIONS,
	// Gladia docs, “Supported files and durations”: up to 1,000 MB, also for URLs.
	limits: () => ({
		uploadBytes: 1_000_000_000,
		forLargerFiles: 'Compress or split the recording. The limit is the same for URLs.',
		callbackUrlLength: MAX_CALLBACK_URL_LENGTH,
		// Gladia docs, “Concurrency and rate limits”: 3 on the free plan.
		concurrentJobs: 3,
	}),
	ui: {
		models: MODELS,
		languages: LANGUAGES,
		submitOptions: SUBMIT_OPTIONS,
		extraEvents: [],
		triggerNotice:
			'No setup needed at Gladia: <b>Submit</b> sends this trigger’s URL with every job. Publish the workflow, then run Submit on this canvas. Accounts with zero data retention aren’t supported, because their transcripts can’t be fetched.',
	},
	// As the job's metadata, see `job.ts`. The documented example of a failed job contains neither metadata nor request.
	echoesCallbackUrl: 'unlessFailed',
	explain,
	planSubmit(options) {
		const fields = requestBody(options);
		return async (api, source, target) => await submit(api, fields, source, target);
	},
	callback,
	fetchJob,
	serviceFiles,
	deletion,
	listing,
};
