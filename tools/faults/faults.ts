import type { CallbackFaultInput, HttpFaultInput, Sandbox } from '../../sandbox';
import type { Service } from './services';
import type { Pipeline } from './workflow';

/** Shares of callbacks and of read requests that are affected by each fault. */
export const SHARES = { lost: 0.1, doubled: 0.2, disordered: 0.1, forged: 0.05, reads: 0.1 } as const;

/** Plans the faults of a campaign in the sandbox. Times are sandbox seconds. */
export function planFaults(sandbox: Sandbox, pipelines: readonly Pipeline[]): void {
	const half = { probability: SHARES.disordered / 2 };
	const callbacks: CallbackFaultInput[] = [
		{ kind: 'lost', probability: SHARES.lost },
		{ kind: 'doubled', copies: 2, gapSeconds: 0, probability: SHARES.doubled / 2 },
		{ kind: 'doubled', copies: 3, gapSeconds: 12, probability: SHARES.doubled / 2 },
		{ kind: 'late', seconds: 40, ...half },
		{ kind: 'reordered', group: 3, withinSeconds: 30, ...half },
		...pipelines.flatMap(forgeries),
	];
	for (const fault of callbacks) sandbox.callbacks.addFault(fault);
	const reads: HttpFaultInput[] = [
		{ kind: 'status', status: 429, retryAfter: 1, probability: SHARES.reads / 2 },
		{ kind: 'status', status: 503, probability: SHARES.reads / 4 },
		{ kind: 'status', status: 500, probability: SHARES.reads / 4 },
	];
	for (const fault of reads) sandbox.httpFaults.add({ ...fault, match: { method: 'GET' } });
}

/** All forgeries of this service's callbacks. Half of them replace the genuine callback. */
function forgeries({ service: { profile }, workflow }: Pipeline): CallbackFaultInput[] {
	const probability = SHARES.forged / (2 * profile.spoilings.length);
	const match = { urlContains: `/webhook/${workflow.id}/` };
	return profile.spoilings.flatMap((forgery) =>
		(['after', 'none'] as const).map((genuine) => ({ kind: 'forged' as const, forgery, genuine, probability, match })),
	);
}

/** n8n's response to a forged request. */
export interface ForgedPost {
	service: string;
	about: string;
	status: number;
}

/**
 * Posts what an attacker who knows only a trigger's URL and a job's ID could send: all forgeries for the service, and
 * one with a truncated body. Requests that fail because n8n isn't running are omitted.
 */
export async function postForged(url: string, { name, profile }: Service, jobId: string): Promise<ForgedPost[]> {
	const damaged = { about: 'a truncated body', body: undefined, headers: {}, query: '' };
	const posts = [...profile.forgeries(jobId), damaged].map(async ({ about, body, headers, query = '' }) => {
		const response = await fetch(url + query, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: body === undefined ? `{"id":"${jobId}","stat` : JSON.stringify(body),
			signal: AbortSignal.timeout(30_000),
		}).catch(() => undefined);
		return response && { service: name, about, status: response.status };
	});
	return (await Promise.all(posts)).filter((post) => post !== undefined);
}
