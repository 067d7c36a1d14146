import { yieldThread } from '../../../core/yieldThread';
import { parseResponse } from '../../../http/response';
import type { ProviderApi } from '../../../http/api';
import { safeId } from '../../../http/safeId';
import { assertSameJob } from '../../common/otherJob';
import type { FetchedJob } from '../../provider';
import { DISPLAY_NAME, NAME } from '../constants';
import { type Content, type State, stateSchema, toStatus, toTranscript, transcriptSchema } from '../transcript';

/**
 * The state of a job and, where it is completed, its transcript: two requests.
 * Source: Soniox OpenAPI 1.0.0, `GET /v1/transcriptions/{transcription_id}` and `…/transcript`.
 * @throws ServiceRefusal
 */
export async function fetchJob(api: ProviderApi, id: string): Promise<FetchedJob> {
	const { given, body: transcription } = await fetchState(api, id);
	const content = toStatus(given.status) === 'completed' ? await fetchContent(api, id) : undefined;
	return jobOf(given, content?.given, { transcription, ...(content && { transcript: content.body }) });
}

/** @param content of a completed job, where it was asked for */
export function jobOf(given: State, content: Content | undefined, raw: unknown): FetchedJob {
	return {
		transcript: toTranscript(NAME, given, content, raw),
		...(given.webhook_url && { callbackUrl: given.webhook_url }),
		...(given.webhook_status_code !== undefined && { callbackStatus: given.webhook_status_code }),
	};
}

/** @throws ServiceRefusal */
export async function fetchState(api: ProviderApi, id: string): Promise<{ given: State; body: unknown }> {
	const { body } = await api.request({ method: 'GET', path: `/v1/transcriptions/${safeId(id)}`, idempotent: true });
	assertSameJob(DISPLAY_NAME, id, body, ['id']);
	return { given: parseResponse(DISPLAY_NAME, stateSchema, body), body };
}

async function fetchContent(api: ProviderApi, id: string) {
	const path = `/v1/transcriptions/${safeId(id)}/transcript`;
	const { body } = await api.request({ method: 'GET', path, idempotent: true });
	assertSameJob(DISPLAY_NAME, id, body, ['id']);
	const given = parseResponse(DISPLAY_NAME, transcriptSchema, body);
	await yieldThread();
	return { given, body };
}
