import { initialPoll } from '../../../../nodes/Transcription/operations/submitAndWait/pollJobs';
import type { WaitingJob } from '../../../../nodes/Transcription/operations/submitAndWait/waitingItems';
import type { Session } from '../../../../nodes/Transcription/shared/session';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const JOBS: WaitingJob[] = [{ id: 'j-1', item: { json: {} } }];

/** A service whose only job ends after `endsAfterMs`. `requests` contains the times of the requests, in ms. */
function service(endsAfterMs: number) {
	const startedAt = Date.now();
	const requests: number[] = [];
	const fetchJob = async () => {
		requests.push(Date.now() - startedAt);
		return { transcript: { id: 'j-1', status: Date.now() - startedAt >= endsAfterMs ? 'completed' : 'processing' } };
	};
	return { requests, session: { provider: { fetchJob } } as unknown as Session };
}

async function poll(endsAfterMs: number, seconds: number) {
	const startedAt = Date.now();
	const { requests, session } = service(endsAfterMs);
	let [tookMs, found] = [NaN, false];
	void initialPoll(session, JOBS, seconds, undefined).then((jobs) => {
		tookMs = Date.now() - startedAt;
		found = jobs !== undefined;
	});
	await jest.advanceTimersByTimeAsync(120_000);
	return { requests, tookMs, found };
}

it('polls with growing pauses until the job has ended', async () => {
	expect(await poll(1200, 5)).toEqual({ requests: [500, 1500], tookMs: 1500, found: true });
});

it('stops when another poll would not fit into the time limit', async () => {
	expect(await poll(60_000, 5)).toEqual({ requests: [500, 1500, 3500], tookMs: 3500, found: false });
	expect(await poll(60_000, 1)).toEqual({ requests: [500], tookMs: 500, found: false });
});

it('does not poll with a time limit of 0', async () => {
	expect(await poll(0, 0)).toEqual({ requests: [], tookMs: 0, found: false });
});
