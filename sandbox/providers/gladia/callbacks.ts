import { randomUUID } from 'node:crypto';

import type { CallbackOrder, DeliveryPolicy } from '../../callbacks/order';
import { resultOf } from './results';
import type { Entry } from './store';

/**
 * Retries, time limits, and their order aren't documented: a receiver must return a “2xx within timeout” (Gladia's notes
 * for AI agents, “Delivery and response”). The sandbox assumes five attempts.
 */
const POLICY: DeliveryPolicy = {
	attempts: 5,
	pauseSeconds: (attempt) => 5 * 2 ** attempt,
	acknowledgeSeconds: 10,
	endsDelivery: () => false,
};

/** Creates the callback for an ended job, with the whole result. @returns `null` if none was requested */
export function endedCallback(entry: Entry): CallbackOrder | null {
	const { callback, callback_config: config, custom_metadata: metadata } = entry.params;
	if (!callback || !config) return null;
	return {
		provider: entry.job.provider,
		jobId: entry.job.id,
		kind: 'transcription',
		url: config.url,
		build: (change) => ({
			headers: { 'content-type': 'application/json' },
			body: change(
				JSON.stringify({ id: entry.job.id, ...outcome(entry), ...(metadata && { custom_metadata: metadata }) }),
			),
		}),
		// There is no signature, and no header can be set (Gladia OpenAPI, CallbackConfigDto).
		authHeaders: [],
		alterBody: () => JSON.stringify({ id: randomUUID(), event: 'transcription.success', payload: {} }),
		policy: POLICY,
	};
}

/** Returns the event (Gladia OpenAPI, CallbackTranscriptionSuccessPayload, CallbackTranscriptionErrorPayload). */
function outcome({ job, heard, params, errorCode }: Entry): object {
	return job.status === 'completed' && heard
		? { event: 'transcription.success', payload: resultOf(heard, params) }
		: { event: 'transcription.error', error: { code: errorCode, message: job.errorMessage } };
}
