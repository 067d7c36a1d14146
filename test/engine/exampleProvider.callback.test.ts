import { callbackSecret } from '../../nodes/Transcription/callback/secrets';
import { deliver } from '../../nodes/Transcription/trigger/deliver';
import {
	execute,
	executeContext,
	offeredModels,
	type Outcome,
	SCOPE,
	setupFor,
	startTrigger,
	submitExample,
	useService,
} from './exampleProvider/nodes';
import { exampleSpeech, tokenFor } from './exampleProvider/provider';
import { EXAMPLE_KEY, type Job, post } from './exampleProvider/server';
import { everyTextIn, inMemory, record, WORKFLOW_ID } from './harness';

jest.setTimeout(30_000);
const used = useService();
type Trigger = Awaited<ReturnType<typeof startTrigger>>;
const open: Trigger[] = [];
afterEach(async () => await Promise.all(open.splice(0).map(async (trigger) => await trigger.close())));

const TOKEN = tokenFor(callbackSecret({ apiKey: EXAMPLE_KEY }, SCOPE));
const DIRECT = { delivery: 'direct' };
const setup = (credential = {}) => setupFor(used.service, credential);

async function published(credential = {}, parameters = {}): Promise<Trigger> {
	const trigger = await startTrigger(setup(credential), parameters);
	open.push(trigger);
	await trigger.publish();
	return trigger;
}

/** Submits a job for the trigger with a form and finishes it. */
async function aJob(
	trigger: Trigger,
	credential = {},
	pair: Array<{ key: string; value: string }> = [],
): Promise<{ job: Job; submitted: Outcome }> {
	const options = { ...setup(credential), webhookBase: trigger.base };
	const submitted = await submitExample({ metadata: { pair } }, [inMemory(Buffer.from('sound'))], options);
	expect(submitted.error).toBeUndefined();
	return { job: used.service.finish(String(submitted.json[0]?.id)), submitted };
}

/** Executes the trigger for the one event that it received. */
async function executed({ events }: Trigger, parameters = {}, credential = {}): Promise<Outcome> {
	expect(events).toHaveLength(1);
	return await execute('transcriptionTrigger', parameters, [{ json: events[0] ?? {} }], {
		...setup(credential),
		mode: 'webhook',
	});
}

describe('a service that sends all events to one URL', () => {
	const PAIR = [{ key: 'contactId', value: 'Grüße & 4711' }];

	it('delivers the transcript with the metadata from the callback URL in the body', async () => {
		const trigger = await published();
		const { job, submitted } = await aJob(trigger, {}, PAIR);
		expect(await used.service.announce(job)).toEqual([200]);
		const { ref } = submitted.json[0] ?? {};
		expect(trigger.events).toEqual([
			expect.objectContaining({ id: job.id, ref, metadata: { contactId: 'Grüße & 4711' } }),
		]);
		expect((await executed(trigger)).json).toEqual([
			expect.objectContaining({ text: 'Spoken words.', ref, metadata: { contactId: 'Grüße & 4711' } }),
		]);
	});

	it('delivers the metadata even if the job doesn’t contain the callback URL', async () => {
		const trigger = await published();
		const { job } = await aJob(trigger, {}, PAIR);
		await used.service.announce(job);
		used.service.echoes = false;
		const context = executeContext({}, trigger.events[0] ?? {}, setup());
		const [completed] = await deliver(context, { ...exampleSpeech, echoesCallbackUrl: false });
		expect(completed).toEqual([
			expect.objectContaining({ json: expect.objectContaining({ metadata: { contactId: 'Grüße & 4711' } }) }),
		]);
	});

	it('delivers no transcript if only failed jobs may lack the callback URL', async () => {
		const trigger = await published();
		const { job } = await aJob(trigger, {}, PAIR);
		await used.service.announce(job);
		used.service.echoes = false;
		const context = executeContext({}, trigger.events[0] ?? {}, setup());
		await expect(deliver(context, { ...exampleSpeech, echoesCallbackUrl: 'unlessFailed' })).rejects.toThrow(
			'didn’t report the callback URL of the job',
		);
	});

	it.each([
		['of another workflow', (base: string) => `${base}/Other/exampleSpeech?ref=r`],
		['of a trigger for another provider', (base: string) => `${base}/${WORKFLOW_ID}/assemblyAi?ref=r`],
		['of another program', () => 'https://example.com/hooks?ref=r'],
		['with an invalid URL', () => 'no URL'],
		['without a callback URL', () => undefined],
	])('starts nothing for a job %s and receives a success response', async (_whose, callbackUrl) => {
		const trigger = await published();
		expect(
			await used.service.announce({ id: 'job-1', status: 'completed', callback_url: callbackUrl(trigger.base) }),
		).toEqual([200]);
		expect(trigger.events).toEqual([]);
	});

	it('starts nothing for events that aren’t selected', async () => {
		const trigger = await published({}, { events: ['failed'] });
		const { job } = await aJob(trigger);
		await used.service.announce(job);
		expect(trigger.events).toEqual([]);
	});
});

describe('the transcript in the callback is', () => {
	async function received(): Promise<{ trigger: Trigger; id: string }> {
		const trigger = await published();
		const { job } = await aJob(trigger);
		await used.service.announce({ ...job, text: 'Words in the callback.' });
		return { trigger, id: job.id };
	}

	it('ignored if the service still has the transcript', async () => {
		const { trigger } = await received();
		expect((await executed(trigger)).json).toEqual([expect.objectContaining({ text: 'Spoken words.' })]);
	});

	it('returned if the service no longer has it', async () => {
		const { trigger, id } = await received();
		used.service.jobs.delete(id);
		const { error, json } = await executed(trigger);
		expect(error).toBeUndefined();
		expect(json).toEqual([
			expect.objectContaining({ id, text: 'Words in the callback.', eventId: `exampleSpeech:${id}:completed` }),
		]);
	});

	it('returned if a service that never returns the callback URL no longer has it', async () => {
		const { trigger, id } = await received();
		used.service.jobs.delete(id);
		const context = executeContext({}, trigger.events[0] ?? {}, setup());
		const [completed] = await deliver(context, { ...exampleSpeech, echoesCallbackUrl: false });
		expect(completed).toEqual([
			expect.objectContaining({ json: expect.objectContaining({ text: 'Words in the callback.' }) }),
		]);
	});

	it.each([401, 403, 500])(
		'not returned if the service responds with %d, so that the execution fails and can be retried',
		async (status) => {
			const { trigger, id } = await received();
			used.service.faults.push({ request: /^GET .*jobs/, status });
			const { error, json } = await executed(trigger);
			expect([json, error?.httpCode]).toEqual([[], String(status)]);
			expect(record.recorded(WORKFLOW_ID)).not.toContain(`exampleSpeech:${id}:completed`);
		},
	);

	it('missing, so that a deleted transcript fails the execution', async () => {
		const trigger = await published();
		const { job } = await aJob(trigger);
		await used.service.announce({ ...job, text: undefined });
		used.service.jobs.delete(job.id);
		expect((await executed(trigger)).error?.httpCode).toBe('404');
	});
});

describe('the token in the callback URL', () => {
	it('is in the URL that the service receives, next to the reference and metadata', async () => {
		const trigger = await published(DIRECT);
		const { job } = await aJob(trigger, DIRECT, [{ key: 'k', value: 'v' }]);
		const given = new URL(String(job.callback_url));
		expect(`${given.origin}${given.pathname}`).toBe(trigger.url);
		expect(Object.fromEntries(given.searchParams)).toEqual({ k: 'v', ref: expect.any(String), token: TOKEN });
	});

	it('is required to verify a callback', async () => {
		const trigger = await published(DIRECT);
		const { job } = await aJob(trigger, DIRECT);
		const url = String(job.callback_url);
		const tried = [url.replace(TOKEN, ''), url.replace(TOKEN, 'guessed'), url];
		const statuses: number[] = [];
		for (const to of tried) statuses.push(await post(to, JSON.stringify(job)));
		expect(statuses).toEqual([401, 401, 200]);
		expect(trigger.events).toHaveLength(1);
	});

	it('counts toward the maximum length of the URL', async () => {
		const trigger = await published(DIRECT);
		const { submitted } = await aJob(trigger, DIRECT);
		const bare = `${submitted.json[0]?.callbackUrl as string}?ref=${submitted.json[0]?.ref as string}&token=${TOKEN}&k=`
			.length;
		const of = async (length: number) => {
			const pair = [{ key: 'k', value: 'x'.repeat(length - bare) }];
			return await submitExample({ metadata: { pair } }, [inMemory(Buffer.from('s'))], {
				...setup(DIRECT),
				webhookBase: trigger.base,
			});
		};
		expect((await of(300)).json).toHaveLength(1);
		expect((await of(301)).error?.message).toContain('has 301 characters, but the limit is 300');
	});

	it('isn’t in the metadata or anything else that n8n stores for Submit', async () => {
		const trigger = await published(DIRECT);
		const { submitted } = await aJob(trigger, DIRECT, [{ key: 'k', value: 'v' }]);
		expect(submitted.json[0]?.metadata).toEqual({ k: 'v' });
		expect(`${everyTextIn(submitted.run)}${JSON.stringify(submitted.run)}`.includes(TOKEN)).toBe(false);
	});

	it.each(['simplified', 'words', 'raw'])(
		'isn’t in the metadata or anything else that the trigger returns at the level %s',
		async (output) => {
			const trigger = await published(DIRECT);
			const { job } = await aJob(trigger, DIRECT, [{ key: 'k', value: 'v' }]);
			await post(String(job.callback_url), JSON.stringify(job));
			const { json, run } = await executed(trigger, { output }, DIRECT);
			expect(json[0]?.metadata).toEqual({ k: 'v' });
			expect(`${everyTextIn(run)}${JSON.stringify(run)}`.includes(TOKEN)).toBe(false);
		},
	);
});

describe('additional credential fields', () => {
	const file = () => [inMemory(Buffer.from('s'))];

	it('are available to option checks before any request', async () => {
		const { error } = await submitExample(
			{ callback: 'none', options: { diarize: true } },
			file(),
			setup({ generation: 'v1' }),
		);
		expect(error?.message).toContain('needs generation v2');
		expect(used.service.asked).toEqual([]);
	});

	it('are available to requests', async () => {
		await submitExample({ callback: 'none' }, file(), setup({ generation: ' v1 ' }));
		expect(used.service.asked).toEqual(['POST /v1/jobs']);
	});

	it('are available to the verification of callbacks', async () => {
		const trigger = await published({ signatureHeader: 'X-Renamed' });
		const { job } = await aJob(trigger);
		expect(await used.service.announce(job)).toEqual([401]);
		expect(trigger.events).toEqual([]);
	});
});

describe('list of models', () => {
	it('is the service’s list', async () => {
		expect(await offeredModels(setup())).toEqual(['asked-for']);
	});

	it.each([
		['refuses', () => used.service.faults.push({ request: /models/, status: 403 }), {}],
		['returns something else', () => used.service.faults.push({ request: /models/, status: 200 }), {}],
		['doesn’t know the key', () => 0, { apiKey: 'wrong' }],
		['can’t be called without a key', () => 0, { apiKey: '' }],
	])('is the built-in list if the service %s', async (_how, prepare, credential) => {
		prepare();
		expect(await offeredModels(setup(credential))).toEqual(['known-in-advance']);
	});
});
