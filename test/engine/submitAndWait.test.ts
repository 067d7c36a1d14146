import { signProbe } from '../../nodes/Transcription/callback/probe';
import { inMemory, run, textOfFile } from './harness';
import { sendJson, startServer } from './localServer';
import { RECORDING, TEXT } from './recording';
import { useSandbox } from './sandbox';
import { submitAndWait, type WaitingExecution } from './waitingExecution';

jest.setTimeout(60_000);
const service = useSandbox();
const open: WaitingExecution[] = [];
afterEach(async () => await Promise.all(open.splice(0).map(async (execution) => await execution.close())));

async function wait(parameters: object = {}, items = [inMemory(RECORDING)], more = {}): Promise<WaitingExecution> {
	// One submit at a time, so that the sandbox lists the jobs in the order of the items.
	const execution = await submitAndWait(
		{ options: { initialPoll: 0, concurrency: 1 }, ...parameters },
		items,
		service.setup(more),
	);
	open.push(execution);
	return execution;
}
const hold = () => service.sandbox.jobs.hold('processing');
const ids = () => service.sandbox.jobs.list().map(({ id }) => id);
const SECRET = { 'x-transcription-webhook-secret': 'S3CRET-of-mine' };
const post = async ({ origin }: WaitingExecution, body: object, headers: Record<string, string> = {}) =>
	(
		await fetch(`${origin}/webhook-waiting/42/transcription`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: JSON.stringify(body),
		})
	).status;

describe('Submit and Wait', () => {
	it('waits with the submitted jobs as its input and returns them at the deadline', async () => {
		hold();
		const metadata = { pair: [{ key: 'contactId', value: '={{ $json.contact }}' }] };
		const items = ['c-1', 'c-2'].map((contact) => ({ ...inMemory(RECORDING), json: { contact } }));
		const before = Date.now();
		const { result, stored } = await wait({ metadata, deadlineAmount: 3 }, items);
		const till = result.run.waitTill?.getTime() ?? 0;
		expect(till).toBeGreaterThanOrEqual(before + 3 * 3_600_000);
		expect(till).toBeLessThanOrEqual(Date.now() + 3 * 3_600_000);
		expect(stored).toEqual(
			ids().map((id, item) => ({
				json: {
					status: 'processing',
					id,
					metadata: { contactId: `c-${item + 1}` },
					provider: 'assemblyAi',
					eventId: `assemblyAi:${id}:processing`,
					recordingName: 'call.wav',
					timedOut: true,
					deadline: result.run.waitTill?.toISOString(),
				},
				pairedItem: { item },
			})),
		);
	});

	it('resumes with the transcripts in item order, regardless of the order in which they finish', async () => {
		hold();
		const execution = await wait({}, [inMemory(RECORDING), inMemory(RECORDING), inMemory(RECORDING)]);
		for (const id of ids().reverse()) {
			expect(execution.resumed).toEqual([]);
			service.sandbox.jobs.release(id);
			await service.sandbox.callbacks.settled();
		}
		expect(await execution.goesOn()).toEqual(
			ids().map((id) => expect.objectContaining({ id, status: 'completed', text: TEXT })),
		);
		expect(execution.resumed[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(execution.resumed).toHaveLength(1);
	});

	it('resumes even if every callback arrived before it was waiting and received 409', async () => {
		const execution = await wait({}, [inMemory(RECORDING), inMemory(RECORDING)]);
		expect(await execution.goesOn()).toEqual(ids().map((id) => expect.objectContaining({ id, text: TEXT })));
		expect(execution.statuses[0]).toBe(409);
	});

	it('returns the transcripts of short recordings without waiting', async () => {
		service.sandbox.callbacks.addFault({ kind: 'lost', probability: 1 });
		const execution = await wait({ output: 'words', options: { initialPoll: 20, files: ['srt'], concurrency: 1 } }, [
			inMemory(RECORDING),
			inMemory(RECORDING),
		]);
		expect(execution.result.run.waitTill).toBeUndefined();
		expect(execution.result.json).toEqual(
			ids().map((id) => expect.objectContaining({ id, text: TEXT, words: expect.any(Array) })),
		);
		expect(await textOfFile(execution.result, 'srt', 1)).toContain('Ada');
	});

	it('attaches the requested files when the execution resumes', async () => {
		const execution = await wait({ options: { initialPoll: 0, files: ['srt'] } });
		await execution.goesOn();
		expect(execution.resumed[0]?.[0]?.json).toMatchObject({ id: ids()[0], recordingName: 'call.wav' });
		expect(execution.resumed[0]?.[0]?.binary?.srt).toMatchObject({ fileName: 'call.srt' });
		expect(service.sandbox.callbacks.deliveries().map(({ url }) => url)).toEqual([
			expect.not.stringContaining('call.wav'),
		]);
	});

	it('returns a failed job at its item’s position', async () => {
		service.sandbox.jobs.failNext('Audio file is corrupted');
		const execution = await wait({}, [inMemory(RECORDING), inMemory(RECORDING)]);
		expect(await execution.goesOn()).toEqual([
			expect.objectContaining({ id: ids()[0], status: 'failed', errorMessage: 'Audio file is corrupted' }),
			expect.objectContaining({ id: ids()[1], status: 'completed' }),
		]);
	});

	it('reports a deleted transcript at its item’s position, with its ID', async () => {
		hold();
		const execution = await wait({}, [inMemory(RECORDING), inMemory(RECORDING)]);
		const [gone = '', other] = ids();
		service.sandbox.jobs.release(gone);
		await service.sandbox.callbacks.settled();
		const headers = { authorization: service.sandbox.accounts('assemblyAi')[0]?.apiKey ?? '' };
		await fetch(`${service.sandbox.baseUrl('assemblyAi')}/v2/transcript/${gone}`, { method: 'DELETE', headers });
		service.sandbox.jobs.release();
		expect(await execution.goesOn()).toEqual([
			expect.objectContaining({ id: gone, status: 'failed', errorMessage: expect.stringContaining(gone) }),
			expect.objectContaining({ id: other, status: 'completed' }),
		]);
	});

	it('resumes if a transcript can’t be fetched and reports it at its item’s position, with its ID', async () => {
		hold();
		const execution = await wait({}, [inMemory(RECORDING), inMemory(RECORDING), inMemory(RECORDING)]);
		const [first, unfetchable, last] = ids();
		service.sandbox.httpFaults.add({
			kind: 'status',
			status: 422,
			probability: 1,
			match: { method: 'GET', path: `/v2/transcript/${unfetchable}` },
		});
		service.sandbox.jobs.release();
		const items = await execution.goesOn();
		expect(items).toEqual([
			expect.objectContaining({ id: first, status: 'completed', text: TEXT }),
			{
				status: 'processing',
				id: unfetchable,
				provider: 'assemblyAi',
				eventId: `assemblyAi:${unfetchable}:processing`,
				recordingName: 'call.wav',
				errorMessage: expect.stringContaining('couldn’t be fetched'),
			},
			expect.objectContaining({ id: last, status: 'completed', text: TEXT }),
		]);
		expect(execution.resumed[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	it('continues waiting if no transcript of the batch can be fetched', async () => {
		hold();
		const execution = await wait({}, [inMemory(RECORDING), inMemory(RECORDING)]);
		service.sandbox.httpFaults.add({ kind: 'status', status: 403, probability: 1, match: { method: 'GET' } });
		service.sandbox.jobs.release();
		await service.sandbox.jobs.settled();
		while (!execution.statuses.includes(503)) await new Promise((resolve) => setTimeout(resolve, 20));
		expect(execution.resumed).toEqual([]);
		service.sandbox.httpFaults.clear();
		expect(await execution.goesOn()).toEqual(ids().map((id) => expect.objectContaining({ id, text: TEXT })));
	});

	it('doesn’t treat a job as failed that the service doesn’t know yet', async () => {
		hold();
		const unknown = service.sandbox.httpFaults.add({
			kind: 'status',
			status: 404,
			probability: 1,
			match: { method: 'GET' },
		});
		const execution = await wait({ options: { initialPoll: 2 } });
		expect(execution.result.run.waitTill?.getTime()).toBeGreaterThan(Date.now());
		expect(execution.stored[0]?.json).toMatchObject({ id: ids()[0], status: 'processing' });
		service.sandbox.httpFaults.remove(unknown.id);
		service.sandbox.jobs.release();
		expect(await execution.goesOn()).toEqual([expect.objectContaining({ id: ids()[0], text: TEXT })]);
	});

	it('keeps items that couldn’t be submitted at their positions', async () => {
		const items = [inMemory(RECORDING), { json: {} }, inMemory(RECORDING)];
		const execution = await wait({}, items, { onError: 'continueRegularOutput' });
		expect(await execution.goesOn()).toEqual([
			expect.objectContaining({ id: ids()[0] }),
			{ error: expect.stringContaining('Item 1'), message: expect.any(String) },
			expect.objectContaining({ id: ids()[1] }),
		]);
	});

	it('doesn’t wait if nothing could be submitted', async () => {
		const { result } = await wait({}, [{ json: {} }], { onError: 'continueRegularOutput' });
		expect(result.run.waitTill).toBeUndefined();
		expect(result.json).toEqual([{ error: expect.stringContaining('Item 0'), message: expect.any(String) }]);
	});

	it('doesn’t reveal the callback secret or the execution token', async () => {
		const execution = await wait({ output: 'raw' }, [inMemory(RECORDING)], {
			credential: { webhookSecret: 'S3CRET-of-mine' },
		});
		expect(JSON.stringify(await execution.goesOn())).not.toMatch(/S3CRET|api-key-that/);
		expect(JSON.stringify(execution.stored)).not.toMatch(/S3CRET|api-key-that/);
	});
});

describe('endpoint of a waiting execution', () => {
	it.each([
		['no secret', {}],
		['a guessed secret', { 'x-transcription-webhook-secret': 'f'.repeat(64) }],
		[
			'a guessed probe signature',
			{
				'x-transcription-probe': 'checkJobs',
				'x-transcription-probe-signature': `t=${Math.floor(Date.now() / 1000)},v1=${'f'.repeat(64)}`,
			},
		],
		['a probe for triggers', { 'x-transcription-probe': 'ping' }],
	])('responds with 401 to %s and continues waiting', async (_what, headers) => {
		hold();
		const execution = await wait();
		expect(await post(execution, { transcript_id: ids()[0], status: 'completed' }, headers)).toBe(401);
		expect(execution.resumed).toEqual([]);
		expect(execution.log.join()).toContain('Responded with 401');
	});

	it('logs the ID of a job that it isn’t waiting for, because its submit may have received no response', async () => {
		hold();
		const execution = await wait({}, undefined, { credential: { webhookSecret: 'S3CRET-of-mine' } });
		expect(await post(execution, { transcript_id: 'a-lost-one', status: 'completed' }, SECRET)).toBe(200);
		expect(execution.log.join()).toContain('a-lost-one');
		expect(execution.log.join()).toContain('fetch the transcript by this ID');
	});

	const STANDING = (first: string) => ({ status: 200, body: { waitingFor: first } });
	it.each<[string, { status: number; body: object } | undefined, number]>([
		[
			'doesn’t resume an execution that was resumed while it fetched',
			{ status: 409, body: { message: 'The execution is running already.' } },
			0,
		],
		['doesn’t resume an execution that is already waiting for other jobs', STANDING('another'), 0],
		[
			'doesn’t resume an execution that is already waiting at another node',
			{
				status: 404,
				body: {
					code: 404,
					message: 'The workflow for execution "1" does not contain a waiting webhook with a matching path/method.',
				},
			},
			0,
		],
		['resumes an execution that is still waiting', undefined, 1],
	])('%s', async (_what, elsewhere, times) => {
		hold();
		const execution = await wait({}, [inMemory(RECORDING)]);
		service.sandbox.httpFaults.add({ kind: 'slow', seconds: 2, next: 1, match: { method: 'GET' } });
		service.sandbox.jobs.release();
		await service.sandbox.jobs.settled();
		await new Promise((resolve) => setTimeout(resolve, 500));
		execution.goOnElsewhere(elsewhere ?? STANDING(ids()[0] ?? ''));
		await service.sandbox.callbacks.settled();
		expect(execution.resumed).toHaveLength(times);
	});

	it('requests a fresh status from n8n before it resumes, even after a fast fetch', async () => {
		hold();
		const execution = await wait();
		service.sandbox.jobs.release();
		await execution.goesOn();
		expect(execution.probes.filter((kind) => kind === 'status')).toHaveLength(2);
	});

	it('resumes a production execution if n8n can’t reach its own URL, because no other process can resume it', async () => {
		hold();
		const execution = await wait();
		execution.breakProbes();
		service.sandbox.jobs.release();
		await execution.goesOn();
		await service.sandbox.callbacks.settled();
		expect(execution.resumed).toHaveLength(1);
	});

	it('responds with 503 if another process may have resumed it and n8n can’t reach its own URL, and resumes on the retry without fetching again', async () => {
		hold();
		const execution = await wait({}, undefined, { mode: 'manual' });
		execution.breakProbes();
		service.sandbox.httpFaults.add({ kind: 'slow', seconds: 1, next: 1, match: { method: 'GET' } });
		service.sandbox.jobs.release();
		await execution.goesOn();
		await service.sandbox.callbacks.settled();
		expect(execution.resumed).toHaveLength(1);
		expect(execution.statuses).toContain(503);
		expect(service.asked().filter((line) => line.startsWith('GET'))).toHaveLength(1);
	});

	it('lets the process that claimed the batch first resume it, and takes over if that process doesn’t', async () => {
		hold();
		const execution = await wait({}, undefined, {
			mode: 'manual',
			credential: { webhookSecret: SECRET['x-transcription-webhook-secret'] },
		});
		const [first = ''] = ids();
		const claim = JSON.stringify({ first, claimant: 'another process' });
		const headers = {
			'content-type': 'application/json',
			...signProbe('status', SECRET['x-transcription-webhook-secret'], claim, Date.now() / 1000),
		};
		const answer = await fetch(`${execution.origin}/webhook-waiting/42/transcription`, {
			method: 'POST',
			headers,
			body: claim,
		});
		expect(await answer.json()).toEqual({ waitingFor: first, claimedBy: 'another process' });
		const before = execution.probes.length;
		service.sandbox.jobs.release();
		await execution.goesOn();
		await service.sandbox.callbacks.settled();
		// One probe finds the batch already claimed. After the other process's claim expires, three more probes claim it.
		expect(execution.probes.slice(before).filter((kind) => kind === 'status').length).toBeGreaterThan(3);
		expect(execution.resumed).toHaveLength(1);
	});

	it('doesn’t resume an execution right before its deadline', async () => {
		hold();
		const execution = await wait({ deadlineAmount: 1 / 60 / 20, deadlineUnit: 'minutes', options: { initialPoll: 0 } });
		service.sandbox.jobs.release();
		await service.sandbox.callbacks.settled();
		expect(execution.resumed).toEqual([]);
		expect(execution.stored[0]?.json).toMatchObject({ id: ids()[0], timedOut: true });
	});

	it('doesn’t resume when its status is requested', async () => {
		hold();
		const execution = await wait();
		service.sandbox.jobs.release();
		await execution.goesOn();
		expect(execution.resumedBy).not.toContain('status');
	});

	it.each([
		['an unknown job', { transcript_id: 'another', status: 'completed' }],
		['a status that isn’t final', { transcript_id: 'another', status: 'processing' }],
		['unknown content', { hello: 'world' }],
	])('responds with 200 to a callback about %s and continues waiting', async (_what, body) => {
		hold();
		const execution = await wait({}, undefined, { credential: { webhookSecret: 'S3CRET-of-mine' } });
		expect(await post(execution, body, SECRET)).toBe(200);
		expect(execution.resumed).toEqual([]);
	});

	it('continues waiting and requests a retry if the service doesn’t confirm the callback', async () => {
		hold();
		const execution = await wait({}, undefined, { credential: { webhookSecret: 'S3CRET-of-mine' } });
		expect(await post(execution, { transcript_id: ids()[0], status: 'completed' }, SECRET)).toBe(503);
		expect(execution.resumed).toEqual([]);
		expect(execution.log.join()).toContain('still reports it as running');
	});

	it('resumes once if the last callbacks arrive at the same time', async () => {
		hold();
		const execution = await wait({}, [inMemory(RECORDING), inMemory(RECORDING), inMemory(RECORDING)]);
		service.sandbox.callbacks.addFault({ kind: 'doubled', copies: 5, next: 3 });
		service.sandbox.jobs.release();
		await execution.goesOn();
		await service.sandbox.callbacks.settled();
		expect(execution.resumed).toHaveLength(1);
		expect(new Set(execution.statuses)).toEqual(
			new Set([200, 409].filter((status) => execution.statuses.includes(status))),
		);
	});
});

describe('n8n instance that doesn’t respond at its own URL', () => {
	it('causes a warning before anything is submitted, and then submits', async () => {
		const execution = await submitAndWait(
			{ options: { initialPoll: 20 } },
			[inMemory(RECORDING)],
			service.setup(),
			'unreachable',
		);
		open.push(execution);
		expect(execution.result.hints.join()).toContain('couldn’t reach its own address');
		expect(execution.result.json).toEqual([expect.objectContaining({ id: ids()[0], text: TEXT })]);
	});

	it.each([
		['a proxy without a server behind it', { status: 502, body: { error: 'Bad gateway' } }],
		['n8n without a database', { status: 503, body: { code: 503, message: 'Database is not ready!' } }],
		['a tunnel without a server behind it', { status: 530, body: { error: 'Tunnel error' } }],
		['n8n with an internal error', { status: 500, body: { code: 0, message: 'Internal error' } }],
	])('causes a warning if it is %s', async (_what, elsewhere) => {
		const parameters = { options: { initialPoll: 20 } };
		const execution = await submitAndWait(parameters, [inMemory(RECORDING)], service.setup(), elsewhere);
		open.push(execution);
		expect(execution.result.hints.join()).toContain(`status ${elsewhere.status}`);
		expect(execution.result.json).toEqual([expect.objectContaining({ id: ids()[0], text: TEXT })]);
	});

	it('isn’t checked with Skip Self-Check', async () => {
		hold();
		const execution = await wait({ options: { initialPoll: 0, skipSelfCheck: true } });
		service.sandbox.jobs.release();
		await execution.goesOn();
		expect(execution.probes).not.toContain('status');
		expect(execution.result.hints).toEqual([]);
	});
});

describe('Submit and Wait rejects, without submitting anything,', () => {
	it.each<[string, object, string, object?]>([
		['a deadline of zero', { deadlineAmount: 0 }, '“Wait at Most” is 0 hours'],
		['a deadline in the past', { deadline: 'atTime', deadlineAt: '2001-01-01T00:00:00' }, 'is in the past'],
		[
			'a deadline beyond the workflow’s timeout',
			{},
			'(3600 seconds) isn’t longer than the deadline',
			{ workflowSettings: { executionTimeout: 3600 } },
		],
		['an initial poll of an hour', { options: { initialPoll: 3600 } }, 'Initial Poll (Seconds)'],
	])('%s', async (_what, parameters, words, more = {}) => {
		const { result } = await wait(parameters, undefined, more);
		expect(result.error?.message).toContain(words);
		expect(service.asked()).toEqual([]);
	});

	it('a callback from a service without a callback per job', async () => {
		const { error } = await run(
			'transcription',
			{ resource: 'transcription', operation: 'submitAndWait', provider: 'elevenLabs', waitBy: 'callback' },
			[inMemory(RECORDING)],
			service.setup(),
		);
		expect(error?.message).toBe('ElevenLabs can’t send a callback to a waiting execution');
		expect(error?.description).toContain('Set “Wait By” to Polling');
		expect(service.asked()).toEqual([]);
	});

	it.each([
		['another server at the URL of this n8n instance', { status: 404, body: { message: 'Cannot POST' } }],
		['a proxy that removes the query string', { status: 401, body: { error: 'Invalid token' } }],
		['a page at the URL of this n8n instance', { status: 200, body: { page: 'Welcome' } }],
		['a server that doesn’t know the method', { status: 501, body: { error: 'Unsupported method' } }],
		['another server that responds with 409', { status: 409, body: { message: 'Conflict' } }],
		['another n8n instance', { status: 409, body: { message: 'The execution "12 has finished already.' } }],
	])('%s', async (_what, elsewhere) => {
		const execution = await submitAndWait(
			{ options: { initialPoll: 0 } },
			[inMemory(RECORDING)],
			service.setup(),
			elsewhere,
		);
		open.push(execution);
		expect(execution.result.error?.message).toContain('Callbacks can’t reach this execution');
		expect(execution.result.error?.description).toContain('Skip Self-Check');
		// An execution from an earlier test may still be polling.
		expect(service.asked().filter((line) => line.startsWith('POST'))).toEqual([]);
	});

	it('a WEBHOOK_URL that ends with two slashes', async () => {
		// Responds like n8n, which has no route for such a path.
		const server = await startServer(({ url }, response) => {
			if (url.startsWith('//')) return sendJson(response, 404, { message: 'Cannot POST' });
			return sendJson(response, 409, { message: 'The execution "1" is running already.' });
		});
		const parameters = { resource: 'transcription', operation: 'submitAndWait' };
		const setup = service.setup({ webhookBase: `${server.origin}//webhook` });
		const { error } = await run('transcription', parameters, [inMemory(RECORDING)], setup);
		await server.close();
		expect(error?.message).toContain('Callbacks can’t reach this execution');
		expect(error?.description).toContain('The address contains “//”. WEBHOOK_URL must end with at most one slash');
		expect(service.asked().filter((line) => line.startsWith('POST'))).toEqual([]);
	});

	it('an n8n instance that the service can’t reach', async () => {
		const { error } = await run(
			'transcription',
			{ resource: 'transcription', operation: 'submitAndWait' },
			[inMemory(RECORDING)],
			{ baseUrl: 'https://api.example.com' },
		);
		expect(error?.message).toContain('can’t reach the callback URL');
		expect(error?.description).toContain('set “Wait By” to Polling');
	});
});
