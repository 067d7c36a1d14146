import type { CallbackOrder, DeliveryPolicy } from '../../callbacks/order';
import { presentJob } from './present';
import type { Entry } from './store';

/**
 * A callback is repeated every 30 minutes for 24 hours, until the receiver responds with exactly 200 (Rev AI docs,
 * “Webhooks”; help center, “How do webhooks work?”) or with 410 (help center). The time limit for the response isn't
 * documented.
 */
const POLICY: DeliveryPolicy = {
	attempts: 48,
	pauseSeconds: () => 1800,
	acknowledgeSeconds: 10,
	acknowledges: (status) => status === 200,
	endsDelivery: (status) => status === 410,
};

/** Creates the callback for an ended job. @returns `null` if none was requested */
export function endedCallback(entry: Entry): CallbackOrder | null {
	const { notification_config: target, callback_url: old } = entry.options;
	const url = target?.url ?? old;
	if (url === undefined) return null;
	const headers = { 'content-type': 'application/json', ...target?.auth_headers };
	return {
		provider: entry.job.provider,
		jobId: entry.job.id,
		kind: 'job',
		url,
		build: (change) => ({ headers, body: change(JSON.stringify({ job: presentJob(entry) })) }),
		authHeaders: Object.keys(target?.auth_headers ?? {}),
		alterBody: () => JSON.stringify({ job: { id: 'altered00000', status: 'transcribed' } }),
		policy: POLICY,
	};
}
