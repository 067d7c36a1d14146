import type { FetchedJob } from '../../../nodes/Transcription/providers/provider';
import { MAX_SETTLE_MS, untilSettled } from '../../../nodes/Transcription/shared/untilSettled';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const aJob = (text: string, isUnsettled: boolean, status: 'completed' | 'processing' = 'completed'): FetchedJob => ({
	transcript: { status, text, provider: 'p', id: 'job-1', eventId: 'e' },
	isUnsettled,
});

/** Returns the result, the number of requests, and the time it took, in ms. */
async function settle(refetch: () => Promise<FetchedJob>, job = aJob('first', true), limitMs?: number) {
	const fetch = jest.fn(refetch);
	const startedAt = Date.now();
	const result = untilSettled(job, fetch, limitMs);
	await jest.runAllTimersAsync();
	return { text: (await result).transcript.text, requests: fetch.mock.calls.length, ms: Date.now() - startedAt };
}

it('returns a settled job without a request', async () => {
	expect(await settle(async () => aJob('again', false), aJob('first', false))).toEqual({
		text: 'first',
		requests: 0,
		ms: 0,
	});
});

it('fetches the job again until it is settled', async () => {
	let requests = 0;
	const { text } = await settle(async () => aJob(`answer ${++requests}`, requests < 3));
	expect(text).toBe('answer 3');
});

it('returns the last state after two minutes', async () => {
	const { text, ms } = await settle(async () => aJob('latest', true));
	expect([text, ms]).toEqual(['latest', MAX_SETTLE_MS]);
});

it('keeps the job if it can no longer be fetched or looks unfinished again', async () => {
	expect((await settle(async () => await Promise.reject(new Error('gone')))).text).toBe('first');
	expect((await settle(async () => aJob('unfinished', false, 'processing'))).text).toBe('first');
});

it.each([0, -5000])('doesn’t wait with a limit of %d ms', async (limitMs) => {
	expect((await settle(async () => aJob('again', false), aJob('first', true), limitMs)).requests).toBe(0);
});
