import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData, ICredentialDataDecryptedObject } from 'n8n-workflow';
import { callbackSecret } from '../../nodes/Transcription/callback/secrets';
import { API_KEY, WORKFLOW_ID } from './harness';
import { sendJson, startServer } from './localServer';
import { TEXT } from './recording';
import { DEFAULTS, SESSION_PATH, SESSIONS, STT, useScriptix } from './scriptix.setup';

jest.setTimeout(30_000);
const scriptix = useScriptix();
const { service } = scriptix;

/** Runs Get with a service that only knows these paths. */
async function getFrom(
	answers: Record<string, unknown>,
	credential: ICredentialDataDecryptedObject,
	transcriptId: string,
	output = 'utterances',
	options = {},
) {
	const server = await startServer(({ url }, response) => {
		if (url in answers) sendJson(response, 200, answers[url]);
		else sendJson(response, 404, { error: 'not_found', message: 'Not found' });
	});
	const result = await scriptix.get({ transcriptId, output, options }, { ...credential, baseUrl: server.origin });
	await server.close();
	return result;
}

const textOf = async (binary: IBinaryData | undefined) =>
	binary && (await Container.get(BinaryDataService).getAsBuffer(binary)).toString();

describe('Get a session', () => {
	it.each(['queued', 'processing'] as const)('returns the status %s', async (stage) => {
		service.sandbox.jobs.hold(stage);
		const { json } = await scriptix.submit({ callback: 'none' }, SESSIONS);
		const got = await scriptix.get({ transcriptId: String(json[0]?.id) }, SESSIONS);
		expect(got.json[0]).toMatchObject({ status: expect.stringMatching(/queued|processing/) });
		expect(got.json[0]).not.toHaveProperty('text');
	});

	it('returns the error of a failed session', async () => {
		service.sandbox.jobs.failNext('No speech');
		const { json, error } = await scriptix.get({ transcriptId: await scriptix.finished(SESSIONS) }, SESSIONS);
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ status: 'failed', errorMessage: 'No speech' });
	});

	it('returns both raw responses', async () => {
		const transcriptId = await scriptix.finished(SESSIONS);
		const { json } = await scriptix.get({ transcriptId, output: 'raw' }, SESSIONS);
		expect(json[0]?.raw).toMatchObject({
			session: { result: { session_id: transcriptId } },
			result: { result: { status: 'done' } },
		});
	});

	const DONE = { result: { status: 'done' } };
	const results = (counts: object) => ({
		...counts,
		result: { results: [{ text: 'Hello', result: [['Hello', 0, 1, 1]] }] },
	});

	it('warns if the service returns only part of the results', async () => {
		const answers = {
			[`${SESSION_PATH}/s-1`]: DONE,
			[`${SESSION_PATH}/s-1/result`]: results({ count: 1, total_results: 3 }),
		};
		const { json } = await getFrom(answers, SESSIONS, 's-1', 'simplified');
		expect(json[0]).toMatchObject({ text: 'Hello', warnings: [expect.stringContaining('1 of 3 results')] });
	});

	it.each([{ count: 1, total_results: 1 }, {}, { count: 1 }])('doesn’t warn with %j', async (counts) => {
		const answers = { [`${SESSION_PATH}/s-1`]: DONE, [`${SESSION_PATH}/s-1/result`]: results(counts) };
		const { json } = await getFrom(answers, SESSIONS, 's-1', 'simplified');
		expect(json[0]?.text).toBe('Hello');
		expect(json[0]).not.toHaveProperty('warnings');
	});

	it('names an unknown ID', async () => {
		const { error } = await scriptix.get({ transcriptId: 'nowhere' }, SESSIONS);
		expect(error?.message).toBe('Scriptix has no session with the ID “nowhere”');
	});

	it('explains that the result belongs to another key', async () => {
		const transcriptId = await scriptix.finished(SESSIONS);
		service.sandbox.httpFaults.add({ kind: 'status', status: 403, match: { path: `${SESSION_PATH}/*/result` } });
		const { error } = await scriptix.get({ transcriptId }, SESSIONS);
		expect(error?.message).toContain('to the API key that submitted the recording');
	});

	it('reads responses without an envelope', async () => {
		const answers = {
			[`${SESSION_PATH}/s-1`]: { id: 's-1', status: 'completed' },
			[`${SESSION_PATH}/s-1/result`]: { results: [{ result: [['Hello', 0, 1, 1]], speaker: 'A' }] },
		};
		expect((await getFrom(answers, SESSIONS, 's-1')).json[0]).toMatchObject({
			status: 'completed',
			text: 'Hello',
			speakers: ['A'],
		});
	});

	it('redacts secret and token of a callback that the service repeats', async () => {
		const token = 'f'.repeat(64);
		const secret = callbackSecret({ apiKey: API_KEY }, `${WORKFLOW_ID}/scriptix`);
		const session = {
			status: 'processing',
			webhook_url: `https://n8n.example.com/webhook/${WORKFLOW_ID}/scriptix?ref=r-1&token=${token}`,
			webhook_headers: [`X-Transcription-Webhook-Secret: ${secret}`],
		};
		const { json, run } = await getFrom({ [`${SESSION_PATH}/s-1`]: session }, SESSIONS, 's-1', 'raw');
		expect(json[0]).toMatchObject({ ref: 'r-1', raw: { session: { status: 'processing' } } });
		for (const hidden of [token, secret]) expect(JSON.stringify(run)).not.toContain(hidden);
	});

	it('rejects a response without text', async () => {
		const answers = {
			[`${SESSION_PATH}/s-1`]: { status: 'done' },
			[`${SESSION_PATH}/s-1/result`]: { result: { link: 'x' } },
		};
		const { error } = await getFrom(answers, SESSIONS, 's-1');
		expect(error?.message).toContain('its text couldn’t be found');
		expect(error?.description).toContain('link');
	});

	it('rejects a response without a status', async () => {
		const { error } = await getFrom({ [`${SESSION_PATH}/s-1`]: { hello: 'world' } }, SESSIONS, 's-1');
		expect(error?.message).toContain('didn’t report the status');
	});
});

describe('Get a job of the batch upload API', () => {
	it('returns the status of a job in progress', async () => {
		service.sandbox.jobs.hold('processing');
		const { json } = await scriptix.submit({ callback: 'none' }, STT);
		const got = await scriptix.get({ transcriptId: String(json[0]?.id) }, STT);
		expect(got.json[0]).toMatchObject({ status: expect.stringMatching(/queued|processing/) });
	});

	it('returns the error of a failed job', async () => {
		service.sandbox.jobs.failNext('No speech');
		const { json } = await scriptix.get({ transcriptId: await scriptix.finished(STT) }, STT);
		expect(json[0]).toMatchObject({ status: 'failed', errorMessage: 'No speech' });
	});

	it('requests the documented status and result, and nothing else', async () => {
		const transcriptId = await scriptix.finished(DEFAULTS);
		service.sandbox.requests.clear();
		expect((await scriptix.get({ transcriptId }, DEFAULTS)).json[0]).toMatchObject({ text: TEXT });
		expect(service.asked()).toEqual([
			`GET /api/v3/stt/${transcriptId}/status`,
			`GET /api/v3/stt/${transcriptId}/result`,
		]);
	});

	it('reads the documented result, with times in seconds', async () => {
		const { json } = await getFrom(
			{
				'/api/v3/stt/stt_1/status': { id: 'stt_1', status: 'completed', progress: 100, document_id: 456 },
				'/api/v3/stt/stt_1/result': {
					id: 'stt_1',
					document_id: 456,
					status: 'completed',
					language: 'nl',
					duration_seconds: 3600,
					transcript: 'Goedemorgen. Dag Ada.',
					segments: [
						{ start: 0.0, end: 2.5, text: 'Goedemorgen.', speaker: 'Speaker 1', confidence: 0.95 },
						{ start: 2.5, end: 5.0, text: 'Dag Ada.', speaker: 'Speaker 2', confidence: 0.93 },
					],
					speakers: [
						{ id: 'Speaker 1', segments_count: 1 },
						{ id: 'Speaker 2', segments_count: 1 },
					],
				},
			},
			DEFAULTS,
			'stt_1',
		);
		expect(json[0]).toMatchObject({
			id: 'stt_1',
			status: 'completed',
			text: 'Goedemorgen. Dag Ada.',
			language: 'nl',
			durationSeconds: 3600,
			speakers: ['Speaker 1', 'Speaker 2'],
			utterances: [
				{ text: 'Goedemorgen.', start: 0, end: 2.5, speaker: 'Speaker 1', confidence: 0.95 },
				{ text: 'Dag Ada.', start: 2.5, end: 5, speaker: 'Speaker 2', confidence: 0.93 },
			],
		});
	});

	const COMPLETED = { '/api/v3/stt/stt_1/status': { id: 'stt_1', status: 'completed', document_id: 456 } };
	const DOCUMENT = { '/api/v3/documents/456': { id: 456, language: 'en', content: { text: 'Hello' } } };

	it.each<[string, Record<string, unknown>]>([
		['there is no result', {}],
		['the result has no text', { '/api/v3/stt/stt_1/result': { id: 'stt_1', language: 'en' } }],
	])('reads the document as a last resort if %s', async (_why, result) => {
		const { json } = await getFrom({ ...COMPLETED, ...DOCUMENT, ...result }, DEFAULTS, 'stt_1');
		expect(json[0]).toMatchObject({ id: 'stt_1', status: 'completed', text: 'Hello', language: 'en' });
	});

	it('names the job whose result is missing', async () => {
		const { error } = await getFrom(COMPLETED, DEFAULTS, 'stt_1');
		expect(error?.message).toBe('Scriptix has no result for job “stt_1”');
	});

	it('rejects the result of another job', async () => {
		const answers = { ...COMPLETED, '/api/v3/stt/stt_1/result': { id: 'stt_2', transcript: 'Hello' } };
		expect((await getFrom(answers, DEFAULTS, 'stt_1')).error?.message).toContain('a different job than “stt_1”');
	});

	it('accepts the ID of a document', async () => {
		const answers = { '/api/v3/documents/456': { id: 456, language: 'en', content: { text: 'Hello' } } };
		expect((await getFrom(answers, STT, '456')).json[0]).toMatchObject({
			id: '456',
			status: 'completed',
			text: 'Hello',
			language: 'en',
		});
	});

	it('attaches the exports of a document by its ID', async () => {
		const answers = {
			'/api/v3/documents/456': { content: { text: 'Hello' } },
			'/api/v3/documents/456/export': { made: 'of it' },
		};
		const { error, outputs } = await getFrom(answers, STT, '456', 'simplified', { serviceFiles: ['srt'] });
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.binary).toHaveProperty('service_srt');
	});

	it('reads the text from an undocumented job if there is no status', async () => {
		const { json } = await getFrom(
			{ '/api/v3/stt/stt_1': { id: 'stt_1', status: 'completed', text: 'Hello' } },
			STT,
			'stt_1',
		);
		expect(json[0]).toMatchObject({ text: 'Hello' });
	});

	it('names an unknown ID', async () => {
		const { error } = await getFrom({}, STT, 'stt_1');
		expect(error?.message).toBe('Scriptix has no job with the ID “stt_1” in its batch upload API');
		expect(error?.description).toContain('documentId');
	});

	it('explains what is missing if neither job nor document has text', async () => {
		const { error } = await getFrom({ '/api/v3/stt/stt_1': { status: 'completed' } }, STT, 'stt_1');
		expect(error?.message).toContain('its text couldn’t be found');
	});
});

describe.each<[string, ICredentialDataDecryptedObject, string | undefined]>([
	['a session', SESSIONS, 'call'],
	// This API doesn't report the recording's name.
	['a job of the batch upload API', STT, undefined],
])('Files of %s', (_name, credential, recordingName) => {
	it('are attached and downloaded without the key', async () => {
		const transcriptId = await scriptix.finished(credential);
		const { outputs, error } = await scriptix.get(
			{ transcriptId, options: { serviceFiles: ['srt', 'docx'] } },
			credential,
		);
		expect(error).toBeUndefined();
		const binary = outputs[0]?.[0]?.binary ?? {};
		expect(Object.keys(binary).sort()).toEqual(['service_docx', 'service_srt']);
		expect(binary.service_srt).toMatchObject({
			fileName: `${recordingName ?? transcriptId}.srt`,
			mimeType: 'application/x-subrip',
		});
		expect(await textOf(binary.service_srt)).toContain('00:00:00,000 --> 00:00:07,500\nHello, this is Ada.');
	});
});

it('accepts a file that is returned directly', async () => {
	const server = await startServer(({ url }, response) => {
		if (url.includes('/document/')) response.writeHead(200, { 'content-type': 'text/vtt' }).end('WEBVTT\n');
		else if (url.endsWith('/result')) sendJson(response, 200, { result: { results: [] } });
		else sendJson(response, 200, { result: { status: 'done', document: { id: 7 } } });
	});
	const { outputs } = await scriptix.get(
		{ transcriptId: 's-1', options: { serviceFiles: ['vtt'] } },
		{ ...SESSIONS, baseUrl: server.origin },
	);
	await server.close();
	expect(await textOf(outputs[0]?.[0]?.binary?.service_vtt)).toBe('WEBVTT\n');
	expect(server.seen.map(({ url }) => url)).toContain(`${SESSION_PATH}/s-1/document/7?format=vtt&direct_download=true`);
});

it('explains that a session without a document can’t be exported', async () => {
	const transcriptId = await scriptix.finished(SESSIONS, { options: { additionalFields: '{"document":null}' } });
	const { error } = await scriptix.get({ transcriptId, options: { serviceFiles: ['srt'] } }, SESSIONS);
	expect(error?.message).toContain('nothing to export');
});

describe('Delete After Fetching', () => {
	const OPTIONS = { options: { deleteAfterFetching: 'session' } };

	it('deletes a session', async () => {
		const transcriptId = await scriptix.finished(SESSIONS);
		expect((await scriptix.get({ transcriptId, ...OPTIONS }, SESSIONS)).json[0]?.text).toBe(TEXT);
		expect((await scriptix.get({ transcriptId }, SESSIONS)).error?.message).toContain('no session');
	});

	it('accepts a session that was already deleted', async () => {
		const transcriptId = await scriptix.finished(SESSIONS);
		service.sandbox.httpFaults.add({ kind: 'status', status: 404, match: { method: 'DELETE' } });
		expect(await scriptix.get({ transcriptId, ...OPTIONS }, SESSIONS)).toMatchObject({
			hints: [],
			json: [{ text: TEXT }],
		});
	});

	it('accepts a session that was marked as removed in the meantime', async () => {
		const transcriptId = await scriptix.finished(SESSIONS);
		const body = '{"error":{"code":"bad_request","message":"The transcript is already marked as removed."}}';
		service.sandbox.httpFaults.add({ kind: 'status', status: 400, match: { method: 'DELETE' }, body });
		expect(await scriptix.get({ transcriptId, ...OPTIONS }, SESSIONS)).toMatchObject({
			hints: [],
			json: [{ text: TEXT }],
		});
	});

	it('warns about any other refusal', async () => {
		const transcriptId = await scriptix.finished(SESSIONS);
		service.sandbox.httpFaults.add({ kind: 'status', status: 400, match: { method: 'DELETE' } });
		const { hints } = await scriptix.get({ transcriptId, ...OPTIONS }, SESSIONS);
		expect(hints).toEqual([expect.stringContaining('status 400')]);
	});

	it('warns with the batch upload API, which doesn’t support deletion', async () => {
		const { json, hints } = await scriptix.get({ transcriptId: await scriptix.finished(STT), ...OPTIONS }, STT);
		expect(json[0]?.text).toBe(TEXT);
		expect(hints).toEqual([expect.stringContaining('doesn’t support deleting')]);
	});
});
