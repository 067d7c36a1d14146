import { LONGEST_CALLBACK_URL } from '../../callback/url';
import { readText } from '../../core/optionReaders';
import type { Provider } from '../provider';
import { callback } from './callback';
import { isManual } from './credential';
import { DISPLAY_NAME, ELEVENLABS_REGIONS, LANGUAGES, MODELS, NAME } from './constants';
import { explain } from './errors';
import { fetchJob, removeTranscript, serviceFiles, submit } from './job';
import { SUBMIT_OPTIONS } from './options';
import { isLoggingEnabled, requestForm } from './request';
import { registration } from './callback/registration';

/** ElevenLabs, Speech to Text. Source unless noted otherwise: OpenAPI (August 2026). */
export const elevenLabs: Provider = {
	name: NAME,
	displayName: DISPLAY_NAME,
	credentialType: 'elevenLabsTranscriptionApi',
	regions: ELEVENLABS_REGIONS,
	// The `file` field of `POST /v1/speech-to-text` accepts less than 5.0 GB.
	// ElevenLabs docs, “Models”, Concurrency and priority: 8 speech-to-text requests on the free plan.
	limits: () => ({ uploadBytes: 5_000_000_000, callbackUrlLength: LONGEST_CALLBACK_URL, concurrentJobs: 8 }),
	// Guide “Asynchronous Speech to Text”. The user enters the URL of a webhook that is set up manually.
	callbackUrlRequirements: (settings) => (isManual(settings) ? undefined : { https: true }),
	ui: {
		models: MODELS,
		languages: LANGUAGES,
		submitOptions: SUBMIT_OPTIONS,
		extraEvents: [],
		triggerNotice:
			'ElevenLabs sends callbacks to <b>workspace webhooks</b>. Publishing the workflow registers this trigger’s production URL as one, which requires a key that can manage webhooks. Alternatively, create the webhook in the ElevenLabs dashboard and set <b>Webhook Setup</b> in the credential to Manual.',
	},
	echoesCallbackUrl: false,
	// A transcription and its request have different IDs, and callbacks may contain only the request's ID.
	hasSeveralIds: true,
	explain,
	planSubmit(options) {
		const request = {
			form: requestForm(options),
			storesTranscript: isLoggingEnabled(options),
			webhookId: readText(options.webhookId),
		};
		return async (api, source, target) => await submit(api, request, source, target);
	},
	callback,
	registration,
	fetchJob,
	// `GET /v1/speech-to-text/transcripts/{transcription_id}` only finds finished transcripts.
	notFoundUntilDone: true,
	serviceFiles,
	deletion: {
		choices: [
			{ name: 'Transcript', value: 'transcript', description: 'Delete the transcript. It can’t be fetched again.' },
		],
		description: 'The data to permanently delete from ElevenLabs after the transcript has been fetched',
		remove: removeTranscript,
	},
};
