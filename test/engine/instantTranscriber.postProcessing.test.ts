import type * as n8nWorkflow from 'n8n-workflow';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { get, inMemory, run, submit, type Result, type Setup } from './harness';
import { type LocalServer, sendJson, startServer } from './localServer';
import { RECORDING, TEXT } from './recording';
import { BARE_ACCOUNT_KEY, useSandbox } from './sandbox';
import { startTrigger, type TriggerEndpoint } from './triggerEndpoint';
import { submitAndWait, type WaitingExecution } from './waitingExecution';

/** Makes pauses between requests 60 times shorter, because the node would otherwise wait for about two minutes. */
jest.mock('n8n-workflow', () => {
	const actual = jest.requireActual<typeof n8nWorkflow>('n8n-workflow');
	return { ...actual, sleep: async (ms: number) => await actual.sleep(ms / 60) };
});

jest.setTimeout(30_000);
const service = useSandbox('instantTranscriber');
const PROVIDER = { provider: 'instantTranscriber' };
const NEVER = 1e9;
const open: Array<LocalServer | TriggerEndpoint | WaitingExecution> = [];
afterEach(async () => await Promise.all(open.splice(0).map(async (server) => await server.close())));

/** Submits a recording for a trigger and returns the execution that its callback starts. */
async function delivered(options: INodeParameters, more: Partial<Setup> = {}): Promise<Result> {
	const endpoint = await startTrigger({ ...PROVIDER, output: 'raw' }, service.setup(more));
	open.push(endpoint);
	const setup = service.setup({ ...more, webhookBase: endpoint.base });
	const submitted = await submit({ ...PROVIDER, options }, [inMemory(RECORDING)], setup);
	expect(submitted.error).toBeUndefined();
	await service.sandbox.settled();
	return (await Promise.all(endpoint.executions))[0]!;
}

const fetches = () => service.asked().filter((request) => request === 'GET /v1/transcriptions/:id').length;

/** A service that returns these responses about a job, one after the other. The last one repeats. */
async function answering(...answers: object[]): Promise<Setup> {
	let next = 0;
	const server = await startServer(({ url }, response) =>
		sendJson(response, 200, { id: url.split('/').at(-1), ...answers[Math.min(next++, answers.length - 1)] }),
	);
	open.push(server);
	return { baseUrl: server.origin };
}

const polled = async (setup: Setup, more: INodeParameters = {}) =>
	await get({ ...PROVIDER, transcriptId: 'job-1', waitUntilDone: true, ...more }, [{ json: {} }], setup);

describe('Trigger', () => {
	it.each<[string, INodeParameters]>([
		['summaries', { summaries: 'short' }],
		['enhanced speaker labels', { speakerLabels: 'enhanced' }],
	])('waits for %s', async (_what, options) => {
		service.sandbox.configure({ postProcessingSeconds: 0.3 });
		const { json, error } = await delivered(options);
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ status: 'completed', text: TEXT, raw: { download_urls: expect.any(Object) } });
		expect(json[0]).not.toHaveProperty('warnings');
		expect(fetches()).toBeGreaterThan(1);
	});

	it('waits for text and links', async () => {
		service.sandbox.configure({ postProcessingSeconds: 0.3 });
		const { json } = await delivered({ speakerLabels: 'enhanced' }, { credential: { apiKey: BARE_ACCOUNT_KEY } });
		expect(json[0]).toMatchObject({ status: 'completed', text: TEXT });
		expect(json[0]).not.toHaveProperty('warnings');
	});

	it('fetches once if nothing else was requested', async () => {
		service.sandbox.configure({ postProcessingSeconds: NEVER });
		expect((await delivered({})).json[0]).toMatchObject({ text: TEXT });
		expect(fetches()).toBe(1);
	});

	it('outputs the transcript with a warning if the summaries never arrive', async () => {
		service.sandbox.configure({ postProcessingSeconds: NEVER });
		const { json, outputs } = await delivered({ summaries: 'both' });
		expect(outputs.map((items) => items.length)).toEqual([1, 0]);
		expect(json[0]).toMatchObject({
			status: 'completed',
			text: TEXT,
			warnings: [expect.stringContaining('summaries')],
		});
	});

	it('outputs the job with a warning if its text never arrives', async () => {
		service.sandbox.configure({ postProcessingSeconds: NEVER });
		const { json } = await delivered({ summaries: 'both' }, { credential: { apiKey: BARE_ACCOUNT_KEY } });
		expect(json[0]).toMatchObject({
			status: 'completed',
			warnings: [expect.stringContaining('neither text nor a link')],
		});
	});

	it('outputs what it has if the service then stops responding', async () => {
		service.sandbox.configure({ postProcessingSeconds: NEVER });
		const match = { method: 'GET', path: '/v1/transcriptions/*' };
		service.sandbox.httpFaults.add({ kind: 'status', status: 404, skip: 1, next: 1000, match });
		const { json, error } = await delivered({ summaries: 'both' });
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ text: TEXT, warnings: [expect.any(String)] });
	});
});

describe('Trigger with responses that don’t repeat the options', () => {
	it.each([
		['summaries', { summary: 'In short.' }],
		['speakers', {}],
	])('waits for the results named in the callback URL: %s', async (postProcessing, late) => {
		const links = { download_urls: { txt: 'http://127.0.0.1:9/t.txt' } };
		const job = { status: 'completed', text: TEXT };
		const setup = await answering(job, { ...job, ...links, ...late });
		const id = `with-${postProcessing}`;
		const received = { eventId: `instantTranscriber:${id}:completed`, ...PROVIDER, id, status: 'completed' };
		const item = { json: { ...received, postProcessing } };
		const { json } = await run('transcriptionTrigger', { ...PROVIDER, output: 'raw' }, [item], setup);
		expect(json[0]).toMatchObject({ text: TEXT, raw: links });
		expect(json[0]).not.toHaveProperty('warnings');
	});
});

describe('Submit and Wait', () => {
	async function waited(options: INodeParameters, more: Partial<Setup> = {}): Promise<IDataObject | undefined> {
		service.sandbox.jobs.hold('processing');
		const parameters = { ...PROVIDER, output: 'raw', options: { initialPoll: 0, ...options } };
		const execution = await submitAndWait(parameters, [inMemory(RECORDING)], service.setup(more));
		open.push(execution);
		expect(execution.result.error).toBeUndefined();
		service.sandbox.jobs.release();
		return (await execution.goesOn())[0];
	}

	it.each<[string, Partial<Setup>]>([
		['summaries', {}],
		['text and links', { credential: { apiKey: BARE_ACCOUNT_KEY } }],
	])('waits for %s', async (_what, more) => {
		service.sandbox.configure({ postProcessingSeconds: 0.3 });
		const json = await waited({ speakerLabels: 'enhanced', summaries: 'short' }, more);
		expect(json).toMatchObject({ status: 'completed', text: TEXT, raw: { download_urls: expect.any(Object) } });
	});

	it('resumes with a warning if the text never arrives', async () => {
		service.sandbox.configure({ postProcessingSeconds: NEVER });
		const json = await waited({ speakerLabels: 'enhanced' }, { credential: { apiKey: BARE_ACCOUNT_KEY } });
		expect(json).toMatchObject({ status: 'completed', warnings: [expect.stringContaining('neither text nor a link')] });
	});

	it('doesn’t take an unfinished job from the initial poll', async () => {
		service.sandbox.configure({ postProcessingSeconds: 0.2 });
		const parameters = { ...PROVIDER, output: 'raw', options: { initialPoll: 60, summaries: 'short' } };
		const execution = await submitAndWait(parameters, [inMemory(RECORDING)], service.setup());
		open.push(execution);
		expect(execution.result.json[0]).toMatchObject({ text: TEXT, raw: { summaries: { short: expect.any(String) } } });
	});
});

describe('Get', () => {
	const TXT = { download_urls: { txt: 'http://127.0.0.1:9/t.txt' }, text: TEXT };

	it.each<[string, object[]]>([
		['text', [{ status: 'completed' }, { status: 'completed', text: TEXT }]],
		[
			'requested summaries',
			[
				{ status: 'completed', text: TEXT, options: { summaries: 'short' } },
				{ status: 'completed', ...TXT, options: { summaries: 'short' }, summaries: { short: 'In short.' } },
			],
		],
		[
			'requested summaries that are still empty',
			[
				{ status: 'completed', ...TXT, options: { summaries: 'short' }, summary: null },
				{ status: 'completed', ...TXT, options: { summaries: 'short' }, summary: 'In short.' },
			],
		],
		[
			'requested enhanced speaker labels',
			[
				{ status: 'completed', text: TEXT, request: { speaker_labels: 'enhanced' } },
				{ status: 'completed', ...TXT, request: { speaker_labels: 'enhanced' } },
			],
		],
		[
			'a part with its own status',
			[
				{ status: 'completed', ...TXT, post_processing_status: 'in_progress' },
				{ status: 'completed', ...TXT, post_processing_status: 'done' },
			],
		],
	])('waits for %s with Wait Until Done', async (_what, answers) => {
		const { json } = await polled(await answering(...answers), { output: 'raw' });
		expect(json[0]).toMatchObject({ status: 'completed', text: TEXT, raw: answers.at(-1) });
		expect(json[0]).not.toHaveProperty('warnings');
		expect(json[0]).not.toHaveProperty('timedOut');
	});

	it('stops waiting after a while and returns a warning', async () => {
		const { json } = await polled(await answering({ status: 'completed' }), { maxWaitMinutes: 0.05 });
		expect(json[0]).toMatchObject({ status: 'completed', warnings: [expect.stringContaining('later')] });
	});

	it('returns at once without Wait Until Done', async () => {
		const { json } = await polled(await answering({ status: 'completed' }, { status: 'completed', text: TEXT }), {
			waitUntilDone: false,
		});
		expect(json[0]).toMatchObject({ status: 'completed', warnings: [expect.any(String)] });
	});

	it('warns about summaries that it can’t find in a finished response', async () => {
		const { json } = await polled(await answering({ status: 'completed', ...TXT, options: { summaries: 'both' } }));
		expect(json[0]).toMatchObject({ text: TEXT, warnings: [expect.stringContaining('“Summary”')] });
	});

	it('finds summaries under any name', async () => {
		const answer = { status: 'completed', ...TXT, options: { summaries: 'both' }, ai_summary: { de: 'Kurz.' } };
		expect((await polled(await answering(answer))).json[0]).not.toHaveProperty('warnings');
	});
});

describe('Recover Missed', () => {
	it('waits for text', async () => {
		const setup = await answering({ status: 'completed' }, { status: 'completed', text: TEXT });
		const parameters = {
			...PROVIDER,
			resource: 'transcript',
			operation: 'recoverMissed',
			from: 'ids',
			transcriptId: 'job-1',
		};
		expect((await run('transcription', parameters, [{ json: {} }], setup)).json[0]).toMatchObject({ text: TEXT });
	});
});
