import type { IDataObject } from 'n8n-workflow';
import { LONGEST_CALLBACK_URL } from '../../callback/url';
import type { ProviderApi } from '../../http/api';
import type { AudioSource, CallbackTarget, Provider, SubmittedJob } from '../provider';
import { submittedJob } from '../submittedJob';
import { targetSecrets } from '../targetSecrets';
import { callback } from './callback';
import { LANGUAGES } from './choices';
import { explain } from './explain';
import { EXPORTS } from './exports';
import { fetchFile, fetchJob } from './fetch';
import { SUBMIT_OPTIONS } from './options';
import { INSTANT_TRANSCRIBER_REGIONS } from './regions';
import { formFields, requestBody } from './requestBody';
import { fileFieldName } from './settings';
import { toStatus } from './status';

const NAME = 'instantTranscriber';
const DISPLAY_NAME = 'InstantTranscriber';
const GIB = 1024 ** 3;

/** No page shows the answer to a submit: `id`, as in the callback, or another usual name, at the top or in an envelope. */
const ID_PATHS = ['id', 'transcription_id', 'transcript_id', 'job_id'].flatMap((name) => [
	name,
	...['data', 'result', 'transcription', 'job'].map((envelope) => `${envelope}.${name}`),
]);

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
	models: [],
	languages: LANGUAGES,
	submitOptions: SUBMIT_OPTIONS,
	extraEvents: [],
	echoesCallbackUrl: false,
	triggerNotice:
		'Nothing to set up at InstantTranscriber: <b>Submit</b> hands it this trigger’s URL with every job. Publish the workflow, then run Submit on this canvas.',
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

async function submit(
	api: ProviderApi,
	body: IDataObject,
	source: AudioSource,
	target: CallbackTarget | undefined,
): Promise<SubmittedJob> {
	const asked = { ...body, ...(target && { callback_url: target.url, callback_secret: target.secret }) };
	const { body: answer } = await api.request({
		method: 'POST',
		path: '/v1/transcriptions',
		...('url' in source
			? { json: { file_url: source.url, ...asked } }
			: { multipart: { fields: formFields(asked), file: { field: fileFieldName(api.settings), source: source.file } } }),
		repeat: 'onlyIfRefused',
		secrets: targetSecrets(target),
	});
	return submittedJob(DISPLAY_NAME, answer, ID_PATHS, toStatus);
}
