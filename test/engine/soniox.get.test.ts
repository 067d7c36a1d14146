import { LoadOptionsContext } from 'n8n-core';
import type { INodeParameters } from 'n8n-workflow';
import { Transcription } from '../../nodes/Transcription/Transcription.node';
import { additionalData, aWorkflow, get, inMemory, type Setup, submit } from './harness';
import { RECORDING, TEXT } from './recording';
import { useSandbox } from './sandbox';

jest.setTimeout(40_000);
const service = useSandbox('soniox');

async function aJob(options: INodeParameters = {}, parameters: INodeParameters = {}): Promise<string> {
	const { json } = await submit(
		{ provider: 'soniox', callback: 'none', options, ...parameters },
		[inMemory(RECORDING)],
		service.setup(),
	);
	await service.sandbox.jobs.settled();
	return String(json[0]?.id);
}
const fetched = async (transcriptId: string, parameters: INodeParameters = {}) =>
	await get({ provider: 'soniox', transcriptId, ...parameters }, [{ json: {} }], service.setup());

/** Returns the status of the service's response. */
async function statusOf(path: string): Promise<number> {
	const { apiKey } = service.sandbox.accounts('soniox')[0] ?? {};
	return (
		await fetch(`${service.sandbox.baseUrl('soniox')}${path}`, { headers: { authorization: `Bearer ${apiKey}` } })
	).status;
}
/** Returns the ID of a job's file, as reported by the service. */
async function fileOf(id: string): Promise<string> {
	const { apiKey } = service.sandbox.accounts('soniox')[0] ?? {};
	const answer = await fetch(`${service.sandbox.baseUrl('soniox')}/v1/transcriptions/${id}`, {
		headers: { authorization: `Bearer ${apiKey}` },
	});
	return ((await answer.json()) as { file_id: string }).file_id;
}

/** Returns the context for requests outside an execution, such as those that load lists. */
function loadContext(setup: Setup): LoadOptionsContext {
	const { workflow, node } = aWorkflow('transcription', { provider: 'soniox' }, setup);
	return new LoadOptionsContext(
		workflow,
		node,
		{ ...additionalData(setup), currentNodeParameters: node.parameters },
		'',
	);
}

describe('Get from Soniox', () => {
	it('returns text and metadata without words by default', async () => {
		const id = await aJob({ diarize: true, enableLanguageIdentification: true });
		const { json } = await fetched(id);
		expect(json[0]).toEqual({
			status: 'completed',
			text: TEXT,
			textWithSpeakers: '1: Hello, this is Ada.\n2: Hi Ada, Charles here.',
			recordingName: 'call.wav',
			speakers: ['1', '2'],
			language: 'en',
			durationSeconds: 20,
			model: 'stt-async-v5',
			provider: 'soniox',
			id,
			eventId: `soniox:${id}:completed`,
			createdAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/),
		});
	});

	it('returns utterances with times in seconds', async () => {
		const { json } = await fetched(await aJob({ diarize: true }), { output: 'utterances' });
		expect(json[0]?.utterances).toEqual([
			{ speaker: '1', start: 0, end: 7.5, text: 'Hello, this is Ada.' },
			{ speaker: '2', start: 8, end: 15.5, text: 'Hi Ada, Charles here.' },
		]);
	});

	it('joins the service’s tokens into words', async () => {
		const { json } = await fetched(await aJob(), { output: 'words' });
		const words = json[0]?.words as Array<{ text: string; start: number; end: number }>;
		expect(words.map(({ text }) => text)).toEqual(TEXT.split(' '));
		expect(words.map(({ start, end }) => [start, end])).toEqual(
			TEXT.split(' ').map((_word, index) => [index * 2, index * 2 + 1.5]),
		);
	});

	it('separates a translation', async () => {
		const { json } = await fetched(await aJob({ translation: { oneWay: { targetLanguage: 'fr' } } }), {
			output: 'words',
		});
		expect(json[0]).toMatchObject({
			text: TEXT,
			translations: { fr: '[fr] Hello, this is Ada. [fr] Hi Ada, Charles here.' },
		});
		expect(json[0]?.words).toHaveLength(8);
	});

	it('returns both raw responses', async () => {
		const id = await aJob();
		const { json } = await fetched(id, { output: 'raw' });
		expect(json[0]?.raw).toMatchObject({
			transcription: { id, audio_duration_ms: 20_000 },
			transcript: { id, text: TEXT },
		});
	});

	it('returns the status of a job in progress without requesting its transcript', async () => {
		service.sandbox.jobs.hold('processing');
		const { json } = await submit({ provider: 'soniox', callback: 'none' }, [inMemory(RECORDING)], service.setup());
		const { json: state } = await fetched(String(json[0]?.id));
		expect(state[0]).toEqual(expect.objectContaining({ status: expect.stringMatching(/queued|processing/) }));
		expect(service.asked().filter((request) => request.endsWith('/transcript'))).toEqual([]);
	});

	it('returns the error of a failed job without failing', async () => {
		service.sandbox.jobs.failNext('Out of order.');
		const { json, error } = await fetched(await aJob());
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ status: 'failed', errorMessage: 'Out of order. (internal_error)' });
	});

	it('returns the response status of a failed callback', async () => {
		const id = await aJob(
			{ skipTriggerCheck: true },
			{ callback: 'url', callbackUrl: `${service.sandbox.origin}/nobody/soniox` },
		);
		for (let i = 0; i < 100 && (await fetched(id)).json[0]?.callbackProblem === undefined; i++)
			await new Promise((resolve) => setTimeout(resolve, 50));
		expect((await fetched(id)).json[0]?.callbackProblem).toContain('status 404');
	});

	it('names an unknown ID', async () => {
		const { error } = await fetched('nowhere');
		expect(error?.message).toBe('Soniox has no transcription with the ID “nowhere”');
		expect(error?.description).toContain('region');
	});

	it('explains that Soniox no longer has the transcript', async () => {
		const id = await aJob();
		const body = JSON.stringify({
			error_type: 'transcription_invalid_state',
			message: 'The transcript is no longer available.',
		});
		service.sandbox.httpFaults.add({
			kind: 'status',
			status: 409,
			body,
			match: { method: 'GET', path: '/v1/transcriptions/*/transcript' },
		});
		const { error } = await fetched(id);
		expect(error?.message).toBe(`Soniox no longer has transcript ${id}`);
	});

	it.each([
		['500', { kind: 'status', status: 500 } as const],
		['broken JSON', { kind: 'brokenJson' } as const],
		['a lost response', { kind: 'dropAnswer' } as const],
	])('retries the transcript after %s', async (_what, fault) => {
		const id = await aJob();
		service.sandbox.httpFaults.add({ ...fault, match: { method: 'GET', path: '/v1/transcriptions/*/transcript' } });
		expect((await fetched(id)).json[0]).toMatchObject({ text: TEXT });
	});
});

describe('Delete After Fetching of Get', () => {
	it('deletes nothing by default', async () => {
		const id = await aJob();
		await fetched(id);
		expect(service.asked().filter((request) => request.startsWith('DELETE'))).toEqual([]);
	});

	it('deletes the file and keeps the transcript', async () => {
		const id = await aJob();
		const fileId = await fileOf(id);
		const { json, hints } = await fetched(id, { options: { deleteAfterFetching: 'file' } });
		expect([json[0]?.text, hints]).toEqual([TEXT, []]);
		expect(await statusOf(`/v1/files/${fileId}`)).toBe(404);
		expect((await fetched(id)).json[0]?.text).toBe(TEXT);
	});

	it('deletes file and transcription', async () => {
		const id = await aJob();
		const fileId = await fileOf(id);
		const { json, hints } = await fetched(id, { options: { deleteAfterFetching: 'all' } });
		expect([json[0]?.text, hints]).toEqual([TEXT, []]);
		expect([await statusOf(`/v1/files/${fileId}`), await statusOf(`/v1/transcriptions/${id}`)]).toEqual([404, 404]);
	});

	it('deletes the transcription of a job submitted by URL', async () => {
		const audioUrl = `${service.sandbox.origin}/samples/call.wav`;
		const id = await aJob({}, { source: 'url', audioUrl });
		const { hints } = await fetched(id, { options: { deleteAfterFetching: 'all' } });
		expect(hints).toEqual([]);
		expect(service.asked().filter((request) => request.startsWith('DELETE'))).toEqual([
			'DELETE /v1/transcriptions/:id',
		]);
	});

	it('deletes a failed job', async () => {
		service.sandbox.jobs.failNext('Out of order.');
		const id = await aJob();
		await fetched(id, { options: { deleteAfterFetching: 'all' } });
		expect(await statusOf(`/v1/transcriptions/${id}`)).toBe(404);
	});

	it('deletes the transcription if the file was already deleted', async () => {
		const id = await aJob();
		await fetched(id, { options: { deleteAfterFetching: 'file' } });
		const { hints } = await fetched(id, { options: { deleteAfterFetching: 'all' } });
		expect(hints).toEqual([]);
		expect(await statusOf(`/v1/transcriptions/${id}`)).toBe(404);
	});

	it('deletes nothing of a job in progress', async () => {
		service.sandbox.jobs.hold('queued');
		const { json } = await submit({ provider: 'soniox', callback: 'none' }, [inMemory(RECORDING)], service.setup());
		await fetched(String(json[0]?.id), { options: { deleteAfterFetching: 'all' } });
		expect(service.asked().filter((request) => request.startsWith('DELETE'))).toEqual([]);
	});

	it('keeps the transcription if the file could not be deleted', async () => {
		const id = await aJob();
		service.sandbox.httpFaults.add({ kind: 'status', status: 403, match: { method: 'DELETE', path: '/v1/files/*' } });
		const { json, hints } = await fetched(id, { options: { deleteAfterFetching: 'all' } });
		expect(json[0]?.text).toBe(TEXT);
		expect(hints[0]).toContain(`still has the data of job ${id}`);
		expect(await statusOf(`/v1/transcriptions/${id}`)).toBe(200);
	});
});

describe('Lists in the editor', () => {
	const search = async (method: 'searchModels' | 'searchLanguages', setup = service.setup()) =>
		(await new Transcription().methods.listSearch[method].call(loadContext(setup))).results;

	it('contain the models for recordings with aliases last', async () => {
		expect(await search('searchModels')).toEqual([
			{ name: 'Speech-to-Text Async v5 (stt-async-v5)', value: 'stt-async-v5' },
			{ name: 'stt-async-v4 (alias of stt-async-v5)', value: 'stt-async-v4' },
		]);
	});

	it('contain the languages of those models without duplicates, sorted by name', async () => {
		const languages = await search('searchLanguages');
		expect(languages).toHaveLength(60);
		expect(languages[0]).toEqual({ name: 'Afrikaans', value: 'af' });
	});

	it.each(['searchModels', 'searchLanguages'] as const)(
		'%s falls back to known values if the service can’t be queried',
		async (method) => {
			const values = (await search(method, service.setup({ credential: { apiKey: 'wrong' } }))).map(
				({ value }) => value,
			);
			expect(values).toContain(method === 'searchModels' ? 'stt-async-v5' : 'de');
		},
	);
});
