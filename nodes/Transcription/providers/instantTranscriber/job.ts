import { parseHttpUrl } from '../../core/url';
import type { ApiRequest, ProviderApi } from '../../http/api';
import { ServiceError } from '../../http/errors';
import type { AudioSource, CallbackTarget, Choice, FetchedJob, ServiceFile, SubmittedJob } from '../provider';
import { safeId } from '../../http/safeId';
import { reportedError } from '../../http/errorText';
import { type Transcript, type Utterance, withoutAbsent } from '../../transcript/model';
import { speakersOf } from '../../transcript/speakers';
import { assertSameJob } from '../common/otherJob';
import { isMembers, jobIn, toStatus } from './transcript/response';
import { cuesOf } from './transcript/subtitles';
import { readTranscript, type Reading } from './transcript';
import type { IDataObject } from 'n8n-workflow';
import { submittedJob, targetSecrets } from '../common/submittedJob';
import { DISPLAY_NAME } from './constants';
import { formFields } from './request';
import { fileFieldName } from './credential';
/**
 * Source: instanttranscriber.com, “Transcription webhooks” (`download_urls` with `txt` and `srt`) and “SRT and VTT
 * export”. The links seen there are on the host of the API, beside `/v1`; whether they want the API key is not said.
 */
export const EXPORTS: ReadonlyArray<Choice & { mimeType: string }> = [
	{ name: 'SRT Subtitles', value: 'srt', mimeType: 'application/x-subrip' },
	{ name: 'Text', value: 'txt', mimeType: 'text/plain' },
	{ name: 'VTT Subtitles', value: 'vtt', mimeType: 'text/vtt' },
];

/**
 * Follows a download link from an answer of the service, never one from a callback: on its own origin with the
 * credential, elsewhere, where a link has to prove itself, without.
 * @throws ServiceRefusal
 */
export async function download(api: ProviderApi, link: string, expect: 'text' | 'binary'): Promise<unknown> {
	const request: ApiRequest = { method: 'GET', ...target(api, link), expect, idempotent: true };
	return (await api.request(request)).body;
}

function target(api: ProviderApi, link: string) {
	// A link may be given without the host.
	const url = URL.canParse(link, `${api.baseUrl}/`) ? new URL(link, `${api.baseUrl}/`) : undefined;
	if (!url || !parseHttpUrl(url.href)) {
		throw new ServiceError({
			message: 'InstantTranscriber gave a download link that is none',
			description: 'Choose Output: Raw to see what it says.',
		});
	}
	return url.origin === new URL(api.baseUrl).origin ? { ownUrl: url.href } : { signedUrl: url.href };
}

/** What is asked of InstantTranscriber about one job. Source: instanttranscriber.com, “API”: `GET /v1/transcriptions/{id}`. */

/** The job is done and paid for, and its answer may be all there is to find the text in: it is put out nevertheless. */
const WITHOUT_TEXT =
	'InstantTranscriber says that the job is completed, but neither a text nor a link to one was found in its answer. Choose Output: Raw to see the answer.';

/** @throws ServiceRefusal */
export async function fetchJob(api: ProviderApi, provider: string, id: string): Promise<FetchedJob> {
	const { transcript, callbackUrl, downloadUrls } = await ask(api, provider, id);
	const isBare = transcript.status === 'completed' && transcript.text === undefined;
	const whole = isBare ? await withExports(api, transcript, downloadUrls) : transcript;
	return {
		transcript: whole,
		...(isBare && whole.text === undefined && { warning: WITHOUT_TEXT }),
		...(callbackUrl !== undefined && { callbackUrl }),
	};
}

/** @throws ServiceRefusal, also where the service names no file of that format */
export async function fetchFile(api: ProviderApi, provider: string, id: string, format: string): Promise<ServiceFile> {
	const { downloadUrls } = await ask(api, provider, id);
	const link = downloadUrls.get(format);
	const mimeType = EXPORTS.find(({ value }) => value === format)?.mimeType;
	if (link === undefined || mimeType === undefined) {
		const others = [...downloadUrls.keys()].join(', ');
		throw new ServiceError({
			message: `InstantTranscriber offers no ${format} file of the transcript ${id}`,
			description: others
				? `It offers: ${others}. Choose one of these, or remove the file from the options.`
				: 'Its answer has no download links. Remove the file from the options; the transcript itself can be fetched without.',
		});
	}
	const content = (await download(api, link, 'binary')) as Buffer;
	return { content, mimeType, extension: format };
}

async function ask(api: ProviderApi, provider: string, id: string): Promise<Reading> {
	const { body } = await api.request({ method: 'GET', path: `/v1/transcriptions/${safeId(id)}`, idempotent: true });
	if (isMembers(body)) assertSameJob('InstantTranscriber', id, jobIn(body), ['id']);
	const reading = readTranscript(provider, id, body);
	if (reading) return reading;
	const reported = reportedError(body);
	throw new ServiceError({
		message: 'InstantTranscriber sent an answer that this node does not understand',
		description:
			'It has neither a status nor a transcript. With a custom base URL, check that it leads to the service itself; otherwise update this package.' +
			(reported && ` InstantTranscriber says: ${reported}`),
	});
}

/**
 * A service that answers with links alone gives the text, and when it is spoken, in its exports. They are small. The
 * text is what was asked for: without it this fails and can be repeated, without times it is put out as it is.
 */
async function withExports(
	api: ProviderApi,
	transcript: Transcript,
	downloadUrls: Reading['downloadUrls'],
): Promise<Transcript> {
	const [txt, srt] = [downloadUrls.get('txt'), downloadUrls.get('srt')];
	const text = txt === undefined ? undefined : tidy(await download(api, txt, 'text'));
	const utterances = srt === undefined ? [] : await cues(api, srt, text !== undefined);
	return withoutAbsent<Transcript>({
		...transcript,
		text: text ?? (utterances.length > 0 ? utterances.map((cue) => cue.text).join(' ') : undefined),
		speakers: speakersOf(utterances),
		utterances: utterances.length > 0 ? utterances : undefined,
	});
}

async function cues(api: ProviderApi, link: string, isExtra: boolean): Promise<Utterance[]> {
	const given = await download(api, link, 'text').catch((error: unknown) => {
		if (isExtra && error instanceof ServiceError) return '';
		throw error;
	});
	return cuesOf(String(given));
}

function tidy(text: unknown): string {
	return String(text).replace(/^\ufeff/, '').trim();
}

/** No page shows the answer to a submit: `id`, as in the callback, or another usual name, at the top or in an envelope. */
const ID_PATHS = ['id', 'transcription_id', 'transcript_id', 'job_id'].flatMap((name) => [
	name,
	...['data', 'result', 'transcription', 'job'].map((envelope) => `${envelope}.${name}`),
]);

export async function submit(
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
		idempotent: false,
		secrets: targetSecrets(target),
	});
	return submittedJob(DISPLAY_NAME, answer, ID_PATHS, toStatus);
}
