import { z } from 'zod';
import { readAnswer } from '../../http/answer';
import type { ProviderApi } from '../../http/api';
import { safeId } from '../../http/safeId';
import { lenient, lenientList } from '../lenient';
import type { FetchedJob } from '../provider';
import { DISPLAY_NAME, NAME } from './names';
import { type State, stateSchema, toStatus, toTranscript, transcriptSchema } from './transcript';

/**
 * The state of a job and, where it is completed, its transcript: two requests.
 * Source: Soniox OpenAPI 1.0.0, `GET /v1/transcriptions/{transcription_id}` and `…/transcript`.
 * @throws ServiceRefusal
 */
export async function fetchJob(api: ProviderApi, id: string): Promise<FetchedJob> {
	const { given, body: transcription } = await fetchState(api, id);
	const content = toStatus(given.status) === 'completed' ? await fetchContent(api, id) : undefined;
	return {
		transcript: toTranscript(NAME, given, content?.given, {
			transcription,
			...(content && { transcript: content.body }),
		}),
		...(given.webhook_url && { callbackUrl: given.webhook_url }),
		...(given.webhook_status_code !== undefined && { callbackStatus: given.webhook_status_code }),
	};
}

/** @throws ServiceRefusal */
export async function fetchState(api: ProviderApi, id: string): Promise<{ given: State; body: unknown }> {
	const { body } = await api.request({ method: 'GET', path: `/v1/transcriptions/${safeId(id)}`, repeat: 'safe' });
	return { given: readAnswer(DISPLAY_NAME, stateSchema, body), body };
}

async function fetchContent(api: ProviderApi, id: string) {
	const path = `/v1/transcriptions/${safeId(id)}/transcript`;
	const { body } = await api.request({ method: 'GET', path, repeat: 'safe' });
	return { given: readAnswer(DISPLAY_NAME, transcriptSchema, body), body };
}

/** Source: Soniox OpenAPI 1.0.0, `GetTranscriptionsResponse`. */
const listAnswer = z.object({
	transcriptions: z
		.array(z.unknown())
		.pipe(lenientList(z.object({ id: z.string(), status: z.string(), created_at: lenient(z.string()) }))),
	next_page_cursor: lenient(z.string()),
});

const LARGEST_PAGE = 1000;
/** An account has 2,000 transcriptions unless Soniox raised that; a list that goes round in circles must end. */
const MOST_PAGES = 10;

/** The order of the list is not documented, so that all of it has to be seen. */
export async function latestCompleted(api: ProviderApi): Promise<string | undefined> {
	let latest: { id: string; at: number } | undefined;
	let cursor: string | undefined;
	for (let page = 0; page < MOST_PAGES; page++) {
		const { body } = await api.request({
			method: 'GET',
			path: '/v1/transcriptions',
			query: { limit: LARGEST_PAGE, ...(cursor !== undefined && { cursor }) },
			repeat: 'safe',
		});
		const { transcriptions = [], next_page_cursor: next } = readAnswer(DISPLAY_NAME, listAnswer, body);
		for (const { id, status, created_at: createdAt } of transcriptions) {
			if (toStatus(status) !== 'completed') continue;
			const at = Date.parse(createdAt ?? '') || 0;
			if (latest === undefined || at > latest.at) latest = { id, at };
		}
		if (!next) break;
		cursor = next;
	}
	return latest?.id;
}
