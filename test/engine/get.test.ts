import { get, inMemory, submit } from './harness';
import { sendJson, startServer } from './localServer';
import { RECORDING, TEXT } from './recording';
import { useSandbox } from './sandbox';

jest.setTimeout(30_000);
const service = useSandbox();

/** Returns the ID of a finished job with two speakers. */
async function aFinishedJob(): Promise<string> {
	const { json } = await submit(
		{ callback: 'none', options: { diarize: true } },
		[inMemory(RECORDING)],
		service.setup(),
	);
	await service.sandbox.settled();
	return String(json[0]?.id);
}
const fetched = async (parameters: Record<string, string>) =>
	(await get(parameters, [{ json: {} }], service.setup())).json[0];

describe('Get', () => {
	it('returns text and metadata without timed words by default', async () => {
		const transcriptId = await aFinishedJob();
		const json = await fetched({ transcriptId });
		expect(json).toMatchObject({
			eventId: `assemblyAi:${transcriptId}:completed`,
			provider: 'assemblyAi',
			id: transcriptId,
			status: 'completed',
			text: TEXT,
			durationSeconds: 20,
			speakers: ['A', 'B'],
		});
		expect(Object.keys(json ?? {})).not.toEqual(expect.arrayContaining(['words', 'utterances', 'raw', 'error']));
		expect(Object.values(json ?? {})).not.toContain(null);
	});

	it('returns utterances with speakers and times in seconds', async () => {
		const json = await fetched({ transcriptId: await aFinishedJob(), output: 'utterances' });
		expect(json?.utterances).toEqual([
			expect.objectContaining({ speaker: 'A', start: 0, end: 7.5, text: 'Hello, this is Ada.' }),
			expect.objectContaining({ speaker: 'B', start: 8, end: 15.5, text: 'Hi Ada, Charles here.' }),
		]);
		expect(json).not.toHaveProperty('words');
	});

	it('returns every word with times in seconds', async () => {
		const json = await fetched({ transcriptId: await aFinishedJob(), output: 'words' });
		expect(json?.words).toHaveLength(8);
		expect((json?.words as object[])[1]).toMatchObject({
			text: 'this',
			start: 2,
			end: 3.5,
			speaker: 'A',
			kind: 'word',
		});
		expect(json).toHaveProperty('utterances');
		expect(json).not.toHaveProperty('raw');
	});

	it('returns the raw response', async () => {
		const transcriptId = await aFinishedJob();
		const json = await fetched({ transcriptId, output: 'raw' });
		expect(json?.raw).toMatchObject({ id: transcriptId, audio_duration: 20, speaker_labels: true });
		expect(json).not.toHaveProperty('words');
	});

	it('returns the status of a running job', async () => {
		service.sandbox.jobs.hold('processing');
		const { json } = await submit({ callback: 'none' }, [inMemory(RECORDING)], service.setup());
		const id = String(json[0]?.id);
		expect(await fetched({ transcriptId: id })).toEqual(
			expect.objectContaining({ id, status: expect.stringMatching(/queued|processing/) }),
		);
	});

	it('returns the reason of a failed job without failing', async () => {
		service.sandbox.jobs.failNext('File does not appear to contain audio.');
		const transcriptId = await aFinishedJob();
		const { json, error } = await get({ transcriptId }, [{ json: {} }], service.setup());
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ status: 'failed', errorMessage: 'File does not appear to contain audio.' });
	});

	it('trims a pasted ID', async () => {
		const id = await aFinishedJob();
		expect(await fetched({ transcriptId: ` ${id}\n` })).toMatchObject({ id });
	});
});

describe('Get for a missing transcript', () => {
	it('names an unknown ID and what to check', async () => {
		const { error } = await get({ transcriptId: 'nowhere' }, [{ json: {} }], service.setup());
		expect(error?.message).toContain('nowhere');
		expect(error?.description).toContain('region');
	});

	it('rejects a deleted transcript, whose status remains completed', async () => {
		const transcriptId = await aFinishedJob();
		const headers = { authorization: service.sandbox.accounts('assemblyAi')[0]?.apiKey ?? '' };
		await fetch(`${service.sandbox.baseUrl('assemblyAi')}/v2/transcript/${transcriptId}`, {
			method: 'DELETE',
			headers,
		});
		const { error } = await get({ transcriptId }, [{ json: {} }], service.setup());
		expect(error?.message).toContain(`${transcriptId} was deleted`);
	});

	it.each(['', '../upload', 'a/b', 'a?b=c'])('sends no request for the ID “%s”', async (transcriptId) => {
		const { error } = await get(
			{ transcriptId: '={{ $json.given }}' },
			[{ json: { given: transcriptId } }],
			service.setup(),
		);
		expect(error?.message).toMatch(/is empty|isn’t a valid transcript ID/);
		expect(service.asked()).toEqual([]);
	});

	it('continues with the other items if the node continues on errors', async () => {
		const id = await aFinishedJob();
		const items = ['nowhere', id].map((given) => ({ json: { given } }));
		const setup = service.setup({ onError: 'continueRegularOutput' });
		const { json, outputs } = await get({ transcriptId: '={{ $json.given }}' }, items, setup);
		expect(json).toEqual([
			{ error: expect.stringContaining('nowhere'), message: expect.any(String) },
			expect.objectContaining({ id }),
		]);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});
});

describe('Get with service errors', () => {
	const READ = { method: 'GET', path: '/v2/transcript/*' };

	it.each([
		['500', { kind: 'status', status: 500, match: READ } as const],
		['broken JSON', { kind: 'brokenJson', match: READ } as const],
		['a lost response', { kind: 'dropAnswer', match: READ } as const],
	])('retries after %s', async (_what, fault) => {
		const transcriptId = await aFinishedJob();
		service.sandbox.httpFaults.add(fault);
		expect(await fetched({ transcriptId })).toMatchObject({ text: TEXT });
	});

	it('doesn’t retry after 401', async () => {
		const { error } = await get(
			{ transcriptId: 'x' },
			[{ json: {} }],
			service.setup({ credential: { apiKey: 'wrong' } }),
		);
		expect(error?.message).toContain('didn’t accept the API key');
		expect(service.asked()).toHaveLength(1);
	});

	it('names the invalid field if the response isn’t a transcript', async () => {
		const server = await startServer((_request, response) => sendJson(response, 200, { hello: 'world' }));
		const { error } = await get({ transcriptId: 'x' }, [{ json: {} }], { baseUrl: server.origin });
		await server.close();
		expect(error?.message).toContain('that this node can’t read');
		expect(error?.description).toContain('“id”');
	});
});
