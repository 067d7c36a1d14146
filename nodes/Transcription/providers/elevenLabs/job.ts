import { userError } from '../../core/userError';
import { yieldThread } from '../../core/yieldThread';
import { parseResponse } from '../../http/response';
import type { ProviderApi } from '../../http/api';
import { safeId } from '../../http/safeId';
import { DISPLAY_NAME, FORMATS, NAME } from './constants';
import { filesIn, type ProviderTranscript, toTranscript, transcriptSchema } from './transcript';
import { type AudioSource, type CallbackTarget, type FetchedJob, type ServiceFile, type ServiceFiles, type SubmittedJob } from '../provider';
import { assertSameJob } from '../common/otherJob';
import { submittedJob, targetSecrets } from '../common/submittedJob';
import { undefinedIfNotFound } from '../../http/errors';
import { type FormField } from './request';
import { webhookMetadata } from './callback/webhookMetadata';
import { webhookIdFor } from './callback/registration';

/** Source: ElevenLabs OpenAPI, `/v1/speech-to-text/transcripts/{transcription_id}`. */
export function transcriptPath(id: string): string {
	return `/v1/speech-to-text/transcripts/${safeId(id)}`;
}

/** @throws ServiceRefusal where it is not there: not yet, or not any more */
export async function fetchTranscript(api: ProviderApi, id: string): Promise<{ given: ProviderTranscript; body: unknown }> {
	const { body } = await api.request({ method: 'GET', path: transcriptPath(id), idempotent: true });
	const given = parseResponse(DISPLAY_NAME, transcriptSchema, body);
	await yieldThread();
	return { given, body };
}

/** Source: ElevenLabs OpenAPI, `AdditionalFormatResponseModel`: they come with the transcript, if the job asked for them. */
export const serviceFiles: ServiceFiles = {
	formats: FORMATS,
	description: 'Files made by ElevenLabs. It makes only those that were asked for at Submit, in the option Additional Formats.',
	fetch,
};

/** Nothing is asked for: a callback carries them too, and without logging that is the only place where they are. */
async function fetch(_api: ProviderApi, id: string, format: string, raw: unknown): Promise<ServiceFile> {
	const all = filesIn(raw);
	const [file, ...others] = all.filter(({ requested_format }) => requested_format === format);
	if (!file) {
		const there = [...new Set(all.map(({ requested_format }) => requested_format))].join(', ');
		throw userError(
			`ElevenLabs made no ${format} file of the transcript ${id}`,
			`It makes only what was asked for with the job: add the format to “Additional Formats” at Submit. For this transcript there is: ${there || 'nothing'}.`,
		);
	}
	if (others.length > 0) {
		throw userError(
			`ElevenLabs made several ${format} files of the transcript ${id}, one for each channel`,
			'Set “Multichannel Output Style” to Combined at Submit, or find them in the raw output.',
		);
	}
	return {
		content: Buffer.from(file.content, file.is_base64_encoded ? 'base64' : 'utf8'),
		mimeType: file.content_type ?? 'application/octet-stream',
		extension: (file.file_extension ?? format).replace(/^\./, ''),
	};
}

export async function submit(
	api: ProviderApi,
	{ form, mayKeep, webhookId }: Plan,
	source: AudioSource,
	target: CallbackTarget | undefined,
): Promise<SubmittedJob> {
	if (!mayKeep && !target) {
		throw userError(
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
		idempotent: false,
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

export async function fetchJob(api: ProviderApi, id: string): Promise<FetchedJob> {
	const { given, body } = await fetchTranscript(api, id);
	assertSameJob(DISPLAY_NAME, id, body, ['transcription_id']);
	return { transcript: toTranscript(NAME, id, given, body) };
}

export async function removeTranscript(api: ProviderApi, id: string): Promise<void> {
	await undefinedIfNotFound(api.request({ method: 'DELETE', path: transcriptPath(id), idempotent: true, expect: 'nothing' }));
}

export interface Plan {
	form: readonly FormField[];
	mayKeep: boolean;
	webhookId: string | undefined;
}
