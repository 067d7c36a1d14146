import { DISPLAY_NAME } from '../constants';
import { parseResponse } from '../../../http/response';
import type { ProviderApi } from '../../../http/api';
import { ServiceError } from '../../../http/errors';
import { safeId } from '../../../http/safeId';
import { assertSameJob } from '../../common/assertSameJob';
import type { FetchedJob } from '../../provider';
import { isDeleted, type ProviderTranscript, toTranscript, transcriptSchema } from '../transcript';

/**
 * Fetches a job. Source: AssemblyAI OpenAPI 1.3.4, `GET /v2/transcript/{id}`; docs, “Webhooks”, “Webhook status code”.
 */
export async function fetchJob(api: ProviderApi, id: string): Promise<FetchedJob> {
	const { response, raw } = await fetchTranscript(api, id);
	return {
		transcript: toTranscript(response, raw),
		...(response.webhook_url && { callbackUrl: response.webhook_url }),
		...(response.webhook_status_code !== undefined && { callbackStatus: response.webhook_status_code }),
	};
}

/**
 * Fetches AssemblyAI's transcript, parsed and raw.
 * @throws ServiceError, including for deleted transcripts, which AssemblyAI returns as an empty shell
 */
export async function fetchTranscript(
	api: ProviderApi,
	id: string,
): Promise<{ response: ProviderTranscript; raw: unknown }> {
	const { body: raw } = await api.request({ method: 'GET', path: `/v2/transcript/${safeId(id)}`, idempotent: true });
	assertSameJob(DISPLAY_NAME, id, raw, ['id']);
	const response = parseResponse(DISPLAY_NAME, transcriptSchema, raw);
	if (!isDeleted(response)) return { response, raw };
	throw new ServiceError({
		message: `Transcript ${id} was deleted from AssemblyAI`,
		description:
			'Its text was deleted permanently, on request or at the end of the account’s retention period (30 days by default). Submit the recording again if you still need it.',
		isNotFound: true,
	});
}
