import type { IExecuteFunctions } from 'n8n-workflow';
import { explainStatus, ServiceError } from '../../../nodes/Transcription/http/errors';
import { pollUntilDone } from '../../../nodes/Transcription/shared/polling';
import type { FetchedJob, JobPage, Listing } from '../../../nodes/Transcription/providers/provider';
import type { Session } from '../../../nodes/Transcription/shared/session';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const running = (id: string): FetchedJob => ({
	transcript: { id, status: 'processing', provider: 'p', eventId: `p:${id}:processing` },
});

/** A service on which jobs never end. Counts the requests for a job's status and for a page of the list. */
function service(listed: (id: string) => boolean, listing: Partial<Listing> = {}) {
	const requests = { byId: 0, pages: 0 };
	const ids: string[] = [];
	const provider = {
		fetchJob: async (_: unknown, id: string) => {
			requests.byId++;
			return running(id);
		},
		listing: {
			...listing,
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
async function poll(count: number, seconds: number, listed: (id: string) => boolean, listing?: Partial<Listing>) {
	const { requests, ids, session } = service(listed, listing);
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

it('doesn’t read a list that contains whole transcripts', async () => {
	const { byId, pages } = await poll(20, 600, () => true, { containsTranscripts: true });
	expect(pages).toBe(0);
	expect(byId).toBeLessThanOrEqual(bound(20, 600));
});

describe('a new job that the service doesn’t find', () => {
	const notFound = () => new ServiceError(explainStatus('Service', 404, ''), 404);

	/** Polls a job that isn't found for some seconds, and then completed. */
	async function pollMissing(seconds: number) {
		const foundAt = Date.now() + seconds * 1000;
		const { session } = service(() => false);
		session.provider.fetchJob = async (_, id) => {
			if (Date.now() < foundAt) throw notFound();
			const job = running(id);
			return { ...job, transcript: { ...job.transcript, status: 'completed' } };
		};
		const deadline = Date.now() + 7200_000;
		const polling = pollUntilDone(context, session, [{ id: 'new', deadline }], async (_, result) => result, {
			justSubmitted: true,
		});
		await jest.advanceTimersByTimeAsync(300_000);
		return (await polling)[0];
	}

	it.each([0, 10, 50])('is waited for if that lasts %d seconds', async (seconds) => {
		expect(await pollMissing(seconds)).toEqual({
			job: { transcript: expect.objectContaining({ id: 'new', status: 'completed' }) },
		});
	});

	it('has failed if that lasts longer than a minute', async () => {
		expect(await pollMissing(200)).toEqual({ error: expect.objectContaining({ isNotFound: true }) });
	});
});
