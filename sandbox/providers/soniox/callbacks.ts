import { randomUUID } from 'node:crypto';

import type { CallbackOrder, DeliveryPolicy } from '../../callbacks/order';
import { statusOf } from './present';
import type { Entry } from './store';

/**
 * The service tries to deliver a callback “multiple times over a short period” (Soniox docs, Webhooks, Failed webhook
 * delivery and retries). The number of attempts, the time limit, and the responses that stop retries aren't documented.
 * The sandbox assumes five attempts with pauses of 2, 4, 8, and 16 seconds, a time limit of ten seconds, and a retry
 * after every unsuccessful response.
 */
const POLICY: DeliveryPolicy = {
	attempts: 5,
	pauseSeconds: (attempt) => 2 ** attempt,
	acknowledgeSeconds: 10,
	endsDelivery: () => false,
};

/** Creates the callback for an ended job (Soniox docs, Webhooks, Handle webhook requests). @returns `null` if none was requested */
export function endedCallback(entry: Entry): CallbackOrder | null {
	const { webhook_url: url, webhook_auth_header_name: name, webhook_auth_header_value: value } = entry.params;
	if (!url) return null;
	const body = { id: entry.job.id, status: statusOf(entry.job) };
	const headers = { 'content-type': 'application/json', ...(name && value ? { [name]: value } : {}) };
	return {
		provider: entry.job.provider,
		jobId: entry.job.id,
		kind: 'transcription',
		url,
		build: (change) => ({ headers, body: change(JSON.stringify(body)) }),
		authHeaders: name ? [name] : [],
		alterBody: () => JSON.stringify({ ...body, id: randomUUID() }),
		policy: POLICY,
		onStatus: (status) => {
			entry.webhookStatus = status;
		},
	};
}
