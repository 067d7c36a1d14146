import type { INodeParameters } from 'n8n-workflow';
import { inMemory, type Result, run, type Setup } from './harness';
import { RECORDING, TEXT } from './recording';
import { SERVICES, useSandbox } from './sandbox';

jest.setTimeout(120_000);

/** About three seconds. */
const SOON = { deadlineAmount: 0.05, deadlineUnit: 'minutes' };

/** One recording at a time, so that the jobs are in the order of the items. */
const IN_ORDER = { options: { concurrency: 1 } };

async function submitAndPoll(
	parameters: INodeParameters,
	count: number,
	setup: Setup,
	onStart?: (cancel: () => void) => void,
): Promise<Result> {
	const items = Array.from({ length: count }, () => inMemory(RECORDING));
	const full = { resource: 'transcription', operation: 'submitAndWait', waitBy: 'polling', ...parameters };
	return await run('transcription', full, items, setup, onStart);
}

async function until(holds: () => boolean): Promise<void> {
	while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe.each(SERVICES)('Submit and Wait by polling with %s', (provider) => {
	const service = useSandbox(provider);
	const ids = () => service.sandbox.jobs.list().map(({ id }) => id);
	const submits = () => service.asked().filter((request) => !request.startsWith('GET')).length;
	/** Services that report a failed job. The others never respond to requests for it. */
	const reportsFailures = provider !== 'elevenLabs';
	/** Gladia only reports a code. The reason is in the callback. */
	const reason = provider === 'gladia' ? 'error code 500' : 'No speech found';

	it('returns the transcripts in item order with metadata, without a public URL', async () => {
		service.sandbox.jobs.hold('processing');
		const metadata = { pair: [{ key: 'contactId', value: 'c-1' }] };
		const waiting = submitAndPoll(
			{ provider, metadata, ...IN_ORDER },
			3,
			service.setup({ webhookBase: 'http://localhost:5678/webhook' }),
		);
		await until(() => ids().length === 3);
		for (const id of ids().reverse()) service.sandbox.jobs.release(id);
		const { json, error, outputs, run: execution } = await waiting;
		expect(error).toBeUndefined();
		expect(execution.waitTill).toBeUndefined();
		expect(json).toEqual(
			ids().map((id) =>
				expect.objectContaining({ id, status: 'completed', text: TEXT, metadata: { contactId: 'c-1' } }),
			),
		);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(service.sandbox.callbacks.deliveries()).toEqual([]);
	});

	it('returns a failed job at its item’s position', async () => {
		service.sandbox.jobs.failNext('No speech found');
		const { json } = await submitAndPoll({ provider, ...SOON, ...IN_ORDER }, 2, service.setup());
		expect(json[1]).toMatchObject({ status: 'completed' });
		expect(json[0]).toMatchObject(
			reportsFailures
				? { id: ids()[0], status: 'failed', errorMessage: expect.stringContaining(reason) }
				: { id: ids()[0], status: 'processing', timedOut: true },
		);
	});

	it('returns only unfinished jobs with timedOut at the deadline', async () => {
		service.sandbox.jobs.hold('processing');
		const waiting = submitAndPoll({ provider, ...SOON, ...IN_ORDER }, 2, service.setup());
		await until(() => ids().length === 2);
		service.sandbox.jobs.release(ids()[1]);
		const { json, error } = await waiting;
		const [first = ''] = ids();
		expect(error).toBeUndefined();
		expect(json[0]).toEqual({
			status: 'processing',
			id: first,
			provider,
			eventId: `${provider}:${first}:processing`,
			recordingName: 'call.wav',
			timedOut: true,
		});
		expect(json[1]).toMatchObject({ id: ids()[1], status: 'completed' });
		expect(json[1]).not.toHaveProperty('timedOut');
	});

	it('names the jobs and sends no further requests when the execution is stopped', async () => {
		service.sandbox.jobs.hold('processing');
		let stop = () => {};
		const waiting = submitAndPoll({ provider }, 2, service.setup(), (cancel) => (stop = cancel));
		await until(() => service.asked().filter((request) => request.startsWith('GET')).length >= 2);
		const before = submits();
		stop();
		await waiting;
		const requests = service.asked().length;
		expect(submits()).toBe(before);
		await new Promise((resolve) => setTimeout(resolve, 1500));
		expect(service.asked()).toHaveLength(requests);
	});
});

describe('Polling', () => {
	const service = useSandbox();
	const STATUS = 'GET /v2/transcript/:id';
	const count = (request: string) => service.asked().filter((asked) => asked.split('?')[0] === request).length;
	const ids = () => service.sandbox.jobs.list().map(({ id }) => id);
	const fault = { match: { method: 'GET', path: '/v2/transcript/*' } };

	it('asks for the list instead of every running job, and fetches only jobs that have ended', async () => {
		service.sandbox.jobs.hold('processing');
		const waiting = submitAndPoll(
			{ source: 'url', audioUrl: 'http://127.0.0.1/a.wav', deadlineAmount: 5, deadlineUnit: 'minutes', ...IN_ORDER },
			20,
			service.setup(),
		);
		await until(() => count('GET /v2/transcript') >= 3);
		expect(count(STATUS)).toBe(0);
		service.sandbox.jobs.release(ids()[7]);
		await until(() => count(STATUS) === 1);
		service.sandbox.jobs.release();
		const { json } = await waiting;
		expect(json.map(({ id }) => id)).toEqual(ids());
		expect(json.map(({ timedOut }) => timedOut)).toEqual(Array(20).fill(undefined));
		expect(count(STATUS)).toBe(20);
	});

	it('fetches jobs by their IDs if the list can’t be read', async () => {
		service.sandbox.httpFaults.add({
			kind: 'status',
			status: 500,
			probability: 1,
			match: { method: 'GET', path: '/v2/transcript' },
		});
		const { json } = await submitAndPoll(IN_ORDER, 6, service.setup());
		expect(json.map(({ id, text }) => [id, text])).toEqual(ids().map((id) => [id, TEXT]));
		expect(count('GET /v2/transcript')).toBe(1);
	});

	it('sends nothing until the pause after a 429 is over, then checks the remaining jobs', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 429, retryAfter: 3, next: 1, ...fault });
		const { json, error } = await submitAndPoll({}, 4, service.setup());
		expect(error).toBeUndefined();
		expect(json.map(({ id }) => id).sort()).toEqual(ids().sort());
		const times = service.sandbox.requests
			.list()
			.filter(({ method }) => method === 'GET')
			.map(({ at }) => new Date(at).getTime());
		// The four requests of the first round were sent together; one of them was refused.
		expect(times).toHaveLength(5);
		expect(times[4]! - times[3]!).toBeGreaterThanOrEqual(2900);
	});

	it('sends one request per pause if the service keeps refusing, and returns the jobs at the deadline', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 429, retryAfter: 0, probability: 1, ...fault });
		const { json } = await submitAndPoll({ deadlineAmount: 0.2, deadlineUnit: 'minutes' }, 4, service.setup());
		expect(json.map(({ id, timedOut }) => [id, timedOut]).sort()).toEqual(
			ids()
				.sort()
				.map((id) => [id, true]),
		);
		// Four in the first round, then two, then one each: 1, 2.5, 4.75, and 8.1 s later.
		expect(count(STATUS)).toBeLessThanOrEqual(4 + 4 + 2 + 1 + 1 + 1);
	});

	it('says at the deadline why the state of a job is unknown', async () => {
		service.sandbox.jobs.hold('processing');
		const waiting = submitAndPoll({ deadlineAmount: 0.1, deadlineUnit: 'minutes' }, 1, service.setup());
		await until(() => count(STATUS) > 0);
		service.sandbox.httpFaults.add({ kind: 'status', status: 503, probability: 1, ...fault });
		const { json } = await waiting;
		expect(json).toEqual([
			expect.objectContaining({
				id: ids()[0],
				timedOut: true,
				warnings: [expect.stringMatching(/^The job’s state is unknown: .+ temporarily unavailable \(status 503\)/)],
			}),
		]);
	});

	it('ends only the job whose transcript can’t be fetched', async () => {
		service.sandbox.jobs.hold('processing');
		const waiting = submitAndPoll(IN_ORDER, 2, service.setup());
		await until(() => ids().length === 2);
		const [first = '', second] = ids();
		service.sandbox.httpFaults.add({
			kind: 'status',
			status: 422,
			probability: 1,
			match: { method: 'GET', path: `/v2/transcript/${first}` },
		});
		service.sandbox.jobs.release();
		const { json } = await waiting;
		expect(json).toEqual([
			expect.objectContaining({ id: first, errorMessage: expect.stringContaining('couldn’t be fetched') }),
			expect.objectContaining({ id: second, status: 'completed' }),
		]);
		expect(json[0]).not.toHaveProperty('timedOut');
	});

	it('returns an error item with the job’s ID if the node continues on errors', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 422, probability: 1, ...fault });
		const { json } = await submitAndPoll({}, 1, service.setup({ onError: 'continueRegularOutput' }));
		expect(json).toEqual([{ error: expect.any(String), message: expect.stringContaining(String(ids()[0])) }]);
	});

	it('doesn’t submit again when n8n retries the node', async () => {
		service.sandbox.jobs.hold('processing');
		let stop = () => {};
		const waiting = submitAndPoll({ ...SOON }, 2, service.setup({ retryOnFail: true }), (cancel) => (stop = cancel));
		await until(() => ids().length === 2);
		stop();
		await waiting;
		expect(ids()).toHaveLength(2);
	});

	it.each(['sometimes', '', 7])('rejects %j as Wait By before anything is submitted', async (waitBy) => {
		const { error } = await submitAndPoll({ waitBy }, 1, service.setup());
		expect(error?.message).toContain('“Wait By” is');
		expect(service.asked()).toEqual([]);
	});

	it('rejects a deadline beyond the workflow’s timeout', async () => {
		const { error } = await submitAndPoll({}, 1, service.setup({ workflowSettings: { executionTimeout: 3600 } }));
		expect(error?.message).toContain('(3600 seconds) isn’t longer than the deadline');
		expect(service.asked()).toEqual([]);
	});
});
