import { LONGEST_CALLBACK_URL } from '../../callback/url';
import type { ProviderApi } from '../../http/api';
import { textOf } from '../optionValues';
import { refuseOtherJob } from '../otherJob';
import {
	type AudioSource,
	type CallbackTarget,
	type FetchedJob,
	inputError,
	type Provider,
	type SubmittedJob,
} from '../provider';
import { submittedJob } from '../submittedJob';
import { targetSecrets } from '../targetSecrets';
import { callback } from './callback';
import { LANGUAGES, MODELS } from './choices';
import { explain, unlessGone } from './explain';
import { fetchTranscript, transcriptPath } from './fetch';
import { serviceFiles } from './files';
import { DISPLAY_NAME, NAME } from './names';
import { SUBMIT_OPTIONS } from './options';
import { ELEVENLABS_REGIONS } from './regions';
import { type FormField, loggingOf, requestForm } from './requestForm';
import { toTranscript } from './transcript';
import { webhookMetadata } from './webhookMetadata';
import { registration, webhookIdFor } from './webhooks';

/** ElevenLabs, Speech to Text. Source unless said otherwise: OpenAPI (August 2026). */
export const elevenLabs: Provider = {
	name: NAME,
	displayName: DISPLAY_NAME,
	credentialType: 'elevenLabsTranscriptionApi',
	regions: ELEVENLABS_REGIONS,
	// `file` of `POST /v1/speech-to-text`: less than 5.0 GB.
	limits: () => ({ uploadBytes: 5_000_000_000, callbackUrlLength: LONGEST_CALLBACK_URL }),
	models: MODELS,
	languages: LANGUAGES,
	submitOptions: SUBMIT_OPTIONS,
	extraEvents: [],
	echoesCallbackUrl: false,
	triggerNotice:
		'ElevenLabs sends callbacks to <b>webhooks of the workspace</b>. Publishing the workflow registers this trigger’s production URL there, which needs a key that may manage webhooks; or make the webhook by hand and say so in the credential (Webhook Setup).',
	explain,
	planSubmit(options) {
		const plan = { form: requestForm(options), mayKeep: loggingOf(options), webhookId: textOf(options.webhookId) };
		return async (api, source, target) => await submit(api, plan, source, target);
	},
	callback,
	registration,
	fetchJob,
	// `GET /v1/speech-to-text/transcripts/{transcription_id}` knows no state but that the transcript is there.
	hidesUnfinished: () => true,
	serviceFiles,
	deletion: {
		choices: [{ name: 'Transcript', value: 'transcript', description: 'It cannot be fetched again' }],
		description: 'Remove from ElevenLabs what this node has fetched',
		remove: removeTranscript,
	},
};

interface Plan {
	form: readonly FormField[];
	mayKeep: boolean;
	webhookId: string | undefined;
}

async function submit(
	api: ProviderApi,
	{ form, mayKeep, webhookId }: Plan,
	source: AudioSource,
	target: CallbackTarget | undefined,
): Promise<SubmittedJob> {
	if (!mayKeep && !target) {
		throw inputError(
			'“Enable Logging” is off and “Callback” is None: nobody would ever get the transcript',
			'Without logging ElevenLabs keeps nothing that could be fetched. Choose a callback, or remove “Enable Logging”. Nothing was submitted.',
		);
	}
	const fields: FormField[] = [
		...form,
		...('url' in source ? [['source_url', source.url] as const] : []),
		...(await webhookFields(api, webhookId, target)),
	];
	const { body } = await api.request({
		method: 'POST',
		path: '/v1/speech-to-text',
		...(!mayKeep && { query: { enable_logging: false } }),
		multipart: { fields, ...('file' in source && { file: { field: 'file', source: source.file } }) },
		repeat: 'onlyIfRefused',
		secrets: targetSecrets(target),
	});
	// `SpeechToTextWebhookResponseModel`: the ID of the transcript may be missing.
	return submittedJob(DISPLAY_NAME, body, ['transcription_id', 'request_id'], () => 'queued');
}

/**
 * Also where nobody waits for a callback: without `webhook` the request stays open until the transcript is there, which
 * may be hours. Such a job is announced at webhooks of the workspace as well, but without our metadata, so that triggers
 * leave the event aside.
 */
async function webhookFields(
	api: ProviderApi,
	given: string | undefined,
	target: CallbackTarget | undefined,
): Promise<FormField[]> {
	const metadata = target && webhookMetadata(target.url);
	const id = given ?? (target && (await webhookIdFor(api, target)));
	return [
		['webhook', 'true'],
		...(id === undefined ? [] : [['webhook_id', id] as const]),
		...(metadata === undefined ? [] : [['webhook_metadata', metadata] as const]),
	];
}

async function fetchJob(api: ProviderApi, id: string): Promise<FetchedJob> {
	const { given, body } = await fetchTranscript(api, id);
	refuseOtherJob(DISPLAY_NAME, id, body, ['transcription_id']);
	return { transcript: toTranscript(NAME, id, given, body) };
}

async function removeTranscript(api: ProviderApi, id: string): Promise<void> {
	await api.request({ method: 'DELETE', path: transcriptPath(id), repeat: 'safe', expect: 'nothing' }).catch(unlessGone);
}
