import { createHmac, randomUUID } from 'node:crypto';

import type { CallbackOrder, DeliveryPolicy } from '../../callbacks/order';
import { languageOf, statusOf } from './present';
import type { Entry } from './store';

/** Returns the secret that Scriptix uses to sign an account's callbacks. How customers get it isn't documented. */
export function signingSecret(account: string): string {
	return account === 'main' ? 'sandbox-scriptix-webhook-secret' : `sandbox-scriptix-${account}-webhook-secret`;
}

/**
 * Three retries after 1, 5, and 15 minutes unless the status is 200, with a time limit of 30 seconds per response
 * (docs.scriptix.io, Webhooks - Batch API).
 */
const STT_POLICY: DeliveryPolicy = { ...policy([60, 300, 900], 30), acknowledges: (status) => status === 200 };

/**
 * Attempts after 0, 1, 3, 8, 23, and 53 minutes until the status is 2xx, with a time limit of 20 seconds per response
 * (docs.scriptix.io, Core APIs, Webhooks).
 */
const SESSIONS_POLICY = policy([60, 120, 300, 900, 1800], 20);

function policy(pauses: number[], acknowledgeSeconds: number): DeliveryPolicy {
	return {
		attempts: pauses.length + 1,
		pauseSeconds: (attempt) => pauses[attempt - 1] ?? 0,
		acknowledgeSeconds,
		endsDelivery: () => false,
	};
}

/**
 * Creates the callback for an ended job.
 * @returns `null` if none was requested, or for a failed session, because Scriptix doesn't send callbacks for those
 */
export function callbackFor(entry: Entry): CallbackOrder | null {
	if (entry.params.webhookUrl === undefined) return null;
	if (entry.generation === 'stt') return sttCallback(entry, entry.params.webhookUrl);
	return entry.job?.status === 'completed' ? sessionCallback(entry, entry.params.webhookUrl) : null;
}

function sttCallback(entry: Entry, url: string): CallbackOrder {
	const data = {
		id: entry.id,
		status: statusOf(entry),
		...(entry.documentId !== null && { document_id: entry.documentId }),
		duration_seconds: entry.heard?.durationSeconds ?? 0,
		language: languageOf(entry),
	};
	const event = { event: `transcription.${statusOf(entry)}`, timestamp: new Date().toISOString(), data };
	const body = JSON.stringify(event);
	const sign = (sent: string) => createHmac('sha256', signingSecret(entry.account)).update(sent).digest('hex');
	return {
		...common(entry, url),
		build: (change) => ({
			headers: { 'content-type': 'application/json', 'x-scriptix-signature': `sha256=${sign(change(body))}` },
			body: change(body),
		}),
		authHeaders: ['x-scriptix-signature'],
		alterBody: () => JSON.stringify({ ...event, data: { ...data, id: `stt_${randomUUID()}` } }),
		policy: STT_POLICY,
	};
}

function sessionCallback(entry: Entry, url: string): CallbackOrder {
	const own = entry.params.webhookHeaders.map((line) => {
		const [name = '', ...value] = line.split(':');
		return [name.trim(), value.join(':').trim()] as const;
	});
	const body = { sessionId: entry.id, zoom_id: entry.id };
	return {
		...common(entry, url),
		build: (change) => ({
			headers: {
				'content-type': 'application/json',
				'x-scriptix-session': entry.id,
				'x-zoom-session': entry.id,
				...Object.fromEntries(own),
			},
			body: change(JSON.stringify(body)),
		}),
		authHeaders: own.map(([name]) => name),
		alterBody: () => JSON.stringify({ ...body, sessionId: randomUUID() }),
		policy: SESSIONS_POLICY,
	};
}

const common = (entry: Entry, url: string) => ({
	provider: entry.job?.provider ?? '',
	jobId: entry.id,
	kind: 'transcription',
	url,
});
