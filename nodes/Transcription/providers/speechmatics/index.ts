import type { IDataObject } from 'n8n-workflow';
import { sign } from '../../callback/headerSecret';
import { redactSecrets } from '../../callback/redact';
import { LONGEST_CALLBACK_URL } from '../../callback/url';
import { yieldThread } from '../../core/yieldThread';
import { readAnswer } from '../../http/answer';
import type { ProviderApi } from '../../http/api';
import { ServiceRefusal } from '../../http/refusal';
import { safeId } from '../../http/safeId';
import { refuseOtherJob } from '../otherJob';
import type {
	AudioSource,
	CallbackTarget,
	Deletion,
	FetchedJob,
	Provider,
	ServiceFile,
	ServiceFiles,
	SubmittedJob,
} from '../provider';
import { submittedJob } from '../submittedJob';
import { targetSecrets } from '../targetSecrets';
import { callback, NAME } from './callback';
import { LANGUAGES, MODELS } from './choices';
import { explain } from './explain';
import { headersIn, isGone, jobAnswer, jobOf, toStatus } from './job';
import { jobConfig } from './jobConfig';
import { listing } from './listing';
import { DISPLAY_NAME } from './names';
import { SUBMIT_OPTIONS } from './options';
import { SPEECHMATICS_REGIONS } from './regions';
import { toTranscript, transcriptSchema } from './transcript';

/** Source: Speechmatics OpenAPI 2.0.0, `GET /jobs/{jobid}/transcript`, `format`; docs, “Output”. */
const serviceFiles: ServiceFiles = {
	formats: [
		{ name: 'SRT', value: 'srt', description: 'Subtitles' },
		{ name: 'TXT', value: 'txt', description: 'Text with the speakers, where they were told apart' },
	],
	description: 'Files that Speechmatics makes of the transcript, as binary fields service_srt and service_txt',
	fetch: fetchFile,
};

/** Source: Speechmatics OpenAPI 2.0.0, `DELETE /jobs/{jobid}`: “remove all associated resources”. */
const deletion: Deletion = {
	choices: [{ name: 'Recording and Transcript', value: 'everything', description: 'The job with all that belongs to it' }],
	description:
		'What Speechmatics shall not keep any longer. Without this option it keeps the recording and the transcript for seven days.',
	remove,
};

/** Speechmatics, batch transcription. Source unless said otherwise: Speechmatics OpenAPI 2.0.0 (ASR REST API). */
export const speechmatics: Provider = {
	name: NAME,
	displayName: DISPLAY_NAME,
	credentialType: 'speechmaticsTranscriptionApi',
	regions: SPEECHMATICS_REGIONS,
	// Speechmatics docs, “Limits”, File size limits: less than 1 GB; larger ones by URL.
	limits: () => ({ uploadBytes: 999_999_999, callbackUrlLength: LONGEST_CALLBACK_URL }),
	models: MODELS,
	languages: LANGUAGES,
	submitOptions: SUBMIT_OPTIONS,
	extraEvents: [],
	// `JobDetails`: `config` is part of the answer for a single job.
	echoesCallbackUrl: true,
	triggerNotice:
		'Nothing to set up at Speechmatics: <b>Submit</b> hands it this trigger’s URL with every job. Publish the workflow, then run Submit on this canvas.',
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

async function submit(
	api: ProviderApi,
	config: IDataObject,
	source: AudioSource,
	target: CallbackTarget | undefined,
): Promise<SubmittedJob> {
	const complete = {
		...config,
		...('url' in source && { fetch_data: { url: source.url } }),
		...(target && { notification_config: [notificationTo(target)] }),
	};
	const { body } = await api.request({
		method: 'POST',
		path: '/v2/jobs',
		multipart: {
			fields: [['config', JSON.stringify(complete)]],
			...('file' in source && { file: { field: 'data_file', source: source.file } }),
		},
		repeat: 'onlyIfRefused',
		secrets: targetSecrets(target),
	});
	return submittedJob(DISPLAY_NAME, body, ['id'], toStatus);
}

/**
 * Source: Speechmatics docs, “Notifications”. Of the contents only the job: without any the body would be empty, and
 * the transcript is fetched. A header is written as in HTTP, “Name: value”.
 */
function notificationTo({ url, secret }: CallbackTarget): IDataObject {
	const headers = Object.entries(sign(secret)).map(([name, value]) => `${name}: ${value}`);
	return { url, contents: ['jobinfo'], method: 'post', auth_headers: headers };
}

async function fetchJob(api: ProviderApi, id: string): Promise<FetchedJob> {
	const { body } = await api.request({ method: 'GET', path: `/v2/jobs/${safeId(id)}`, repeat: 'safe' });
	refuseOtherJob(DISPLAY_NAME, id, body, ['job.id']);
	const { job } = readAnswer(DISPLAY_NAME, jobAnswer, body);
	if (isGone(job)) {
		throw new ServiceRefusal({
			message: `Speechmatics no longer has the transcript ${id} (${job.status})`,
			description: 'It deletes jobs after seven days, or earlier where somebody asked for it. Submit the recording again if you still need it.',
			gone: true,
		});
	}
	const isDone = toStatus(job.status) === 'completed';
	const raw = isDone ? await transcriptOf(api, id) : redactSecrets(body, headersIn(job));
	const given = isDone ? readAnswer(DISPLAY_NAME, transcriptSchema, raw) : undefined;
	await yieldThread();
	return jobOf(job, toTranscript(NAME, job, given, raw));
}

async function transcriptOf(api: ProviderApi, id: string): Promise<unknown> {
	const path = `/v2/jobs/${safeId(id)}/transcript`;
	const { body } = await api.request({ method: 'GET', path, query: { format: 'json-v2' }, repeat: 'safe' });
	refuseOtherJob(DISPLAY_NAME, id, body, ['job.id']);
	return body;
}

async function fetchFile(api: ProviderApi, id: string, format: string): Promise<ServiceFile> {
	const path = `/v2/jobs/${safeId(id)}/transcript`;
	const { body } = await api.request({ method: 'GET', path, query: { format }, repeat: 'safe', expect: 'binary' });
	return { content: body as Buffer, mimeType: format === 'srt' ? 'application/x-subrip' : 'text/plain', extension: format };
}

async function remove(api: ProviderApi, id: string): Promise<void> {
	await api.request({ method: 'DELETE', path: `/v2/jobs/${safeId(id)}`, expect: 'nothing', repeat: 'safe' }).catch(unlessGone);
}

function unlessGone(error: unknown): void {
	if (!(error instanceof ServiceRefusal && error.gone)) throw error;
}
