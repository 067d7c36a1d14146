import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { PROVIDERS } from '../../nodes/Transcription/providers';
import { type ProviderName, type Sandbox, startSandbox } from '../../sandbox';
import { sign } from '../../nodes/Transcription/callback/headerSecret';
import { callbackSecret } from '../../nodes/Transcription/callback/secrets';
import { PROFILES } from '../e2e/profiles';
import type { ProviderProfile } from '../e2e/profiles/profile';
import { API_KEY, inMemory, type Setup, submit, WORKFLOW_ID } from './harness';
import { aTrigger, type PublishedTrigger } from './publishedTrigger';
import { RECORDING, samplesFolder, TEXT } from './recording';
import { useSandbox } from './sandbox';
import { startTrigger, type TriggerEndpoint } from './triggerEndpoint';
import { submitAndWait } from './waitingExecution';

/** Tests genuine callbacks with a malformed body, for every service and every way to verify callbacks. */

jest.setTimeout(60_000);

let sandbox: Sandbox;
const open: PublishedTrigger[] = [];
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, jobSeconds: 0, samplesFolder: samplesFolder() });
});
afterEach(async () => {
	await Promise.all(open.splice(0).map(async (trigger) => await trigger.close()));
	sandbox.reset();
});
afterAll(async () => await sandbox.close());

/** Publishes a trigger, submits for it, and waits for the executions that the callback starts. */
async function delivered(
	{ provider, credential, setUp }: ProviderProfile,
	oddity: 'byteOrderMark' | 'truncated',
	parameters: INodeParameters = {},
) {
	const service = provider as ProviderName;
	const setup: Setup & { credential: ICredentialDataDecryptedObject } = {
		baseUrl: sandbox.baseUrl(service),
		credential: { apiKey: String(sandbox.accounts(service)[0]?.apiKey), ...credential },
	};
	const trigger = await aTrigger({ provider, ...parameters }, setup);
	open.push(trigger);
	if (setUp) Object.assign(setup.credential, await setUp(sandbox, trigger.url));
	await trigger.publish();
	sandbox.callbacks.addFault({ kind: 'oddBody', oddity });
	const job = await submit({ provider }, [inMemory(RECORDING)], { ...setup, webhookBase: trigger.base });
	expect(job.error).toBeUndefined();
	await sandbox.settled();
	expect(new Set(trigger.statuses)).toEqual(new Set([200]));
	return { submitted: job.json[0] ?? {}, results: await trigger.results(), warnings: trigger.warnings };
}

const CASES = PROFILES.map((profile) => [profile.name, profile] as const);

it.each(CASES)('reads a callback with a byte order mark: %s', async (_, profile) => {
	const { submitted, results, warnings } = await delivered(profile, 'byteOrderMark');
	expect(results.map(({ json }) => json)).toEqual([[expect.objectContaining({ id: submitted.id, text: TEXT })]]);
	expect(warnings).toEqual([]);
});

it.each(CASES)('warns about a callback that can’t be read, and delivers what is known: %s', async (_, profile) => {
	const { submitted, results, warnings } = await delivered(profile, 'truncated');
	const provider = PROVIDERS.find(({ name }) => name === profile.provider);
	const items = results.flatMap(({ outputs }) => outputs.flat());
	const isReadable = items[0]?.json.status === 'completed';
	// Scriptix and Speechmatics also send the job ID outside the body.
	expect(isReadable || warnings.some((line) => /verified, but it can’t be read/.test(line))).toBe(true);
	// A service with one webhook for all jobs sends the reference in the body, so an unreadable body starts nothing.
	expect(items).toHaveLength(provider?.registration ? 0 : 1);
	for (const { json } of items) {
		const fetched = { id: submitted.id, text: TEXT };
		const unknown = {
			status: 'failed',
			errorMessage: expect.stringContaining('couldn’t be read'),
			eventId: expect.stringContaining(':failed'),
		};
		expect(json).toEqual(expect.objectContaining({ ref: submitted.ref, ...(isReadable ? fetched : unknown) }));
		expect(json).not.toHaveProperty('unreadable');
	}
});

describe('a verified callback that can’t be read', () => {
	const secret = callbackSecret({ apiKey: API_KEY }, `${WORKFLOW_ID}/assemblyAi`);
	const service = useSandbox();
	const endpoints: TriggerEndpoint[] = [];
	afterEach(async () => await Promise.all(endpoints.splice(0).map(async (endpoint) => await endpoint.close())));

	interface Sent {
		/** May contain `ID`, which is replaced by the ID of a finished job. */
		body?: string;
		type?: string;
		query?: string;
		headers?: Record<string, string>;
	}

	/** Sends a callback about a finished job of AssemblyAI to its trigger. */
	async function sent(
		{ body = '{"transcript_id":"ID","stat', type = 'text/plain', query = '', headers = sign(secret) }: Sent,
		parameters: INodeParameters = {},
	) {
		const endpoint = await startTrigger(parameters, service.setup());
		endpoints.push(endpoint);
		service.sandbox.callbacks.addFault({ kind: 'lost' });
		const { json } = await submit({}, [inMemory(RECORDING)], service.setup({ webhookBase: endpoint.base }));
		await service.sandbox.settled();
		const id = String(json[0]?.id);
		const response = await fetch(`${endpoint.base}/${WORKFLOW_ID}/assemblyAi${query}`, {
			method: 'POST',
			headers: { 'content-type': type, ...headers },
			body: body.replaceAll('ID', id),
		});
		const [result] = await Promise.all(endpoint.executions);
		return {
			id,
			ref: json[0]?.ref,
			status: response.status,
			result,
			outputs: result?.outputs.map((items) => items[0]?.json),
		};
	}

	it('is fetched if it contains the job ID', async () => {
		const { id, ref, status, outputs } = await sent({});
		expect(status).toBe(200);
		expect(outputs).toEqual([expect.objectContaining({ id, status: 'completed', text: TEXT, ref }), undefined]);
	});

	it('fetches a job that failed', async () => {
		service.sandbox.jobs.failNext('Download error');
		const { outputs } = await sent({});
		expect(outputs?.[1]).toMatchObject({ status: 'failed', errorMessage: 'Download error' });
	});

	it('is reported with the job ID if nothing is fetched', async () => {
		const { id, outputs } = await sent({}, { fetchTranscript: false });
		expect(outputs).toEqual([
			undefined,
			{
				eventId: `assemblyAi:${id}:failed`,
				provider: 'assemblyAi',
				id,
				status: 'failed',
				errorMessage: expect.stringMatching(
					/couldn’t be read, so it’s unknown how the job ended.*Fetch the transcript by its ID/,
				),
			},
		]);
	});

	it('is reported with the ref and the metadata if it doesn’t contain the job ID', async () => {
		const { outputs } = await sent({ body: '<html>', query: '?ref=r1&contactId=4711' });
		expect(outputs).toEqual([
			undefined,
			{
				eventId: 'assemblyAi:r1:failed',
				provider: 'assemblyAi',
				ref: 'r1',
				metadata: { contactId: '4711' },
				status: 'failed',
				errorMessage: expect.stringContaining('Fetch the transcript by the ID that Submit returned'),
			},
		]);
	});

	it('fails the execution if failed jobs do, without claiming that the job failed', async () => {
		const { result } = await sent({ body: '', query: '?ref=r2' }, { options: { failExecution: true } });
		expect(result?.error?.message).toBe('AssemblyAI sent a callback that can’t be read');
		expect(result?.error?.description).toContain('Fetch the transcript by the ID that Submit returned');
	});

	it('fails the execution if the Failed output is off', async () => {
		const { result } = await sent({ body: '', query: '?ref=r4' }, { events: ['completed'] });
		expect(result?.error?.message).toBe('AssemblyAI sent a callback that can’t be read');
	});

	it('fails the execution if the job failed and the Failed output is off', async () => {
		service.sandbox.jobs.failNext('Download error');
		const { result } = await sent({}, { events: ['completed'] });
		expect(result?.error?.description).toContain('Download error');
	});

	it('starts nothing if only other events are selected, or nothing about the job is known', async () => {
		expect(await sent({}, { events: ['redactedAudioReady'] })).toMatchObject({ status: 200, result: undefined });
		expect(await sent({ body: 'ping' })).toMatchObject({ status: 200, result: undefined });
	});

	it('is reported if n8n can’t provide the body', async () => {
		const { outputs } = await sent({ type: 'multipart/form-data; boundary=x', query: '?ref=r3' });
		expect(outputs?.[1]).toMatchObject({ ref: 'r3', errorMessage: expect.stringContaining('stream is not readable') });
	});

	it('receives 400 if n8n can’t provide the body and it isn’t verified', async () => {
		const forged = { type: 'multipart/form-data; boundary=x', headers: {}, query: '?ref=r1' };
		expect(await sent(forged)).toMatchObject({ status: 400, result: undefined });
	});

	it('makes a waiting execution ask for its jobs', async () => {
		service.sandbox.jobs.hold('processing');
		service.sandbox.callbacks.addFault({ kind: 'oddBody', oddity: 'truncated' });
		const execution = await submitAndWait({ options: { initialPoll: 0 } }, [inMemory(RECORDING)], service.setup());
		service.sandbox.jobs.release();
		expect(await execution.goesOn()).toEqual([expect.objectContaining({ status: 'completed', text: TEXT })]);
		expect(execution.log.join()).toContain('asks AssemblyAI about its jobs instead');
		await execution.close();
	});
});
