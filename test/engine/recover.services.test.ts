import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { ProviderName, Sandbox } from '../../sandbox';
import { inMemory, run, submit, type Setup } from './harness';
import { aTrigger, type PublishedTrigger } from './publishedTrigger';
import { RECORDING } from './recording';
import { useSandbox } from './sandbox';
import { SESSIONS, STT } from './scriptix.setup';

jest.setTimeout(60_000);

interface Service {
	name: string;
	provider: ProviderName;
	credential?: ICredentialDataDecryptedObject;
	from: 'list' | 'ids';
	/** Whether a failed job can be fetched. */
	keepsFailures: boolean;
	/** Part of a fetched failed job's error message. Default: the reason. */
	reason?: string;
	settings?: Parameters<Sandbox['configure']>[0];
}

const SERVICES: Service[] = [
	{ name: 'AssemblyAI', provider: 'assemblyAi', from: 'list', keepsFailures: true },
	{
		name: 'Gladia',
		provider: 'gladia',
		from: 'list',
		keepsFailures: true,
		reason: 'error code',
		settings: { bareFailures: false, oldestFirst: true },
	},
	{ name: 'Gladia by ID', provider: 'gladia', from: 'ids', keepsFailures: true, reason: 'error code' },
	{ name: 'Rev AI', provider: 'revAi', from: 'list', keepsFailures: true },
	{ name: 'Soniox', provider: 'soniox', from: 'list', keepsFailures: true },
	{ name: 'Speechmatics', provider: 'speechmatics', from: 'list', keepsFailures: true },
	{ name: 'Scriptix, sessions', provider: 'scriptix', credential: SESSIONS, from: 'list', keepsFailures: true },
	{ name: 'Scriptix, sessions by ID', provider: 'scriptix', credential: SESSIONS, from: 'ids', keepsFailures: true },
	{ name: 'Scriptix, batch upload', provider: 'scriptix', credential: STT, from: 'ids', keepsFailures: true },
	{ name: 'ElevenLabs', provider: 'elevenLabs', from: 'ids', keepsFailures: false },
	{ name: 'InstantTranscriber', provider: 'instantTranscriber', from: 'ids', keepsFailures: true },
];

describe.each(SERVICES)(
	'$name',
	({ provider, credential = {}, from, keepsFailures, reason = 'No speech', settings = {} }) => {
		const service = useSandbox(provider);
		const setup = (more: Partial<Setup> = {}) => service.setup({ credential, ...more });
		let trigger: PublishedTrigger;
		beforeEach(async () => {
			service.sandbox.configure(settings);
			trigger = await aTrigger({ provider }, setup());
			await trigger.publish();
		});
		afterEach(async () => await trigger.close());

		const metadata = { pair: [{ key: 'contactId', value: 'Grüße & 4711' }] };
		/** Returns the output of Submit for a recording. */
		async function submitted(more: Partial<Setup> = {}): Promise<INodeExecutionData> {
			const { outputs, error } = await submit(
				{ provider, metadata },
				[inMemory(RECORDING)],
				setup({ webhookBase: trigger.base, ...more }),
			);
			expect(error).toBeUndefined();
			await service.sandbox.settled();
			return outputs[0]?.[0] as INodeExecutionData;
		}
		const missed = async (more: Partial<Setup> = {}) => {
			service.sandbox.callbacks.addFault({ kind: 'lost' });
			return await submitted(more);
		};
		const recover = async (kept: INodeExecutionData[], parameters: INodeParameters = {}) =>
			await run(
				'transcription',
				{ resource: 'transcript', operation: 'recoverMissed', provider, from, ...parameters },
				from === 'list' ? [{ json: {} }] : kept,
				setup(),
			);

		it('returns a missed transcript once, in the same format as the trigger', async () => {
			const heard = await submitted();
			const [delivered] = (await trigger.results()).flatMap(({ json }) => json);
			const lost = await missed();
			const { json, error } = await recover([heard, lost]);
			expect(error).toBeUndefined();
			expect(json.map(({ id }) => id)).toEqual([lost.json.id]);
			expect(json[0]).toMatchObject({ metadata: { contactId: 'Grüße & 4711' }, ref: lost.json.ref });
			expect(alike(json[0])).toEqual(alike(delivered));
			const again = await recover([heard, lost]);
			expect(again.json).toEqual([]);
			expect(again.hints).toEqual([
				expect.stringMatching(
					from === 'list'
						? /^Nothing was recovered\. .+ lists 2 jobs from \w{3} \d+, \d{4}, .+ \(Since\) to \w{3} \d+, \d{4}, .+M\. /
						: /^Nothing was recovered\. Checked 2 jobs from the input items\. /,
				),
			]);
			service.sandbox.callbacks.redeliver(String(lost.json.id));
			await service.sandbox.settled();
			expect((await trigger.results()).flatMap(({ json: items }) => items)).toHaveLength(1);
		});

		it('returns the reason of a failed job that was missed', async () => {
			service.sandbox.jobs.failNext('No speech was found');
			const lost = await missed();
			const { json, error } = await recover([lost]);
			expect(error).toBeUndefined();
			expect(json).toEqual(
				keepsFailures
					? [
							expect.objectContaining({
								status: 'failed',
								errorMessage: expect.stringContaining(reason),
								metadata: { contactId: 'Grüße & 4711' },
							}),
						]
					: [],
			);
		});

		it('returns nothing for a running job', async () => {
			service.sandbox.jobs.hold('processing');
			const { outputs } = await submit(
				{ provider, metadata },
				[inMemory(RECORDING)],
				setup({ webhookBase: trigger.base }),
			);
			const { json, error } = await recover(outputs[0] ?? []);
			expect([json, error]).toEqual([[], undefined]);
		});

		if (from === 'list') {
			it('omits the jobs of other workflows', async () => {
				await missed({ workflowId: 'AnotherWorkflow', webhookBase: 'http://127.0.0.1:9/webhook' });
				const mine = await missed();
				expect((await recover([])).json.map(({ id }) => id)).toEqual([mine.json.id]);
			});
		}
	},
);

describe('deleting recovered jobs at the service', () => {
	const service = useSandbox('assemblyAi');

	async function recoverThree(onStart?: (cancel: () => void) => void) {
		await submit(
			{ provider: 'assemblyAi', callback: 'none' },
			Array.from({ length: 3 }, () => inMemory(RECORDING)),
			service.setup(),
		);
		await service.sandbox.settled();
		const kept = service.sandbox.jobs.list().map(({ id }) => ({ json: { id } }));
		const options = { files: ['srt'], deleteAfterFetching: 'transcript', concurrency: 1 };
		return await run(
			'transcription',
			{ resource: 'transcript', operation: 'recoverMissed', provider: 'assemblyAi', from: 'ids', options },
			kept,
			service.setup(),
			onStart,
		);
	}
	const deletions = () => service.asked().filter((request) => request.startsWith('DELETE'));

	it('happens after the files of each job were created', async () => {
		const { outputs, error } = await recoverThree();
		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([['srt'], ['srt'], ['srt']]);
		expect(deletions()).toHaveLength(3);
	});

	it('stops when the execution is canceled, so that discarded transcripts can be fetched again', async () => {
		service.sandbox.httpFaults.add({ kind: 'slow', seconds: 1, match: { method: 'DELETE' } });
		let watch: NodeJS.Timeout | undefined;
		await recoverThree((cancel) => {
			watch = setInterval(() => {
				if (deletions().length === 0) return;
				clearInterval(watch);
				cancel();
			}, 10);
		});
		clearInterval(watch);
		await new Promise((resolve) => setTimeout(resolve, 4000));
		expect(deletions()).toHaveLength(1);
	});
});

describe('Failed Gladia jobs that don’t report their origin', () => {
	const service = useSandbox('gladia');
	const recover = async (options: INodeParameters = {}) =>
		await run(
			'transcription',
			{ resource: 'transcript', operation: 'recoverMissed', provider: 'gladia', options },
			[{ json: {} }],
			service.setup(),
		);
	const submitted = async (reason?: string) => {
		if (reason !== undefined) service.sandbox.jobs.failNext(reason);
		const { json } = await submit({ provider: 'gladia', callback: 'none' }, [inMemory(RECORDING)], service.setup());
		await service.sandbox.settled();
		return String(json[0]?.id);
	};

	it('are omitted and reported unless the option includes them, unlike completed jobs without a callback', async () => {
		const [completed, failed] = [await submitted(), await submitted('No speech')];
		const careful = await recover();
		expect(careful.json).toEqual([]);
		expect(careful.hints.join()).toContain(failed);
		expect(careful.hints.join()).not.toContain(completed);
		expect((await recover()).hints.join()).not.toContain(failed);
		expect((await recover({ includeUnattributed: true })).json).toEqual([
			expect.objectContaining({ id: failed, status: 'failed', errorMessage: expect.stringContaining('error code') }),
		]);
	});
});

describe('Scriptix jobs of unknown origin', () => {
	const service = useSandbox('scriptix');
	const recover = async (options: INodeParameters = {}) =>
		await run(
			'transcription',
			{ resource: 'transcript', operation: 'recoverMissed', provider: 'scriptix', options },
			[{ json: {} }],
			service.setup({ credential: SESSIONS }),
		);

	it('are omitted and reported unless the option includes them', async () => {
		const { json } = await submit(
			{ provider: 'scriptix', callback: 'none' },
			[inMemory(RECORDING)],
			service.setup({ credential: SESSIONS }),
		);
		await service.sandbox.settled();
		const careful = await recover();
		expect(careful.json).toEqual([]);
		expect(careful.hints.join()).toContain(String(json[0]?.id));
		expect((await recover({ includeUnattributed: true })).json.map(({ id }) => id)).toEqual([json[0]?.id]);
	});

	it('are accepted by ID even if the list omitted them before', async () => {
		const { json } = await submit(
			{ provider: 'scriptix', callback: 'none' },
			[inMemory(RECORDING)],
			service.setup({ credential: SESSIONS }),
		);
		await service.sandbox.settled();
		expect((await recover()).json).toEqual([]);
		const byId = await run(
			'transcription',
			{ resource: 'transcript', operation: 'recoverMissed', provider: 'scriptix', from: 'ids' },
			json.map((item) => ({ json: item })),
			service.setup({ credential: SESSIONS }),
		);
		expect(byId.json.map(({ id }) => id)).toEqual([json[0]?.id]);
	});
});

describe('metadata that the service doesn’t return', () => {
	const service = useSandbox('instantTranscriber');
	async function aJob(): Promise<string> {
		const { json } = await submit(
			{ provider: 'instantTranscriber', callback: 'none' },
			[inMemory(RECORDING)],
			service.setup(),
		);
		await service.sandbox.settled();
		return String(json[0]?.id);
	}
	const recover = async (item: IDataObject, options: INodeParameters = {}) =>
		await run(
			'transcription',
			{ resource: 'transcript', operation: 'recoverMissed', provider: 'instantTranscriber', options },
			[{ json: item }],
			service.setup(),
		);

	it.each<[string, IDataObject, INodeParameters]>([
		['an object in the item', { metadata: { contactId: '7' } }, {}],
		['JSON text in the item, as stored in a Data Table', { metadata: '{"contactId":"7"}' }, {}],
		['the result of an expression', { kept: { contactId: 7, gone: null } }, { metadata: '={{ $json.kept }}' }],
	])('is read from %s', async (_what, item, options) => {
		const { json } = await recover({ id: await aJob(), ...item }, options);
		expect(json[0]?.metadata).toEqual({ contactId: '7' });
	});

	it.each([undefined, null, '', 'null', ' '])('can be absent, as %j', async (metadata) => {
		const { json } = await recover({ id: await aJob(), ...(metadata !== undefined && { metadata }) });
		expect(json[0]).toMatchObject({ status: 'completed' });
		expect(json[0]).not.toHaveProperty('metadata');
	});

	it.each(['contactId: 7', '[1]', '"text"'])('is rejected as %s, naming the item', async (metadata) => {
		const { error } = await recover({ id: await aJob(), metadata });
		expect(error?.message).toContain('“Metadata” in item 0 isn’t an object');
	});
});

/** Removes the fields that differ from job to job. */
function alike(json: IDataObject | undefined): IDataObject {
	const { id: _id, eventId: _event, ref: _ref, createdAt, completedAt, ...same } = json ?? {};
	return { ...same, tellsBeginning: createdAt !== undefined, tellsEnd: completedAt !== undefined };
}
