import { LONGEST_CALLBACK_URL } from '../../callback/url';
import { readText } from '../../core/optionReaders';
import {
	type Provider
} from '../provider';
import { callback } from './callback';
import { DISPLAY_NAME, ELEVENLABS_REGIONS, LANGUAGES, MODELS, NAME } from './constants';
import { explain } from './errors';
import { fetchJob, removeTranscript, serviceFiles, submit } from './job';
import { SUBMIT_OPTIONS } from './options';
import { loggingOf, requestForm } from './request';
import { registration } from './callback/registration';
/** ElevenLabs, Speech to Text. Source unless said otherwise: OpenAPI (August 2026). */
export const elevenLabs: Provider = {
	name: NAME,
	displayName: DISPLAY_NAME,
	credentialType: 'elevenLabsTranscriptionApi',
	regions: ELEVENLABS_REGIONS,
	// `file` of `POST /v1/speech-to-text`: less than 5.0 GB.
	limits: () => ({ uploadBytes: 5_000_000_000, callbackUrlLength: LONGEST_CALLBACK_URL }),
	ui: {
		models: MODELS,
		languages: LANGUAGES,
		submitOptions: SUBMIT_OPTIONS,
		extraEvents: [],
		triggerNotice:
			'ElevenLabs sends callbacks to <b>webhooks of the workspace</b>. Publishing the workflow registers this trigger’s production URL there, which needs a key that may manage webhooks; or make the webhook by hand and say so in the credential (Webhook Setup).',
	},
	echoesCallbackUrl: false,
	explain,
	planSubmit(options) {
		const plan = { form: requestForm(options), mayKeep: loggingOf(options), webhookId: readText(options.webhookId) };
		return async (api, source, target) => await submit(api, plan, source, target);
	},
	callback,
	registration,
	fetchJob,
	// `GET /v1/speech-to-text/transcripts/{transcription_id}` knows no state but that the transcript is there.
	notFoundUntilDone: () => true,
	serviceFiles,
	deletion: {
		choices: [{ name: 'Transcript', value: 'transcript', description: 'It cannot be fetched again' }],
		description: 'Remove from ElevenLabs what this node has fetched',
		remove: removeTranscript,
	},
};
