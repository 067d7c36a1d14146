import { createHmac, randomUUID } from 'node:crypto';

import type { CallbackOrder, DeliveryPolicy } from '../../callbacks/order';
import { downloadUrls } from './exports';
import { errorOf } from './present';
import type { Entry } from './store';

/**
 * The service only mentions “an HMAC signature header”. The header's name and prefix, the encoding, and the signed
 * content are assumptions.
 */
const SIGNATURE_HEADER = 'X-InstantTranscriber-Signature';

/**
 * The service promises “best-effort and at-least-once” delivery. The numbers, and the rule that only a 2xx
 * stops retries, are assumptions.
 */
const PAUSES_SECONDS = [10, 60, 300, 1800];
const POLICY: DeliveryPolicy = {
	attempts: PAUSES_SECONDS.length + 1,
	pauseSeconds: (attempt) => PAUSES_SECONDS[attempt - 1] ?? 0,
	acknowledgeSeconds: 10,
	endsDelivery: () => false,
};

/**
 * Creates the callback for an ended job. It is documented for a completed job (instanttranscriber.com, Completion callback
 * example) but is an assumption for a failed one.
 * @returns `null` if none was requested
 */
export function endCallback(entry: Entry, baseUrl: string): CallbackOrder | null {
	const { job, params } = entry;
	const { callback_url: url, callback_secret: secret } = params;
	if (url === undefined) return null;
	const links =
		job.status === 'completed' && !entry.isPostProcessing
			? { download_urls: downloadUrls(entry, baseUrl, ['txt', 'srt']) }
			: {};
	const content = { id: job.id, status: job.status, ...links, ...errorOf(entry) };
	const body = JSON.stringify(content);
	return {
		provider: job.provider,
		jobId: job.id,
		kind: 'transcription',
		url,
		build: (change) => ({
			headers: { 'content-type': 'application/json', ...signature(change(body), secret) },
			body: change(body),
		}),
		authHeaders: [SIGNATURE_HEADER],
		alterBody: () => JSON.stringify({ ...content, id: randomUUID() }),
		policy: POLICY,
	};
}

function signature(body: string, secret: string | undefined): Record<string, string> {
	if (secret === undefined) return {};
	return { [SIGNATURE_HEADER]: `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` };
}
