import { createHmac } from 'node:crypto';

import type { CallbackOrder, DeliveryPolicy } from '../../callbacks/order';
import type { Store, TranscriptEntry, Webhook } from './store';
import { presentTranscript } from './transcript';
import { SPEECH_TO_TEXT } from './webhooks';

/** One attempt, because only post-call webhooks are retried (ElevenLabs docs, Webhooks). The time limit isn't documented. */
const POLICY: DeliveryPolicy = {
	attempts: 1,
	pauseSeconds: () => 0,
	acknowledgeSeconds: 10,
	endsDelivery: () => true,
};

/** The callbacks for an ended job: to the requested webhook, or to all subscribed ones (ElevenLabs API reference, webhook_id). */
export function callbackOrders(entry: TranscriptEntry, store: Store): CallbackOrder[] {
	const { params, job } = entry;
	if (!params.webhook) return [];
	const all = store.webhooksOf(job.account).filter(({ isDisabled }) => !isDisabled);
	const chosen =
		params.webhook_id === undefined
			? all.filter(({ events }) => events.includes(SPEECH_TO_TEXT))
			: all.filter(({ id }) => id === params.webhook_id);
	return chosen.map((webhook) => order(entry, webhook));
}

function order(entry: TranscriptEntry, webhook: Webhook): CallbackOrder {
	const body = JSON.stringify({
		type: 'speech_to_text_transcription',
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
	};
}

function dataOf(entry: TranscriptEntry): Record<string, unknown> {
	const { job, requestId, params } = entry;
	const shared = { request_id: requestId, webhook_metadata: params.webhook_metadata ?? null };
	if (job.status === 'completed') return { ...shared, transcription: presentTranscript(entry) };
	// The callback of a failed job isn't documented. The sample code of “Asynchronous Speech to Text” checks for this status.
	return { ...shared, transcription_id: job.id, status: 'failed', error: job.errorMessage };
}

/** `t=<Unix time>,v0=<HMAC-SHA256 as hex digits>` of time and body (ElevenLabs JavaScript SDK, webhooks.constructEvent). */
function signature(secret: string, body: string): string {
	const time = Math.floor(Date.now() / 1000);
	return `t=${time},v0=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}
