import { DISPLAY_NAME } from '../constants';
import { parseResponse } from '../../../http/response';
import type { ProviderApi } from '../../../http/api';
import { ServiceError } from '../../../http/errors';
import { safeId } from '../../../http/safeId';
import { assertSameJob } from '../../common/otherJob';
import type { FetchedJob } from '../../provider';
import { DELETED_AUDIO_URL, type ProviderTranscript, toTranscript, transcriptSchema } from '../transcript';

/** Source: AssemblyAI OpenAPI 1.3.4, `GET /v2/transcript/{id}`; docs, “Webhooks”, “Webhook status code”. */
export async function fetchJob(api: ProviderApi, id: string): Promise<FetchedJob> {
	const { given, body } = await fetchGiven(api, id);
	return {
		transcript: toTranscript(given, body),
		...(given.webhook_url && { callbackUrl: given.webhook_url }),
		...(given.webhook_status_code !== undefined && { callbackStatus: given.webhook_status_code }),
	};
}

/**
 * The transcript as AssemblyAI gives it, read and as it came.
 * @throws ServiceRefusal also where it was deleted, since AssemblyAI goes on answering with an empty shell
 */
export async function fetchGiven(
	api: ProviderApi,
	id: string,
): Promise<{ given: ProviderTranscript; body: unknown }> {
	const { body } = await api.request({ method: 'GET', path: `/v2/transcript/${safeId(id)}`, idempotent: true });
	assertSameJob(DISPLAY_NAME, id, body, ['id']);
	const given = parseResponse(DISPLAY_NAME, transcriptSchema, body);
	if (given.audio_url !== DELETED_AUDIO_URL) return { given, body };
	throw new ServiceError({
		message: `The transcript ${id} was deleted at AssemblyAI`,
		description: 'Its text is gone for good. Submit the recording again if you still need it.',
		isNotFound: true,
	});
}
