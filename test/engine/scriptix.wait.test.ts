import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { inMemory } from './harness';
import { RECORDING, TEXT } from './recording';
import { DEFAULTS, SESSIONS, STT, useScriptix } from './scriptix.setup';
import { submitAndWait, type WaitingExecution } from './waitingExecution';

jest.setTimeout(60_000);
const scriptix = useScriptix();
const { service } = scriptix;
const open: WaitingExecution[] = [];
afterEach(async () => await Promise.all(open.splice(0).map(async (execution) => await execution.close())));

/** Runs Submit and Wait with the given number of recordings, submitted in order. */
async function wait(
	credential: ICredentialDataDecryptedObject,
	count: number,
	initialPoll: number,
): Promise<WaitingExecution> {
	const items = Array.from({ length: count }, () => inMemory(RECORDING));
	const execution = await submitAndWait(
		{ provider: 'scriptix', options: { initialPoll, concurrency: 1 } },
		items,
		scriptix.setup(credential),
	);
	open.push(execution);
	return execution;
}

const ids = () => service.sandbox.jobs.list().map(({ id }) => id);

describe('Submit and Wait with the batch upload API', () => {
	it.each([0, 2])('waits for the callback (initial poll: %d s)', async (initialPoll) => {
		service.sandbox.jobs.hold('processing');
		const execution = await wait(DEFAULTS, 1, initialPoll);
		expect(execution.result.run.waitTill?.getTime()).toBeGreaterThan(Date.now());
		await new Promise((resolve) => setTimeout(resolve, 3000));
		expect(execution.resumed).toEqual([]);
		service.sandbox.jobs.release();
		expect(await execution.goesOn()).toEqual([
			expect.objectContaining({ id: ids()[0], status: 'completed', text: TEXT }),
		]);
	});

	it('doesn’t treat other jobs as failed when the first of a batch ends', async () => {
		service.sandbox.jobs.hold('processing');
		const execution = await wait(STT, 2, 0);
		const [first = '', second = ''] = ids();
		service.sandbox.jobs.release(first);
		await service.sandbox.callbacks.settled();
		expect(execution.resumed).toEqual([]);
		service.sandbox.jobs.release(second);
		expect(await execution.goesOn()).toEqual(
			[first, second].map((id) => expect.objectContaining({ id, status: 'completed' })),
		);
	});

	it('resumes if the status of a job is only known from its callback', async () => {
		service.sandbox.jobs.hold('processing');
		const execution = await wait(STT, 1, 0);
		service.sandbox.httpFaults.add({
			kind: 'status',
			status: 404,
			probability: 1,
			match: { method: 'GET', path: '/api/v3/stt/*/*' },
		});
		service.sandbox.jobs.release();
		expect(await execution.goesOn()).toEqual([expect.objectContaining({ status: 'completed', text: TEXT })]);
	});
});

it('waits for the result of a session that is already done', async () => {
	service.sandbox.jobs.hold('processing');
	const execution = await wait(SESSIONS, 2, 0);
	service.sandbox.httpFaults.add({
		kind: 'status',
		status: 404,
		next: 2,
		match: { method: 'GET', path: '/api/v3/speech-to-text/session/*/result' },
	});
	service.sandbox.jobs.release();
	expect(await execution.goesOn()).toEqual(
		ids().map((id) => expect.objectContaining({ id, status: 'completed', text: TEXT })),
	);
});
