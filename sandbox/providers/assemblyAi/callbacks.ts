import { randomUUID } from 'node:crypto';

import type { CallbackOrder, DeliveryPolicy } from '../../callbacks/order';
import { statusOf } from './present';
import type { TranscriptEntry } from './store';

/**
 * AssemblyAI makes up to ten attempts, ten seconds apart. The receiver has ten seconds to respond, and any 4xx stops the retries
 * (AssemblyAI docs, Webhooks, Handle webhook deliveries and Failed webhook deliveries).
 */
const POLICY: DeliveryPolicy = {
	attempts: 10,
	pauseSeconds: () => 10,
	acknowledgeSeconds: 10,
	endsDelivery: (status) => status >= 400 && status < 500,
};

/** Creates the callback for an ended job (AssemblyAI API reference, TranscriptReadyNotification). @returns `null` if none was requested */
export function readyCallback(entry: TranscriptEntry): CallbackOrder | null {
	const body = { transcript_id: entry.job.id, status: statusOf(entry.job) };
	const altered = () => JSON.stringify({ ...body, transcript_id: randomUUID() });
	return order(entry, 'transcript', body, altered, (status) => {
		entry.webhookStatus = status;
	});
}

/** Creates the second callback, for redacted audio, which doesn't contain the transcript's ID (AssemblyAI API reference, RedactedAudioNotification). */
export function redactedAudioCallback(entry: TranscriptEntry, redactedUrl: string): CallbackOrder | null {
	const body = { status: 'redacted_audio_ready', redacted_audio_url: redactedUrl };
	const altered = () => JSON.stringify({ ...body, redacted_audio_url: 'http://127.0.0.1:9/forged' });
	return order(entry, 'redacted_audio', body, altered);
}

function order(
	{ job, params }: TranscriptEntry,
	kind: string,
	body: object,
	alterBody: () => string,
	onStatus?: (status: number) => void,
): CallbackOrder | null {
	const { webhook_url: url, webhook_auth_header_name: name, webhook_auth_header_value: value } = params;
	if (url === undefined) return null;
	const headers = { 'content-type': 'application/json', ...(name && value ? { [name]: value } : {}) };
	return {
		provider: job.provider,
		jobId: job.id,
		kind,
		url,
		build: (change) => ({ headers, body: change(JSON.stringify(body)) }),
		authHeaders: name ? [name] : [],
		alterBody,
		policy: POLICY,
		onStatus,
	};
}
