import type { Provider } from '../provider';
import { callback } from './callback';
import { DISPLAY_NAME, LANGUAGES, MODELS, NAME, SONIOX_REGIONS } from './constants';
import { deletion } from './job/delete';
import { explain } from './errors';
import { fetchJob } from './job/fetch';
import { listing, listLanguages, listModels } from './job/list';
import { SUBMIT_OPTIONS } from './options';
import { requestBody } from './request';
import { checkSource, submit } from './job/submit';

/** Soniox, asynchronous transcription. Source unless noted otherwise: OpenAPI 1.0.0. */
export const soniox: Provider = {
	name: NAME,
	displayName: DISPLAY_NAME,
	credentialType: 'sonioxTranscriptionApi',
	regions: SONIOX_REGIONS,
	// Soniox Node SDK 2.3.0, `MAX_FILE_SIZE`; OpenAPI, `CreateTranscriptionPayload.webhook_url`.
	limits: () => ({ uploadBytes: 1_073_741_824, callbackUrlLength: 256 }),
	ui: {
		models: MODELS,
		languages: LANGUAGES,
		submitOptions: SUBMIT_OPTIONS,
		extraEvents: [],
		triggerNotice:
			'No setup needed at Soniox: <b>Submit</b> sends this trigger’s URL with every job. Publish the workflow, then run Submit on this canvas.',
	},
	echoesCallbackUrl: true,
	explain,
	planSubmit(options, _settings, planned) {
		checkSource(planned);
		const fields = requestBody(options);
		return async (api, source, target) => await submit(api, fields, source, target);
	},
	callback,
	fetchJob,
	deletion,
	listing,
	listModels,
	listLanguages,
};
