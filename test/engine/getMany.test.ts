import type { INodeParameters } from 'n8n-workflow';
import { callbackSecret } from '../../nodes/Transcription/callback/secrets';
import type { ProviderName } from '../../sandbox';
import { deleteTranscript, everyTextIn, getMany, run, submit } from './harness';
import { sessionOf } from './listed';
import { useSandbox } from './sandbox';

jest.setTimeout(120_000);
const CALLBACK = {
	callback: 'url',
	callbackUrl: 'https://n8n.example.com/webhook/Ab12/other',
	options: { skipTriggerCheck: true },
};

/** Job counts that exceed one page, if the service's page size is small enough for a test. */
const SERVICES: Array<[ProviderName, number, boolean]> = [
	['assemblyAi', 230, false],
	['gladia', 120, true],
	['revAi', 120, true],
	['scriptix', 120, true],
	['soniox', 30, true],
	['speechmatics', 120, true],
];

describe.each(SERVICES)('Get Many from %s', (provider, count, echoes) => {
	// This only affects Scriptix, whose default API can't list jobs.
	const service = useSandbox(provider, { apiGeneration: 'sessions' });
	const submitted = async (items: number, parameters: INodeParameters = {}) => {
		const given = {
			provider,
			source: 'url',
			audioUrl: `${service.sandbox.origin}/samples/call.wav`,
			callback: 'none',
			...parameters,
		};
		const { json, error } = await submit(
			given,
			Array.from({ length: items }, () => ({ json: {} })),
			service.setup(),
		);
		expect(error).toBeUndefined();
		await service.sandbox.jobs.settled();
		return json.map(({ id }) => String(id));
	};
	const listed = async (parameters: INodeParameters = {}, items = 1) =>
		await getMany(
			{ provider, ...parameters },
			Array.from({ length: items }, () => ({ json: {} })),
			service.setup(),
		);

	it('returns every job once with Return All, newest first', async () => {
		const ids = await submitted(count);
		const { json, error } = await listed({ returnAll: true });
		expect(error).toBeUndefined();
		expect(json.map(({ id }) => id).sort()).toEqual([...ids].sort());
		const times = json.map(({ createdAt }) => Date.parse(String(createdAt)));
		expect(times).toEqual([...times].sort((a, b) => b - a));
		expect((await listed({ limit: 7 })).json.map(({ id }) => id)).toEqual(json.slice(0, 7).map(({ id }) => id));

		const [after, before] = [String(json[20]?.createdAt), String(json[10]?.createdAt)];
		const within = json.filter(
			({ createdAt }) =>
				Date.parse(String(createdAt)) >= Date.parse(after) && Date.parse(String(createdAt)) < Date.parse(before),
		);
		const { json: chosen } = await listed({ returnAll: true, filters: { createdAfter: after, createdBefore: before } });
		expect(chosen).toEqual(within);
	});

	it('returns jobs in our format, filtered by status, for each input item, without secrets', async () => {
		service.sandbox.configure({ bareFailures: false });
		const [first = ''] = await submitted(1);
		service.sandbox.jobs.failNext('No speech found');
		const [failed = ''] = await submitted(1, {
			...CALLBACK,
			metadata: { pair: [{ key: 'contactId', value: '4711' }] },
		});
		const { json, outputs } = await listed({ filters: { status: 'failed' } }, 2);
		expect(json[0]).toMatchObject({ status: 'failed', provider, id: failed, eventId: `${provider}:${failed}:failed` });
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(json[0]?.metadata).toEqual(echoes ? { contactId: '4711' } : undefined);
		const raw = await listed({ output: 'raw' });
		expect(raw.json.map(({ id }) => id)).toEqual([failed, first]);
		expect(raw.json[0]?.raw).toEqual(expect.any(Object));
		const secret = callbackSecret((await sessionOf(provider, service.setup())).connection, 'Ab12/other');
		expect(everyTextIn(raw.run)).not.toContain(secret);
	});

	it('omits deleted jobs', async () => {
		const ids = await submitted(2);
		await deleteTranscript({ provider, transcriptId: ids[0] as string }, [{ json: {} }], service.setup());
		expect((await listed()).json.map(({ id }) => id)).toEqual([ids[1]]);
	});
});

describe('Get Many', () => {
	const service = useSandbox();
	const refused = async (parameters: INodeParameters) =>
		(await getMany(parameters, [{ json: {} }], service.setup())).error;

	it.each<[string, INodeParameters, string]>([
		['a limit of 0', { limit: 0 }, '“Limit” has an invalid value: 0'],
		['a fractional limit', { limit: 1.5 }, '“Limit” has an invalid value: 1.5'],
		['an empty limit', { limit: '={{ "" }}' }, '“Limit” is empty'],
		['an invalid date', { filters: { createdAfter: 'yesterday-ish' } }, '“Created After” is "yesterday-ish"'],
		['a bare number as a date', { filters: { createdBefore: '={{ 1764547200 }}' } }, '“Created Before” is 1764547200'],
		[
			'a period that ends before it begins',
			{ filters: { createdAfter: '2026-02-01', createdBefore: '2026-01-01' } },
			'must be earlier than “Created Before”',
		],
		['an unknown status', { filters: { status: '={{ "done" }}' } }, '“done”'],
	])('rejects %s, names the item and sends no request', async (_what, parameters, words) => {
		const error = await refused(parameters);
		expect(error?.message).toContain(words);
		expect(`${error?.message} ${error?.description}`).toContain('Item 0');
		expect(service.asked()).toEqual([]);
	});

	it('reads a time without a zone in the workflow’s time zone and accepts dates from expressions', async () => {
		const { json, error } = await getMany(
			{ filters: { createdAfter: '={{ $now.minus(1, "day") }}', createdBefore: '2030-01-01T00:00:00' } },
			[{ json: {} }],
			service.setup(),
		);
		expect([json, error]).toEqual([[], undefined]);
	});

	it('reads a date in the US format in the workflow’s time zone and refuses one with two meanings', async () => {
		const setup = service.setup({ workflowSettings: { timezone: 'Pacific/Kiritimati' } });
		const filters = { createdAfter: '11/28/2026', createdBefore: '2026-11-27T09:00:00Z' };
		// Midnight in this time zone is 10:00 UTC on the previous day.
		const { error } = await getMany({ filters }, [{ json: {} }], setup);
		expect(error?.message).toContain('“Created After” (2026-11-27T10:00:00.000Z) must be earlier');
		expect((await refused({ filters: { createdAfter: '03/04/2026' } }))?.message).toContain(
			'“Created After” is "03/04/2026", which could be March 4 or April 3',
		);
	});

	it('continues after a failed item if the node continues on errors', async () => {
		const { json } = await getMany(
			{ limit: '={{ $json.limit }}' },
			[{ json: { limit: 0 } }, { json: { limit: 1 } }],
			service.setup({ onError: 'continueRegularOutput' }),
		);
		expect(json).toEqual([
			expect.objectContaining({ error: expect.stringContaining('“Limit” has an invalid value: 0') }),
		]);
	});

	it.each(['elevenLabs', 'instantTranscriber'])(
		'is rejected for %s, which has no list, with an alternative',
		async (provider) => {
			const { error } = await run(
				'transcription',
				{ provider, resource: 'transcript', operation: 'getMany' },
				[{ json: {} }],
				service.setup(),
			);
			expect(error?.message).toContain('doesn’t support “Get Many”');
			expect(error?.description).toContain('Store the IDs');
			expect(service.asked()).toEqual([]);
		},
	);
});
