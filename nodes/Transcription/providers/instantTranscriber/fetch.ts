import type { ProviderApi } from '../../http/api';
import { ServiceRefusal } from '../../http/refusal';
import { safeId } from '../../http/safeId';
import { type Transcript, type Utterance, withoutAbsent } from '../../transcript/model';
import { speakersOf } from '../../transcript/speakers';
import type { FetchedJob, ServiceFile } from '../provider';
import { download, EXPORTS } from './exports';
import { cuesOf } from './subtitles';
import { readTranscript, type Reading } from './transcript';

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
		throw new ServiceRefusal({
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
	const { body } = await api.request({ method: 'GET', path: `/v1/transcriptions/${safeId(id)}`, repeat: 'safe' });
	const reading = readTranscript(provider, id, body);
	if (reading) return reading;
	throw new ServiceRefusal({
		message: 'InstantTranscriber sent an answer that this node does not understand',
		description: 'It has neither a status nor a transcript. With a custom base URL, check that it leads to the service itself; otherwise update this package.',
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
		if (isExtra && error instanceof ServiceRefusal) return '';
		throw error;
	});
	return cuesOf(String(given));
}

function tidy(text: unknown): string {
	return String(text).replace(/^\ufeff/, '').trim();
}
