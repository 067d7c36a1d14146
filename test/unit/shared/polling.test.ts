import type { IExecuteFunctions } from 'n8n-workflow';
import { pollUntilDone } from '../../../nodes/Transcription/shared/polling';
import type { FetchedJob, JobPage } from '../../../nodes/Transcription/providers/provider';
import type { Session } from '../../../nodes/Transcription/shared/session';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const running = (id: string): FetchedJob => ({
	transcript: { id, status: 'processing', provider: 'p', eventId: `p:${id}:processing` },
});

/** A service on which jobs never end. Counts the requests for a job's status and for a page of the list. */
function service(listed: (id: string) => boolean) {
	const requests = { byId: 0, pages: 0 };
	const ids: string[] = [];
	const provider = {
		fetchJob: async (_: unknown, id: string) => {
			requests.byId++;
			return running(id);
		},
		listing: {
			async *pages(): AsyncGenerator<JobPage> {
				for (let start = 0; start < ids.length; start += 5) {
					requests.pages++;
					yield {
						jobs: ids
							.slice(start, start + 5)
							.filter(listed)
							.map(running),
					} as JobPage;
				}
			},
		},
	};
	const session = { provider, connection: { settings: {} } } as unknown as Session;
	return { requests, ids, session };
}

const context = { getExecutionCancelSignal: () => undefined } as unknown as IExecuteFunctions;

/** Polls `count` jobs for `seconds`, and returns the number of requests. */
async function poll(count: number, seconds: number, listed: (id: string) => boolean) {
	const { requests, ids, session } = service(listed);
	const deadline = Date.now() + seconds * 1000;
	const jobs = Array.from({ length: count }, (_, index) => ({ id: `job-${index}`, deadline }));
	ids.push(...jobs.map(({ id }) => id));
	const polling = pollUntilDone(context, session, jobs, async (_, result) => result, { justSubmitted: true });
	await jest.advanceTimersByTimeAsync(seconds * 1000);
	expect(await polling).toEqual(jobs.map(() => expect.objectContaining({ timedOut: true })));
	return requests;
}

const bound = (count: number, seconds: number) => count * (11 + Math.ceil(seconds / 30));

describe.each([1, 2, 30, 75, 600, 7200])('a wait of %d seconds', (seconds) => {
	it.each([
		[1, 'by ID'],
		[4, 'by ID'],
		[20, 'all in the list'],
		[20, 'half of them in the list'],
		[20, 'none of them in the list'],
	])('for n = %d jobs, %s, takes at most n × (11 + ⌈T / 30⌉) requests', async (count, how) => {
		const isListed = { 'all in the list': () => true, 'half of them in the list': (id: string) => /[02468]$/.test(id) };
		const { byId, pages } = await poll(count, seconds, isListed[how as keyof typeof isListed] ?? (() => false));
		expect(byId + pages).toBeLessThanOrEqual(bound(count, seconds));
		expect(byId).toBeGreaterThanOrEqual(count);
	});
});
