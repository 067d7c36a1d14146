import type { CallbackMessage, CallbackOrder, DeliveryPolicy } from '../../callbacks/order';
import type { Notification } from './config';
import { jobInfo, presentTranscript } from './present';
import { resultsOf, srt, txt } from './results';
import type { Entry } from './store';

/**
 * Every response except 2xx is retried, including 413. The number of attempts and the pauses are taken from the example
 * in the docs (Speechmatics docs, “Notifications”, Notification web server configuration; Notification failure).
 */
const POLICY: DeliveryPolicy = {
	attempts: 4,
	pauseSeconds: (attempt) => [15, 20, 30][attempt - 1] ?? 30,
	acknowledgeSeconds: 10,
	endsDelivery: () => false,
};

const BOUNDARY = 'sandbox-boundary-7e1f0a';

/** Creates the callbacks for an ended job, one per URL. */
export function callbacksOf(entry: Entry): CallbackOrder[] {
	return (entry.config.notification_config ?? []).map((notification) => orderOf(entry, notification));
}

function orderOf(entry: Entry, { url, contents, auth_headers: given = [] }: Notification): CallbackOrder {
	const { job } = entry;
	const headers = Object.fromEntries(
		given.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
	);
	return {
		provider: job.provider,
		jobId: job.id,
		kind: 'notification',
		url: withJobStatus(url, job.id, job.status === 'failed' ? entry.failure : 'success'),
		build: (change) => {
			const { headers: described, body } = messageOf(entry, contents);
			return { headers: { 'user-agent': 'Speechmatics-API/2.0', ...described, ...headers }, body: change(body) };
		},
		authHeaders: Object.keys(headers),
		alterBody: () => JSON.stringify({ id: 'altered' }),
		policy: POLICY,
	};
}

/** Adds the ID and status to the query (Speechmatics docs, “Notifications”, Accepting the notification). */
function withJobStatus(url: string, id: string, status: string): string {
	const result = new URL(url);
	result.searchParams.append('id', id);
	result.searchParams.append('status', status);
	return result.href;
}

/**
 * Creates the message. A single item is sent as the body. Several items, and the default transcript, are sent as files in a form
 * (Speechmatics docs, “Notifications”, Return MIME types).
 */
function messageOf(entry: Entry, contents: readonly string[] = ['data_file']): CallbackMessage {
	// “In case of an error, only jobinfo will be send back” (Speechmatics docs, “Notifications”, Further notes).
	const items = entry.job.status === 'failed' && contents.length > 0 ? ['jobinfo'] : contents;
	const [only, ...more] = items;
	if (only === undefined) return { headers: {}, body: '' };
	if (more.length === 0 && only !== 'data_file') {
		const { type, body } = itemOf(entry, only);
		return { headers: { 'content-type': type }, body };
	}
	const parts = items.map((name) => {
		const { type, body } = itemOf(entry, name);
		return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`;
	});
	return {
		headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
		body: `${parts.join('')}--${BOUNDARY}--\r\n`,
	};
}

function itemOf(entry: Entry, name: string): { type: string; body: string } {
	const results = entry.heard ? resultsOf(entry.heard, entry.config) : [];
	switch (name) {
		case 'jobinfo':
			return { type: 'application/json', body: JSON.stringify(jobInfo(entry)) };
		case 'transcript.txt':
			return { type: 'text/plain', body: txt(results) };
		case 'transcript.srt':
			return { type: 'text/plain', body: srt(results) };
		case 'data':
		case 'text':
			return { type: 'application/octet-stream', body: 'The sandbox does not send files back.' };
		default:
			return { type: 'application/json', body: JSON.stringify(presentTranscript(entry)) };
	}
}
