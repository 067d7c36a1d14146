import { yieldThread } from '../../../core/yieldThread';
import { parseResponse } from '../../../http/response';
import type { ProviderApi } from '../../../http/api';
import { safeId } from '../../../http/safeId';
import { assertSameJob } from '../../common/assertSameJob';
import { missingContent } from '../../common/missingContent';
import type { FetchedJob } from '../../provider';
import { DISPLAY_NAME, NAME } from '../constants';
import { type Content, type State, stateSchema, toStatus, toTranscript, transcriptSchema } from '../transcript';

/**
 * Fetches the state of a job and, if it is completed, its transcript with a second request.
 * Source: Soniox OpenAPI 1.0.0, `GET /v1/transcriptions/{transcription_id}` and `…/transcript`.
 * @throws ServiceError
 */
export async function fetchJob(api: ProviderApi, id: string): Promise<FetchedJob> {
	const { state, raw: transcription } = await fetchState(api, id);
	const transcript = toStatus(state.status) === 'completed' ? await fetchContent(api, id) : undefined;
	return jobOf(state, transcript?.content, { transcription, ...(transcript && { transcript: transcript.raw }) });
}

/** @param content of a completed job, if it was fetched */
export function jobOf(state: State, content: Content | undefined, raw: unknown): FetchedJob {
	return {
		transcript: toTranscript(NAME, state, content, raw),
		...(state.webhook_url && { callbackUrl: state.webhook_url }),
		...(state.webhook_status_code !== undefined && { callbackStatus: state.webhook_status_code }),
	};
}

/** @throws ServiceError */
export async function fetchState(api: ProviderApi, id: string): Promise<{ state: State; raw: unknown }> {
	const { body: raw } = await api.request({
		method: 'GET',
		path: `/v1/transcriptions/${safeId(id)}`,
		idempotent: true,
	});
	assertSameJob(DISPLAY_NAME, id, raw, ['id']);
	return { state: parseResponse(DISPLAY_NAME, stateSchema, raw), raw };
}

async function fetchContent(api: ProviderApi, id: string) {
	const path = `/v1/transcriptions/${safeId(id)}/transcript`;
	const { body: raw } = await api.request({ method: 'GET', path, idempotent: true });
	assertSameJob(DISPLAY_NAME, id, raw, ['id']);
	const content = parseResponse(DISPLAY_NAME, transcriptSchema, raw);
	// Both are required. Source: Soniox OpenAPI 1.0.0, `TranscriptionTranscript`.
	if (content.text === undefined && content.tokens === undefined)
		throw missingContent(DISPLAY_NAME, id, 'Try again later.');
	await yieldThread();
	return { content, raw };
}
