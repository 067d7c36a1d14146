import { ASSEMBLYAI_REGIONS, DISPLAY_NAME, LANGUAGES, MODELS, NAME } from './constants';
import { LONGEST_CALLBACK_URL } from '../../callback/url';
import type { Provider } from '../provider';
import { callback, REDACTED_AUDIO_READY } from './callback';
import { deletion } from './job/delete';
import { explain } from './errors';
import { fetchJob } from './job/fetch';
import { listing } from './job/list';
import { SUBMIT_OPTIONS } from './options';
import { requestBody } from './request';
import { serviceFiles } from './job/files';
import { submit } from './job/submit';

/** AssemblyAI, pre-recorded audio. Source unless noted otherwise: OpenAPI 1.3.4. */
export const assemblyAi: Provider = {
	name: NAME,
	displayName: DISPLAY_NAME,
	credentialType: 'assemblyAiTranscriptionApi',
	regions: ASSEMBLYAI_REGIONS,
	// AssemblyAI docs, “Supported file types”: 2.2 GB by upload, 5 GB by URL.
	limits: () => ({ uploadBytes: 2_200_000_000, callbackUrlLength: LONGEST_CALLBACK_URL }),
	ui: {
		models: MODELS,
		languages: LANGUAGES,
		submitOptions: SUBMIT_OPTIONS,
		extraEvents: [
			{
				name: 'Redacted Audio Ready',
				value: REDACTED_AUDIO_READY,
				description: 'The redacted copy of the recording is ready for download',
			},
		],
		triggerNotice:
			'No setup needed at AssemblyAI: <b>Submit</b> sends this trigger’s URL with every job. Publish the workflow, then run Submit on this canvas.',
	},
	echoesCallbackUrl: true,
	explain,
	planSubmit(options) {
		const body = requestBody(options);
		return async (api, source, target) => await submit(api, body, source, target);
	},
	callback,
	fetchJob,
	serviceFiles,
	deletion,
	listing,
};
