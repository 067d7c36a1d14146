import type { Sandbox } from '../../../sandbox';
import type { RunningN8n } from '../../../tools/n8n';
import type { Service, Receiver } from './receivers';

const AT_ONCE = 16;
const SAMPLE = 'thank-you.wav';

interface Wanted {
	sandbox: Sandbox;
	service: Service;
	/** The receiver of the jobs' callbacks. */
	receiver: Receiver;
	n8n: RunningN8n;
	count: number;
	/** Whether the jobs must exist at the service and be completed. If false, only their IDs are needed. */
	real: boolean;
}

/** Returns the IDs of new jobs whose callbacks haven't been sent yet. */
export async function jobsFor({ sandbox, service, receiver, n8n, count, real }: Wanted): Promise<string[]> {
	if (!real) return Array.from({ length: count }, () => crypto.randomUUID());
	const submit = async (): Promise<string> => {
		const response = await fetch(`${service.baseUrl}/v2/transcript`, {
			method: 'POST',
			headers: { authorization: service.account.apiKey, 'content-type': 'application/json' },
			body: JSON.stringify({
				audio_url: `${sandbox.origin}/samples/${SAMPLE}`,
				speech_models: ['universal-2'],
				webhook_url: `${n8n.url}/${receiver.path}`,
			}),
		});
		if (!response.ok) throw new Error(`The sandbox accepted no job: ${response.status} ${await response.text()}`);
		return ((await response.json()) as { id: string }).id;
	};
	const ids: string[] = [];
	while (ids.length < count) {
		const batch = Array.from({ length: Math.min(AT_ONCE, count - ids.length) }, submit);
		ids.push(...(await Promise.all(batch)));
	}
	await sandbox.jobs.settled();
	return ids;
}
