import { ExecuteContext } from 'n8n-core';
import { createRunExecutionData, type INodeParameters } from 'n8n-workflow';
import { Transcription } from '../../nodes/Transcription/Transcription.node';
import { additionalData, aWorkflow, get, inMemory, type Setup, submit } from './harness';
import { RECORDING, TEXT } from './recording';
import { SERVICES, useSandbox } from './sandbox';

jest.setTimeout(60_000);
const WAIT = { waitUntilDone: true };
/** Waits for about 0.6 seconds. */
const SHORT = { ...WAIT, maxWaitMinutes: 0.01 };

/** Runs Get with a cancellation signal, as passed by n8n. */
async function stoppable(parameters: INodeParameters, setup: Setup, signal: AbortSignal): Promise<unknown> {
	const { workflow, node } = aWorkflow(
		'transcription',
		{ resource: 'transcript', operation: 'get', ...parameters },
		setup,
	);
	const items = [{ json: {} }];
	const data = { node, data: { main: [items] }, source: null };
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData(setup),
		'trigger',
		createRunExecutionData(),
		0,
		items,
		{ main: [items] },
		data,
		[],
		signal,
	);
	return await new Transcription().execute.call(context);
}

describe.each(SERVICES)('Get with Wait Until Done from %s', (provider) => {
	const service = useSandbox(provider);
	const submitted = async () => {
		const { json, error } = await submit({ provider, callback: 'none' }, [inMemory(RECORDING)], service.setup());
		expect(error).toBeUndefined();
		return String(json[0]?.id);
	};
	const fetched = async (transcriptId: string, more: INodeParameters) =>
		await get({ provider, transcriptId, ...more }, [{ json: {} }], service.setup());
	const looks = () => service.asked().filter((request) => request.startsWith('GET')).length;

	it('waits for a running job', async () => {
		service.sandbox.jobs.hold('processing');
		const id = await submitted();
		const waiting = fetched(id, WAIT);
		await until(() => looks() > 0);
		service.sandbox.jobs.release();
		const { json, error } = await waiting;
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ status: 'completed', text: TEXT });
		expect(json[0]).not.toHaveProperty('timedOut');
	});

	it('gives up at the limit without losing anything', async () => {
		service.sandbox.jobs.hold('processing');
		const id = await submitted();
		const { json, error } = await fetched(id, SHORT);
		if (provider === 'elevenLabs') {
			expect(error?.message).toContain(id);
			expect(error?.description).toContain('until the maximum wait was reached');
		} else {
			expect(json[0]).toMatchObject({ id, timedOut: true });
			expect(json[0]?.status).not.toBe('completed');
		}
		expect(looks()).toBeGreaterThan(1);
	});
});

async function until(holds: () => boolean): Promise<void> {
	while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('Get with Wait Until Done', () => {
	const service = useSandbox();
	const submitted = async () =>
		String((await submit({ callback: 'none' }, [inMemory(RECORDING)], service.setup())).json[0]?.id);
	const looks = () => service.asked().filter((request) => request === 'GET /v2/transcript/:id').length;

	it('polls a finished job once', async () => {
		const transcriptId = await submitted();
		await service.sandbox.settled();
		expect((await get({ transcriptId, ...WAIT }, [{ json: {} }], service.setup())).json[0]?.status).toBe('completed');
		expect(looks()).toBe(1);
	});

	it('returns a failed job', async () => {
		service.sandbox.jobs.failNext('No speech found');
		const { json } = await get({ transcriptId: await submitted(), ...WAIT }, [{ json: {} }], service.setup());
		expect(json[0]).toMatchObject({ status: 'failed', errorMessage: 'No speech found' });
	});

	it('has one limit for all items and polls each at least once', async () => {
		service.sandbox.jobs.hold('processing');
		const ids = [await submitted(), await submitted()];
		service.sandbox.jobs.release(ids[1]);
		await service.sandbox.jobs.finished(String(ids[1]));
		const { json } = await get(
			{ transcriptId: '={{ $json.id }}', ...SHORT },
			ids.map((id) => ({ json: { id } })),
			service.setup(),
		);
		expect(json).toEqual([
			expect.objectContaining({ id: ids[0], timedOut: true }),
			expect.objectContaining({ id: ids[1], status: 'completed' }),
		]);
	});

	it('doesn’t wait for an unknown ID', async () => {
		const { error } = await get(
			{ transcriptId: '00000000-0000-4000-8000-000000000000', ...WAIT },
			[{ json: {} }],
			service.setup(),
		);
		expect(error?.message).toContain('00000000-0000-4000-8000-000000000000');
		expect(looks()).toBe(1);
	});

	it('continues waiting while the service returns errors', async () => {
		const transcriptId = await submitted();
		await service.sandbox.settled();
		service.sandbox.httpFaults.add({
			kind: 'status',
			status: 503,
			next: 4,
			match: { method: 'GET', path: '/v2/transcript/*' },
		});
		expect((await get({ transcriptId, ...WAIT }, [{ json: {} }], service.setup())).json[0]?.status).toBe('completed');
	});

	it('continues waiting if the service is temporarily unreachable after a response', async () => {
		service.sandbox.jobs.hold('processing');
		const transcriptId = await submitted();
		const fault = { kind: 'dropAnswer', match: { method: 'GET', path: '/v2/transcript/*' } } as const;
		const waiting = get({ transcriptId, ...WAIT }, [{ json: {} }], service.setup());
		await until(() => looks() > 0);
		service.sandbox.httpFaults.add({ ...fault, next: 5 });
		await until(() => looks() > 5);
		service.sandbox.jobs.release();
		const { json, error } = await waiting;
		expect(error).toBeUndefined();
		expect(json[0]?.status).toBe('completed');
	});

	it('doesn’t wait for a service that was never reachable', async () => {
		const transcriptId = await submitted();
		service.sandbox.httpFaults.add({ kind: 'dropAnswer', next: 5, match: { method: 'GET', path: '/v2/transcript/*' } });
		const { error } = await get({ transcriptId, ...WAIT }, [{ json: {} }], service.setup());
		expect(error?.message).toContain('couldn’t be reached');
		expect(looks()).toBe(5);
	});

	it.each([0, -1, 1441, 'soon'])('rejects a limit of %p', async (maxWaitMinutes) => {
		const { error } = await get(
			{ transcriptId: 'a', waitUntilDone: true, maxWaitMinutes },
			[{ json: {} }],
			service.setup(),
		);
		expect(error?.message).toMatch(/“Max Wait \(Minutes\)” (is 0|has an invalid value)/);
		expect(service.asked()).toEqual([]);
	});

	it('stops when the execution is canceled', async () => {
		service.sandbox.jobs.hold('processing');
		const transcriptId = await submitted();
		const stop = new AbortController();
		const waiting = stoppable({ transcriptId, ...WAIT }, service.setup(), stop.signal);
		const outcome = expect(waiting).rejects.toThrow('was stopped while this node was waiting');
		await until(() => looks() > 0);
		stop.abort();
		await outcome;
		expect(looks()).toBeLessThan(3);
	});
});

describe('Get with Redacted Audio', () => {
	const service = useSandbox('assemblyAi');

	it('stops waiting for a redacted recording when the execution is canceled', async () => {
		service.sandbox.configure({ redactedAudioSeconds: 600 });
		const redact = { redactPii: true, redactPiiAudio: true, redactPiiPolicies: ['person_name'] };
		const { json } = await submit({ callback: 'none', options: redact }, [inMemory(RECORDING)], service.setup());
		await service.sandbox.settled();
		const stop = new AbortController();
		const parameters = { transcriptId: String(json[0]?.id), options: { serviceFiles: ['redactedAudio'] } };
		const outcome = expect(stoppable(parameters, service.setup(), stop.signal)).rejects.toThrow('was stopped');
		const requests = () => service.asked().filter((request) => request.includes('redacted-audio')).length;
		await until(() => requests() === 2);
		stop.abort();
		const stoppedAt = Date.now();
		await outcome;
		// The next request would be sent after four seconds.
		expect(Date.now() - stoppedAt).toBeLessThan(2000);
		expect(requests()).toBe(2);
	});
});
