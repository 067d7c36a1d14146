import { setTimeout as sleep } from 'node:timers/promises';

async function responds(url: string, json: boolean): Promise<boolean> {
	try {
		// A later request could use an idle connection that n8n has just closed.
		const response = await fetch(url, { headers: { connection: 'close' }, signal: AbortSignal.timeout(5_000) });
		if (!response.ok) return false;
		const body = await response.text();
		return !json || (JSON.parse(body) as { data?: unknown }).data !== undefined;
	} catch {
		// A failed connection or invalid JSON means that n8n is still starting.
		return false;
	}
}

/**
 * Waits until n8n accepts requests. /healthz isn't sufficient, because it responds before the database migrations, and
 * /rest/settings returns the editor's HTML for a while.
 * @param ended rejects if n8n exits
 * @param withEditor false for workers and webhook processors, which have no /rest API
 * @throws Error after `timeoutMs`
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
		while (!(await Promise.race([responds(url + path, json), ended]))) {
			if (Date.now() > deadline) throw new Error(`${url}${path} didn't respond within ${timeoutMs / 1000} s`);
			await Promise.race([sleep(200), ended]);
		}
	}
}
