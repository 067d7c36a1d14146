import { LONGEST_CALLBACK_URL } from '../../callback/url';
import type { Provider } from '../provider';
import { callback } from './callback';
import { DISPLAY_NAME, INSTANT_TRANSCRIBER_REGIONS, LANGUAGES, NAME } from './constants';
import { explain } from './errors';
import { EXPORTS, fetchFile, fetchJob, submit } from './job';
import { SUBMIT_OPTIONS } from './options';
import { requestBody } from './request';
const GIB = 1024 ** 3;
/**
 * InstantTranscriber. It publishes no reference, only pages that describe the product (instanttranscriber.com, “API”,
 * “Transcription webhooks”, “SRT and VTT export”). What these say is built to the letter; what they leave open can be
 * set in the credential or is read tolerantly. Neither a list of transcripts nor deleting one is mentioned.
 */
export const instantTranscriber: Provider = {
	name: NAME,
	displayName: DISPLAY_NAME,
	credentialType: 'instantTranscriberTranscriptionApi',
	regions: INSTANT_TRANSCRIBER_REGIONS,
	// Of the API plan; the free plan refuses at 50 MiB with an explanation of its own.
	limits: () => ({ uploadBytes: GIB, callbackUrlLength: LONGEST_CALLBACK_URL }),
	ui: {
		models: [],
		languages: LANGUAGES,
		submitOptions: SUBMIT_OPTIONS,
		extraEvents: [],
		triggerNotice:
			'Nothing to set up at InstantTranscriber: <b>Submit</b> hands it this trigger’s URL with every job. Publish the workflow, then run Submit on this canvas.',
	},
	echoesCallbackUrl: false,
	explain,
	planSubmit(options, settings) {
		const body = requestBody(options, settings);
		return async (api, source, target) => await submit(api, body, source, target);
	},
	callback,
	fetchJob: async (api, id) => await fetchJob(api, NAME, id),
	serviceFiles: {
		formats: EXPORTS.map(({ name, value }) => ({ name, value })),
		description: 'Files that InstantTranscriber made of the transcript. It does not say which of them it makes for every job.',
		fetch: async (api, id, format) => await fetchFile(api, NAME, id, format),
	},
};
