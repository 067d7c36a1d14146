import { initialPoll } from '../../../../nodes/Transcription/operations/submitAndWait/pollJobs';
import type { WaitingJob } from '../../../../nodes/Transcription/operations/submitAndWait/waitingItems';
import type { Session } from '../../../../nodes/Transcription/shared/session';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const JOBS: WaitingJob[] = [{ id: 'j-1', item: { json: {} } }];

/** A service whose only job ends after so many ms; `asked` has the times of the questions. */
function service(endsAfterMs: number) {
	const begun = Date.now();
	const asked: number[] = [];
	const fetchJob = async () => {
		asked.push(Date.now() - begun);
		return { transcript: { id: 'j-1', status: Date.now() - begun >= endsAfterMs ? 'completed' : 'processing' } };
	};
	return { asked, session: { provider: { fetchJob } } as unknown as Session };
}

async function look(endsAfterMs: number, seconds: number) {
	const begun = Date.now();
	const { asked, session } = service(endsAfterMs);
	let [tookMs, found] = [NaN, false];
	void initialPoll(session, JOBS, seconds, undefined).then((ends) => {
		tookMs = Date.now() - begun;
		found = ends !== undefined;
	});
	await jest.advanceTimersByTimeAsync(120_000);
	return { asked, tookMs, found };
}

it('looks with growing pauses, and has the job at the next look', async () => {
	expect(await look(1200, 5)).toEqual({ asked: [500, 1500], tookMs: 1500, found: true });
});

it('ends with the last look whose answer can come in time: a question at the very end would be in vain', async () => {
	expect(await look(60_000, 5)).toEqual({ asked: [500, 1500, 3500], tookMs: 3500, found: false });
	expect(await look(60_000, 1)).toEqual({ asked: [500], tookMs: 500, found: false });
});

it('does not look at all with 0', async () => {
	expect(await look(0, 0)).toEqual({ asked: [], tookMs: 0, found: false });
});
