import { setTimeout as sleep } from 'node:timers/promises';

async function answers(url: string, json: boolean): Promise<boolean> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
		if (!response.ok) return false;
		const body = await response.text();
		return !json || (JSON.parse(body) as { data?: unknown }).data !== undefined;
	} catch {
		// Refused, cut off or not JSON yet: all of it means "not yet" while n8n starts.
		return false;
	}
}

/**
 * Waits until n8n takes requests. /healthz alone is not enough (it answers before the database
 * migrations), and /rest/settings answers with the editor's HTML for a while.
 * @param ended rejects when n8n exits meanwhile
 * @param withEditor false for workers and webhook processors, which have no such interface
 * @throws after `timeoutMs`
 */
export async function waitUntilReady(
	url: string,
	timeoutMs: number,
	ended: Promise<never>,
	{ withEditor = true } = {},
): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	const steps = [
		{ path: '/healthz', json: false },
		{ path: '/healthz/readiness', json: false },
		...(withEditor ? [{ path: '/rest/settings', json: true }] : []),
	];
	for (const { path, json } of steps) {
		while (!(await Promise.race([answers(url + path, json), ended]))) {
			if (Date.now() > deadline) throw new Error(`${url}${path} did not answer within ${timeoutMs / 1000} s`);
			await Promise.race([sleep(200), ended]);
		}
	}
}
