import type { INodeParameters } from 'n8n-workflow';
import { API_KEY, get, inFilesystem, inMemory, type Result, type Setup, submit } from './harness';
import { type LocalServer, sendJson, startServer } from './localServer';
import { RECORDING, TEXT } from './recording';
import { EMPTY_ACCOUNT_KEY, useSandbox } from './sandbox';

const service = useSandbox('revAi');
const PROVIDER: INodeParameters = { provider: 'revAi' };
const NO_CALLBACK: INodeParameters = { ...PROVIDER, callback: 'none' };
const JOBS = '/speechtotext/v1/jobs';
const SUBMIT = { method: 'POST', path: JOBS };

let server: LocalServer | undefined;
afterEach(async () => {
	await server?.close();
	server = undefined;
});

const turn = async () => await new Promise((resolve) => setTimeout(resolve, 20));

const fetched = async (id: unknown, more: INodeParameters = {}): Promise<Result> =>
	await get({ ...PROVIDER, transcriptId: String(id), ...more }, [{ json: {} }], service.setup());

/** Returns the ID of a job that has ended. */
async function aFinishedJob(options: INodeParameters = {}, more: Partial<Setup> = {}): Promise<string> {
	const { json, error } = await submit({ ...NO_CALLBACK, options }, [inMemory(RECORDING)], service.setup(more));
	expect(error).toBeUndefined();
	await service.sandbox.settled();
	return String(json[0]?.id);
}

describe('Submit to Rev AI', () => {
	it.each([
		['in memory', async () => inMemory(RECORDING)],
		['from the filesystem', async () => await inFilesystem(RECORDING)],
	])('uploads a file %s in one request', async (_where, file) => {
		const { json, error } = await submit(NO_CALLBACK, [await file()], service.setup());
		expect(error).toBeUndefined();
		expect(service.asked()).toEqual([`POST ${JOBS}`]);
		await service.sandbox.settled();
		expect((await fetched(json[0]?.id)).json[0]).toMatchObject({ status: 'completed', text: TEXT });
	});

	it('submits a URL without an upload', async () => {
		const audioUrl = `${service.sandbox.origin}/samples/call.wav`;
		const { json } = await submit({ ...NO_CALLBACK, source: 'url', audioUrl }, [{ json: {} }], service.setup());
		expect(service.sandbox.requests.list()[0]?.requestBytes).toBeLessThan(1000);
		await service.sandbox.settled();
		expect((await fetched(json[0]?.id)).json[0]).toMatchObject({ text: TEXT });
	});

	it('returns only the job by default', async () => {
		const { json } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		const id = service.sandbox.jobs.list()[0]?.id;
		expect(json).toEqual([
			{ eventId: `revAi:${id}:processing`, provider: 'revAi', id, status: 'processing', recordingName: 'call.wav' },
		]);
	});

	it('sends options that the service accepts', async () => {
		const id = await aFinishedJob({
			model: { __rl: true, mode: 'list', value: 'fusion' } as never,
			language: { __rl: true, mode: 'list', value: 'en-gb' } as never,
			diarize: true,
			speakerCount: 2,
			diarizationType: 'premium',
			keyterms: 'Ada Lovelace, Charles',
			strictCustomVocabulary: false,
			deleteAfterSeconds: 86_400,
			filterProfanity: true,
			forcedAlignment: true,
			removeAtmospherics: false,
			removeDisfluencies: true,
			skipPostprocessing: true,
			summarize: true,
			summarizationModel: 'premium',
			summarizationPrompt: 'List the decisions',
			targetLanguages: 'de, fr',
			translationModel: 'premium',
			verbatim: false,
		});
		const { json } = await fetched(id);
		expect(json[0]).toMatchObject({ model: 'fusion', language: 'en-gb', speakers: ['0', '1'] });
	});

	it('lets the service download a recording that requires authorization', async () => {
		const header = 'Basic dXNlcjpwYXNzd29yZA==';
		server = await startServer(({ headers }, response) => {
			const isAllowed = headers.authorization === header;
			response.writeHead(isAllowed ? 200 : 401).end(isAllowed ? RECORDING : undefined);
		});
		const parameters = { ...NO_CALLBACK, source: 'url', audioUrl: `${server.origin}/call.wav` };
		const options = { sourceAuthorization: header };
		const { json, run } = await submit({ ...parameters, options }, [{ json: {} }], service.setup());
		await service.sandbox.settled();
		const result = await fetched(json[0]?.id, { output: 'raw' });
		expect(result.json[0]).toMatchObject({ status: 'completed', text: TEXT });
		expect(JSON.stringify([run, result.run])).not.toContain('dXNlcjpwYXNzd29yZA');
	});

	it('redacts the authorization of the source if an error repeats it', async () => {
		server = await startServer(({ body }, response) =>
			sendJson(response, 400, { title: body.toString(), parameters: { source_config: ['no t0ken-of-the-storage'] } }),
		);
		const parameters = { ...NO_CALLBACK, source: 'url', audioUrl: 'http://127.0.0.1/a.wav' };
		// n8n itself stores the parameters of a node with its error, but not the values of expressions.
		const options = { sourceAuthorization: '=Bearer {{ ["t0ken", "of", "the", "storage"].join("-") }}' };
		const { run, error } = await submit({ ...parameters, options }, [{ json: {} }], { baseUrl: server.origin });
		expect(error?.description).toContain('source_config: no [redacted]');
		expect(JSON.stringify(run)).not.toContain('t0ken-of');
	});

	it('sends the callback URL as metadata, and the secret only in the header', async () => {
		const callbackUrl = 'http://127.0.0.1:9/hook';
		server = await startServer((_request, response) => sendJson(response, 200, { id: 'job1', status: 'in_progress' }));
		const parameters = { ...PROVIDER, callback: 'url', callbackUrl, source: 'url', audioUrl: 'http://127.0.0.1/a.wav' };
		const credential = { webhookSecret: 'the-chosen-secret' };
		await submit(parameters, [{ json: {} }], { baseUrl: server.origin, credential });
		const body = JSON.parse(server.seen[0]?.body.toString() ?? '') as Record<string, unknown>;
		expect(body).toEqual({
			source_config: { url: 'http://127.0.0.1/a.wav' },
			notification_config: {
				url: expect.stringContaining(callbackUrl),
				auth_headers: { Authorization: 'Bearer the-chosen-secret' },
			},
			metadata: (body.notification_config as { url: string }).url,
		});
	});

	it.each<[string, INodeParameters, number]>([
		['at most five files', {}, 5],
		['as many URLs as chosen', { source: 'url', audioUrl: 'http://127.0.0.1/a.wav' }, 8],
	])('submits %s at a time', async (_what, source, most) => {
		let [inProgress, mostInProgress, isReached] = [0, 0, false];
		server = await startServer(async (_request, response) => {
			mostInProgress = Math.max(mostInProgress, ++inProgress);
			isReached ||= inProgress === most;
			await turn();
			while (!isReached) await turn();
			inProgress--;
			sendJson(response, 200, { id: 'job1', status: 'in_progress' });
		});
		const parameters = { ...NO_CALLBACK, ...source, options: { concurrency: 50 } };
		const items = Array.from({ length: 8 }, () => inMemory(RECORDING));
		expect((await submit(parameters, items, { baseUrl: server.origin })).json).toHaveLength(8);
		expect(mostInProgress).toBe(most);
	});

	it.each<[string, INodeParameters, string]>([
		['keyterms and a vocabulary', { keyterms: 'Ada', customVocabularyId: 'cv1' }, '“Custom Vocabulary ID”'],
		['a speaker count without speakers', { diarize: false, speakerCount: 2 }, '“Speaker Count”'],
		['channels and speakers', { diarize: true, speakerChannelsCount: 2 }, '“Speaker Channels Count”'],
		[
			'a summary’s type and prompt',
			{ summarize: true, summarizationType: 'bullets', summarizationPrompt: 'x' },
			'“Summarization Prompt”',
		],
		['a file and its authorization', { sourceAuthorization: 'Bearer x' }, '“Source Authorization”'],
		['Reverb Turbo and alignment', { model: 'low_cost', forcedAlignment: true }, '“Forced Alignment”'],
	])('rejects %s before any request', async (_what, options, name) => {
		const { error } = await submit({ ...NO_CALLBACK, options }, [inMemory(RECORDING)], service.setup());
		expect(error?.message).toContain(name);
		expect(service.asked()).toEqual([]);
	});

	it('rejects a callback URL that doesn’t fit in the metadata, before any request', async () => {
		const parameters = { ...PROVIDER, callback: 'url', callbackUrl: `http://127.0.0.1:9/${'x'.repeat(500)}` };
		const { error } = await submit(parameters, [inMemory(RECORDING)], service.setup());
		expect(`${error?.message} ${error?.description}`).toContain('512');
		expect(service.asked()).toEqual([]);
	});

	it('quotes errors of the service, with the field', async () => {
		const options = { additionalFields: '{"colour":"red"}' };
		const { error } = await submit({ ...NO_CALLBACK, options }, [inMemory(RECORDING)], service.setup());
		expect(error?.description).toContain('colour: is not a known parameter');
	});

	it('explains a wrong key', async () => {
		const setup = service.setup({ credential: { apiKey: 'wrong' } });
		const { error } = await submit(NO_CALLBACK, [inMemory(RECORDING)], setup);
		expect(error?.message).toContain('didn’t accept the API key');
	});

	it('reports an unknown vocabulary', async () => {
		const options = { customVocabularyId: 'cvUnknown' };
		const { error } = await submit({ ...NO_CALLBACK, options }, [inMemory(RECORDING)], service.setup());
		expect(error?.description).toContain('“Custom Vocabulary ID”');
	});

	it('is retried if the service definitely rejected it', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 429, retryAfter: 0, match: SUBMIT });
		expect((await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup())).json).toHaveLength(1);
		expect(service.asked()).toHaveLength(2);
	});

	it.each([
		['a response is lost', { kind: 'dropAnswer', match: SUBMIT } as const],
		['there is a server error', { kind: 'status', status: 500, match: SUBMIT } as const],
	])('isn’t retried if %s', async (_what, fault) => {
		service.sandbox.httpFaults.add(fault);
		const { error } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		expect(error?.message).toContain('may or may not have accepted the job');
		expect(service.asked()).toHaveLength(1);
	});

	it('reads the ID from a damaged response', async () => {
		server = await startServer((_request, response) => void response.end('{"id":"Umx5c6F7pH7r","sta'));
		const { json } = await submit(NO_CALLBACK, [inMemory(RECORDING)], { baseUrl: server.origin });
		expect(json[0]).toMatchObject({ id: 'Umx5c6F7pH7r', status: 'queued' });
	});

	it('redacts secrets that an error repeats', async () => {
		server = await startServer(({ body, headers }, response) =>
			sendJson(response, 400, { title: `${headers.authorization} ${body.toString('latin1', 0, 1500)}` }),
		);
		const parameters = { ...PROVIDER, callback: 'url', callbackUrl: 'http://127.0.0.1:9/hook' };
		const setup: Setup = { baseUrl: server.origin, credential: { webhookSecret: 'the-chosen-secret' } };
		const result = await submit(parameters, [inMemory(RECORDING)], setup);
		expect(server.seen[0]?.body.toString('latin1')).toContain('Bearer the-chosen-secret');
		expect(result.error?.description).toContain('[redacted]');
		expect(JSON.stringify(result.run)).not.toMatch(new RegExp(`the-chosen-secret|${API_KEY}`));
	});
});

describe('Get from Rev AI', () => {
	it('returns words with punctuation and utterances', async () => {
		const { json } = await fetched(await aFinishedJob(), { output: 'words' });
		expect(json[0]).toMatchObject({
			status: 'completed',
			text: TEXT,
			language: 'en',
			model: 'machine',
			durationSeconds: 20,
		});
		expect(json[0]?.words).toHaveLength(8);
		expect(json[0]?.utterances).toMatchObject([
			{ speaker: '0', text: 'Hello, this is Ada.', start: 0, end: 7.5 },
			{ speaker: '1', text: 'Hi Ada, Charles here.', start: 8 },
		]);
	});

	it('returns no speakers without diarization', async () => {
		const { json } = await fetched(await aFinishedJob({ diarize: false }), { output: 'words' });
		expect(json[0]).toMatchObject({ text: TEXT });
		expect(json[0]).not.toHaveProperty('speakers');
		expect(json[0]).not.toHaveProperty('utterances');
	});

	it('returns words without punctuation', async () => {
		const { json } = await fetched(await aFinishedJob({ skipPunctuation: true }));
		expect(json[0]?.text).toBe(TEXT.replace(/[.,]/g, ''));
	});

	it('waits for the summary and the translations', async () => {
		const id = await aFinishedJob({ summarize: true, summarizationType: 'bullets', targetLanguages: 'de' });
		const { json } = await fetched(id, { waitUntilDone: true });
		expect(json[0]).toMatchObject({
			summary: 'Hello, this is Ada.\nHi Ada, Charles here.',
			translations: { de: `[de] ${TEXT}` },
		});
		expect(json[0]).not.toHaveProperty('warnings');
	});

	it('warns about an analysis that isn’t done', async () => {
		service.sandbox.configure({ postProcessingSeconds: 100_000 });
		const { json } = await fetched(await aFinishedJob({ summarize: true }), { waitUntilDone: false });
		expect(json[0]).toMatchObject({ text: TEXT, warnings: [expect.stringContaining('hasn’t finished the summary')] });
	});

	it.each([404, 406, 409])('warns about a summary that the service refuses with status %d', async (status) => {
		const id = await aFinishedJob({ summarize: true, targetLanguages: 'de' });
		const path = `${JOBS}/*/transcript/summary`;
		service.sandbox.httpFaults.add({ kind: 'status', status, match: { path } });
		const { json, error } = await fetched(id);
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({
			text: TEXT,
			translations: { de: `[de] ${TEXT}` },
			warnings: [expect.stringContaining('didn’t return the summary')],
		});
	});

	it('warns about a translation that can’t be read', async () => {
		const id = await aFinishedJob({ targetLanguages: 'de, fr' });
		const path = `${JOBS}/*/transcript/translation/de`;
		service.sandbox.httpFaults.add({ kind: 'answer', body: '{}', match: { path } });
		expect((await fetched(id)).json[0]).toMatchObject({
			text: TEXT,
			translations: { fr: `[fr] ${TEXT}` },
			warnings: [expect.stringContaining('didn’t return the translation into de')],
		});
	});

	it('fails if the service refuses the key for an analysis', async () => {
		const id = await aFinishedJob({ summarize: true });
		const path = `${JOBS}/*/transcript/summary`;
		service.sandbox.httpFaults.add({ kind: 'status', status: 401, match: { path } });
		expect((await fetched(id)).error?.message).toContain('didn’t accept the API key');
	});

	it.each(['{}', '{"monologues":"oops"}'])('doesn’t mistake the transcript %s for silence', async (body) => {
		const id = await aFinishedJob();
		service.sandbox.httpFaults.add({ kind: 'answer', body, match: { path: `${JOBS}/*/transcript` } });
		expect((await fetched(id)).error?.message).toContain('can’t read');
	});

	it('returns the job and all responses as raw', async () => {
		const id = await aFinishedJob({ summarize: true, targetLanguages: 'de' });
		const { json } = await fetched(id, { output: 'raw', waitUntilDone: true });
		expect(json[0]?.raw).toMatchObject({
			job: { id },
			transcript: { monologues: expect.any(Array) },
			summary: { summary: expect.any(String) },
			translations: { de: { monologues: expect.any(Array) } },
		});
	});

	it('returns the status of a job in progress', async () => {
		service.sandbox.jobs.hold('processing');
		const { json } = await submit(NO_CALLBACK, [inMemory(RECORDING)], service.setup());
		expect((await fetched(json[0]?.id)).json[0]).toMatchObject({ status: 'processing' });
	});

	it('returns the error of a failed job without failing', async () => {
		const audioUrl = `${service.sandbox.origin}/samples/none.wav`;
		const { json } = await submit({ ...NO_CALLBACK, source: 'url', audioUrl }, [{ json: {} }], service.setup());
		await service.sandbox.settled();
		const { json: failed, error } = await fetched(json[0]?.id);
		expect(error).toBeUndefined();
		expect(failed[0]).toMatchObject({
			status: 'failed',
			errorMessage: 'Failed to download media file. Please check your url and file type (download_failure)',
		});
	});

	it('explains a job that failed because the account is out of credits', async () => {
		const setup = service.setup({ credential: { apiKey: EMPTY_ACCOUNT_KEY } });
		const { json } = await submit(NO_CALLBACK, [inMemory(RECORDING)], setup);
		await service.sandbox.settled();
		const result = await get({ ...PROVIDER, transcriptId: String(json[0]?.id) }, [{ json: {} }], setup);
		expect(result.json[0]).toMatchObject({
			status: 'failed',
			errorMessage: expect.stringContaining('out of credits. Top it up'),
		});
	});

	it('attaches files generated by the service', async () => {
		const { outputs } = await fetched(await aFinishedJob(), { options: { serviceFiles: ['srt', 'txt', 'vtt'] } });
		const { service_srt: srt, service_txt: txt, service_vtt: vtt } = outputs[0]?.[0]?.binary ?? {};
		expect([srt?.fileExtension, txt?.fileExtension, vtt?.fileExtension]).toEqual(['srt', 'txt', 'vtt']);
		expect([srt?.mimeType, txt?.mimeType, vtt?.mimeType]).toEqual(['application/x-subrip', 'text/plain', 'text/vtt']);
	});

	it('deletes the job, which then can’t be found', async () => {
		const id = await aFinishedJob();
		const { json, hints } = await fetched(id, { options: { deleteAfterFetching: 'everything' } });
		expect([json[0]?.text, hints]).toEqual([TEXT, []]);
		expect((await fetched(id)).error?.message).toContain(`no transcript with the ID “${id}”`);
	});

	it('warns if deletion fails', async () => {
		service.sandbox.httpFaults.add({ kind: 'status', status: 403, match: { method: 'DELETE', path: `${JOBS}/*` } });
		const { hints } = await fetched(await aFinishedJob(), { options: { deleteAfterFetching: 'everything' } });
		expect(hints).toEqual([expect.stringContaining('still has the data of job')]);
	});

	it('sends no request for an invalid ID', async () => {
		expect((await fetched('../jobs')).error?.message).toContain('isn’t a valid transcript ID');
		expect(service.asked()).toEqual([]);
	});
});
