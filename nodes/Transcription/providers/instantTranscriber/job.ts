import { parseHttpUrl } from '../../core/url';
import type { ApiRequest, ProviderApi } from '../../http/api';
import { ServiceError } from '../../http/errors';
import type { AudioSource, CallbackTarget, Choice, FetchedJob, ServiceFile, SubmittedJob } from '../provider';
import { safeId } from '../../http/safeId';
import { reportedError } from '../../http/errorText';
import { missingTextWarning, warningList } from '../../transcript/completeness';
import { joinWords } from '../../transcript/join';
import { type Transcript, withoutAbsent } from '../../transcript/model';
import { speakersOf } from '../../transcript/speakers';
import { withTimes } from '../../transcript/wordTimes';
import { assertSameJob } from '../common/assertSameJob';
import { optionalPart } from '../common/optionalPart';
import { isFields } from '../common/wordReader';
import { jobIn, toStatus } from './transcript/response';
import { cuesOf } from './transcript/subtitles';
import { readTranscript, type ParsedResponse } from './transcript';
import type { IDataObject } from 'n8n-workflow';
import { submittedJob, targetSecrets } from '../common/submittedJob';
import { DISPLAY_NAME } from './constants';
import { missingResults, rememberRequested, requestedResults, withPostProcessing } from './postProcessing';
import { formFields } from './request';
import { fileFieldName } from './credential';

/**
 * Source: instanttranscriber.com, “Transcription webhooks” (`download_urls` with `txt` and `srt`) and “SRT and VTT
 * export”. The links shown there are on the API's host, outside `/v1`; whether they require the API key isn't documented.
 */
export const EXPORTS: ReadonlyArray<Choice & { mimeType: string }> = [
	{ name: 'SRT Subtitles', value: 'srt', mimeType: 'application/x-subrip' },
	{ name: 'Text', value: 'txt', mimeType: 'text/plain' },
	{ name: 'VTT Subtitles', value: 'vtt', mimeType: 'text/vtt' },
];

/**
 * Follows a download link from the service's response, never one from a callback. The credential is sent only to the
 * service's own origin; links to other origins must be signed.
 * @throws ServiceError
 */
export async function download(
	api: ProviderApi,
	link: string,
	expect: 'text' | 'binary',
	isOptional = false,
): Promise<unknown> {
	const request: ApiRequest = { method: 'GET', ...target(api, link), expect, idempotent: true, isOptional };
	return (await api.request(request)).body;
}

function target(api: ProviderApi, link: string) {
	// A link may be relative.
	const url = URL.canParse(link, `${api.baseUrl}/`) ? new URL(link, `${api.baseUrl}/`) : undefined;
	if (!url || !parseHttpUrl(url.href)) {
		throw new ServiceError({
			message: 'InstantTranscriber returned an invalid download link',
			description: 'Set “Output” to Raw to see it.',
		});
	}
	return url.origin === new URL(api.baseUrl).origin ? { ownUrl: url.href } : { signedUrl: url.href };
}

/**
 * Fetches a job. Source: instanttranscriber.com, “API”: `GET /v1/transcriptions/{id}`.
 * @param announced details from the job's callback, if one arrived
 * @throws ServiceError
 */
export async function fetchJob(
	api: ProviderApi,
	provider: string,
	id: string,
	announced?: Readonly<Record<string, unknown>>,
): Promise<FetchedJob> {
	const parsed = await fetchParsed(api, provider, id);
	const { transcript, callbackUrl, downloadUrls } = parsed;
	const isCompleted = transcript.status === 'completed';
	const lacksText = isCompleted && transcript.text === undefined;
	const complete = lacksText ? await withExports(api, transcript, downloadUrls) : transcript;
	const missing = isCompleted ? missingResults({ ...parsed, transcript: complete }, announced) : undefined;
	return {
		transcript: missing ? { ...complete, warnings: [...(complete.warnings ?? []), missing.warning] } : complete,
		...(missing?.isUnsettled && { isUnsettled: true }),
		...(callbackUrl !== undefined && { callbackUrl }),
	};
}

/** @throws ServiceError, also if the service offers no file in that format */
export async function fetchFile(api: ProviderApi, provider: string, id: string, format: string): Promise<ServiceFile> {
	const { downloadUrls } = await fetchParsed(api, provider, id);
	const link = downloadUrls.get(format);
	const mimeType = EXPORTS.find(({ value }) => value === format)?.mimeType;
	if (link === undefined || mimeType === undefined) {
		const others = [...downloadUrls.keys()].join(', ');
		throw new ServiceError({
			message: `InstantTranscriber has no ${format} file for transcript ${id}`,
			description: others
				? `Available formats: ${others}. Select one of these, or remove the file from the options.`
				: 'The response contains no download links. Remove the file from the options to fetch the transcript without it.',
		});
	}
	const content = (await download(api, link, 'binary')) as Buffer;
	return { content, mimeType, extension: format };
}

async function fetchParsed(
	api: ProviderApi,
	provider: string,
	id: string,
): Promise<ParsedResponse & { response: unknown }> {
	const { body } = await api.request({ method: 'GET', path: `/v1/transcriptions/${safeId(id)}`, idempotent: true });
	if (isFields(body)) assertSameJob('InstantTranscriber', id, jobIn(body), ['id']);
	const reading = readTranscript(provider, id, body);
	if (reading) return { ...reading, response: body };
	const reported = reportedError(body);
	throw new ServiceError({
		message: 'This node can’t read the response from InstantTranscriber',
		description:
			'It contains neither a status nor a transcript. If the credential has a custom Base URL, check that it points to InstantTranscriber; otherwise, update this package.' +
			(reported && ` InstantTranscriber says: ${reported}`),
	});
}

/**
 * Reads text and times from the exports, for responses that only contain links. The files are small. If one of them is
 * missing, the other one is the transcript, with a warning.
 * @throws ServiceError if both are missing, or if trying again may help, see {@link optionalPart}
 */
async function withExports(
	api: ProviderApi,
	transcript: Transcript,
	downloadUrls: ParsedResponse['downloadUrls'],
): Promise<Transcript> {
	const txt = await fetchExport(api, downloadUrls.get('txt'));
	const srt = await fetchExport(api, downloadUrls.get('srt'));
	const text = txt.content === undefined ? undefined : tidy(txt.content);
	const cues = srt.content === undefined ? [] : cuesOf(srt.content);
	const error = txt.error ?? srt.error;
	if (error && text === undefined && cues.length === 0) throw error;
	const gap = missingTextWarning(
		text,
		cues.map((cue) => ({ text: cue.text, kind: 'word' })),
	);
	const utterances = withTimes(cues);
	return withoutAbsent<Transcript>({
		...transcript,
		text: text ?? (utterances.length > 0 ? joinWords(utterances) : undefined),
		warnings: warningList(...(transcript.warnings ?? []), missingExport(txt, srt), gap),
		speakers: speakersOf(utterances),
		utterances: utterances.length > 0 ? utterances : undefined,
	});
}

interface Export {
	/** Absent if the response has no link to the file. */
	content?: string;
	error?: ServiceError;
}

async function fetchExport(api: ProviderApi, link: string | undefined): Promise<Export> {
	if (link === undefined) return {};
	const fetched = await optionalPart(async () => String(await download(api, link, 'text', true)));
	return 'part' in fetched ? { content: fetched.part } : { error: fetched.error };
}

function missingExport(txt: Export, srt: Export): string | undefined {
	if (txt.error) return `The text is taken from the subtitles. ${txt.error.explanation.message}.`;
	if (srt.error) {
		return `The transcript has no times or speakers, because the subtitles couldn’t be downloaded. ${srt.error.explanation.message}.`;
	}
	return undefined;
}

function tidy(text: string): string {
	return text.replace(/^\ufeff/, '').trim();
}

/**
 * The response to a submit isn't documented. The ID may be in `id`, as in the callback, or under another common name,
 * at the top level or in an envelope.
 */
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
	const requested = requestedResults(body);
	const callback = target && {
		callback_url: withPostProcessing(target.url, requested),
		callback_secret: target.secret,
	};
	const fields = { ...body, ...callback };
	const { body: response } = await api.request({
		method: 'POST',
		path: '/v1/transcriptions',
		...('url' in source
			? { json: { file_url: source.url, ...fields } }
			: {
					multipart: { fields: formFields(fields), file: { field: fileFieldName(api.settings), source: source.file } },
				}),
		idempotent: false,
		secrets: targetSecrets(target),
	});
	const job = submittedJob(DISPLAY_NAME, response, ID_PATHS, toStatus);
	rememberRequested(job.id, requested);
	return job;
}
