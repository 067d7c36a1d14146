import { createHmac } from 'node:crypto';

import type { CallbackOrder, DeliveryPolicy } from '../../callbacks/order';
import type { Store, TranscriptEntry, Webhook } from './store';
import { presentTranscript } from './transcript';
import { SPEECH_TO_TEXT } from './webhooks';

/**
 * ElevenLabs makes a single attempt, even if retries are enabled: the page “Webhooks” says that only post-call webhooks
 * are retried. “Asynchronous Speech to Text” contradicts this, but receivers can't rely on retries. “Failures are any
 * non-200 codes” (ElevenLabs OpenAPI, most_recent_failure_timestamp). The time limit isn't documented.
 */
const POLICY: DeliveryPolicy = {
	attempts: 1,
	pauseSeconds: () => 0,
	acknowledgeSeconds: 10,
	acknowledges: (status) => status === 200,
	endsDelivery: () => true,
};

/** Creates the callbacks for an ended job, for the requested webhook or for all subscribed ones (ElevenLabs API reference, webhook_id). */
export function callbackOrders(entry: TranscriptEntry, store: Store): CallbackOrder[] {
	const { params, job } = entry;
	if (!params.webhook) return [];
	const all = store.webhooksOf(job.account).filter(({ isDisabled, isAutoDisabled }) => !isDisabled && !isAutoDisabled);
	const chosen =
		params.webhook_id === undefined
			? all.filter(({ events }) => events.includes(SPEECH_TO_TEXT))
			: all.filter(({ id }) => id === params.webhook_id);
	return chosen.map((webhook) => order(entry, webhook));
}

function order(entry: TranscriptEntry, webhook: Webhook): CallbackOrder {
	const hasFailed = entry.job.status !== 'completed';
	const body = JSON.stringify({
		type: hasFailed ? 'speech_to_text_transcription_failed' : 'speech_to_text_transcription',
		event_timestamp: Math.floor(Date.now() / 1000),
		data: dataOf(entry),
	});
	return {
		provider: entry.job.provider,
		jobId: entry.job.id,
		kind: 'transcription',
		url: webhook.url,
		build: (change) => ({
			headers: {
				'content-type': 'application/json',
				...webhook.requestHeaders,
				'ElevenLabs-Signature': signature(webhook.secret, change(body)),
			},
			body: change(body),
		}),
		authHeaders: ['ElevenLabs-Signature', ...Object.keys(webhook.requestHeaders)],
		alterBody: (given) => given.replace(/"text":"/, '"text":"Forged. '),
		policy: POLICY,
		onStatus: (status) => countFailure(webhook, status),
	};
}

/**
 * The number of consecutive failures after which a webhook that has never succeeded is disabled (ElevenLabs docs,
 * Webhooks).
 */
const FAILURES_UNTIL_DISABLED = 10;

/** Updates a webhook's failure count. */
function countFailure(webhook: Webhook, status: number): void {
	if (status === 200) {
		webhook.hasSucceeded = true;
		webhook.consecutiveFailures = 0;
		return;
	}
	webhook.consecutiveFailures += 1;
	webhook.lastFailure = { status, at: new Date() };
	if (webhook.consecutiveFailures >= FAILURES_UNTIL_DISABLED && !webhook.hasSucceeded) webhook.isAutoDisabled = true;
}

function dataOf(entry: TranscriptEntry): Record<string, unknown> {
	const { job, requestId, params } = entry;
	const shared = { request_id: requestId, webhook_metadata: params.webhook_metadata ?? null };
	if (job.status === 'completed') return { ...shared, transcription: presentTranscript(entry) };
	// The callback for a failed job isn't documented. Existing integrations expect this event type, null, and an error object.
	return { ...shared, transcription_id: job.id, transcription: null, error: { message: job.errorMessage } };
}

/** Signs the time and the body as `t=<Unix time>,v0=<HMAC-SHA256 as hex digits>` (ElevenLabs JavaScript SDK, webhooks.constructEvent). */
function signature(secret: string, body: string): string {
	const time = Math.floor(Date.now() / 1000);
	return `t=${time},v0=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}
