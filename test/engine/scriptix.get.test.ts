import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData, ICredentialDataDecryptedObject } from 'n8n-workflow';
import { callbackSecret } from '../../nodes/Transcription/callback/secrets';
import { API_KEY, WORKFLOW_ID } from './harness';
import { sendJson, startServer } from './localServer';
import { TEXT } from './recording';
import { SESSION_PATH, SESSIONS, STT, useScriptix } from './scriptix.setup';

jest.setTimeout(30_000);
const scriptix = useScriptix();
const { service } = scriptix;

/** Get against a service that answers these paths, and 404 to all others. */
async function getFrom(answers: Record<string, unknown>, credential: ICredentialDataDecryptedObject, transcriptId: string, output = 'utterances', options = {}) {
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

describe('Get of a session', () => {
	it.each(['queued', 'processing'] as const)('tells that it is %s', async (stage) => {
		service.sandbox.jobs.hold(stage);
		const { json } = await scriptix.submit({ callback: 'none' }, SESSIONS);
		const got = await scriptix.get({ transcriptId: String(json[0]?.id) }, SESSIONS);
		expect(got.json[0]).toMatchObject({ status: expect.stringMatching(/queued|processing/) });
		expect(got.json[0]).not.toHaveProperty('text');
	});

	it('tells why it failed, which nobody announced', async () => {
		service.sandbox.jobs.failNext('No speech');
		const { json, error } = await scriptix.get({ transcriptId: await scriptix.finished(SESSIONS) }, SESSIONS);
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ status: 'failed', errorMessage: 'No speech' });
	});

	it('keeps both answers as they came', async () => {
		const transcriptId = await scriptix.finished(SESSIONS);
		const { json } = await scriptix.get({ transcriptId, output: 'raw' }, SESSIONS);
		expect(json[0]?.raw).toMatchObject({ session: { result: { session_id: transcriptId } }, result: { result: { status: 'done' } } });
	});

	const DONE = { result: { status: 'done' } };
	const results = (counts: object) => ({ ...counts, result: { results: [{ text: 'Hello', result: [['Hello', 0, 1, 1]] }] } });

	it('warns where the service gave a part of the results only', async () => {
		const answers = { [`${SESSION_PATH}/s-1`]: DONE, [`${SESSION_PATH}/s-1/result`]: results({ count: 1, total_results: 3 }) };
		const { json } = await getFrom(answers, SESSIONS, 's-1', 'simplified');
		expect(json[0]).toMatchObject({ text: 'Hello', warning: expect.stringContaining('1 of 3 results') });
	});

	it.each([{ count: 1, total_results: 1 }, {}, { count: 1 }])('does not warn with %j', async (counts) => {
		const answers = { [`${SESSION_PATH}/s-1`]: DONE, [`${SESSION_PATH}/s-1/result`]: results(counts) };
		const { json } = await getFrom(answers, SESSIONS, 's-1', 'simplified');
		expect(json[0]?.text).toBe('Hello');
		expect(json[0]).not.toHaveProperty('warning');
	});

	it('names an unknown ID', async () => {
		const { error } = await scriptix.get({ transcriptId: 'nowhere' }, SESSIONS);
		expect(error?.message).toBe('Scriptix has no session with the ID “nowhere”');
	});

	it('says that its result belongs to another key', async () => {
		const transcriptId = await scriptix.finished(SESSIONS);
		service.sandbox.httpFaults.add({ kind: 'status', status: 403, match: { path: `${SESSION_PATH}/*/result` } });
		const { error } = await scriptix.get({ transcriptId }, SESSIONS);
		expect(error?.message).toContain('only to the API key that created it');
	});

	it('reads answers that have no envelope', async () => {
		const answers = {
			[`${SESSION_PATH}/s-1`]: { id: 's-1', status: 'completed' },
			[`${SESSION_PATH}/s-1/result`]: { results: [{ result: [['Hello', 0, 1, 1]], speaker: 'A' }] },
		};
		expect((await getFrom(answers, SESSIONS, 's-1')).json[0]).toMatchObject({ status: 'completed', text: 'Hello', speakers: ['A'] });
	});

	it('shows neither secret nor token of a callback that the service repeats', async () => {
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

	it('does not pass off an answer without text as silence', async () => {
		const answers = { [`${SESSION_PATH}/s-1`]: { status: 'done' }, [`${SESSION_PATH}/s-1/result`]: { result: { link: 'x' } } };
		const { error } = await getFrom(answers, SESSIONS, 's-1');
		expect(error?.message).toContain('its text cannot be found');
		expect(error?.description).toContain('link');
	});

	it('does not take an answer without a status for one on the way', async () => {
		const { error } = await getFrom({ [`${SESSION_PATH}/s-1`]: { hello: 'world' } }, SESSIONS, 's-1');
		expect(error?.message).toContain('does not say in which state');
	});
});

describe('Get of a job of the batch upload API', () => {
	it('tells that it is on the way', async () => {
		service.sandbox.jobs.hold('processing');
		const { json } = await scriptix.submit({ callback: 'none' }, STT);
		const got = await scriptix.get({ transcriptId: String(json[0]?.id) }, STT);
		expect(got.json[0]).toMatchObject({ status: expect.stringMatching(/queued|processing/) });
	});

	it('tells why it failed', async () => {
		service.sandbox.jobs.failNext('No speech');
		const { json } = await scriptix.get({ transcriptId: await scriptix.finished(STT) }, STT);
		expect(json[0]).toMatchObject({ status: 'failed', errorMessage: 'No speech' });
	});

	it('takes the ID of a document too, which has a documented address', async () => {
		const answers = { '/api/v3/documents/456': { id: 456, language: 'en', content: { text: 'Hello' } } };
		expect((await getFrom(answers, STT, '456')).json[0]).toMatchObject({ id: '456', status: 'completed', text: 'Hello', language: 'en' });
	});

	it('attaches the exports of a document by its own ID', async () => {
		const answers = { '/api/v3/documents/456': { content: { text: 'Hello' } }, '/api/v3/documents/456/export': { made: 'of it' } };
		const { error, outputs } = await getFrom(answers, STT, '456', 'simplified', { serviceFiles: ['srt'] });
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.binary).toHaveProperty('service_srt');
	});

	it('finds the text in the job itself', async () => {
		const { json } = await getFrom({ '/api/v3/stt/stt_1': { id: 'stt_1', status: 'completed', text: 'Hello' } }, STT, 'stt_1');
		expect(json[0]).toMatchObject({ text: 'Hello' });
	});

	it('says what is missing where the service has no such request', async () => {
		const { error } = await getFrom({}, STT, 'stt_1');
		expect(error?.message).toBe('Scriptix gives no status for the job “stt_1” of its batch upload API');
		expect(error?.description).toContain('documentId');
	});

	it('says what is missing where neither job nor document has a text', async () => {
		const { error } = await getFrom({ '/api/v3/stt/stt_1': { status: 'completed' } }, STT, 'stt_1');
		expect(error?.message).toContain('its text cannot be found');
	});
});

describe.each<[string, ICredentialDataDecryptedObject]>([
	['a session', SESSIONS],
	['a job of the batch upload API', STT],
])('the files of %s', (_name, credential) => {
	it('are attached, fetched without the key', async () => {
		const transcriptId = await scriptix.finished(credential);
		const { outputs, error } = await scriptix.get({ transcriptId, options: { serviceFiles: ['srt', 'docx'] } }, credential);
		expect(error).toBeUndefined();
		const binary = outputs[0]?.[0]?.binary ?? {};
		expect(Object.keys(binary).sort()).toEqual(['service_docx', 'service_srt']);
		expect(binary.service_srt).toMatchObject({ fileName: `${transcriptId}.srt`, mimeType: 'application/x-subrip' });
		expect(await textOf(binary.service_srt)).toContain('00:00:00,000 --> 00:00:07,500\nHello, this is Ada.');
	});
});

it('a file that comes as the content itself is taken as it is', async () => {
	const server = await startServer(({ url }, response) => {
		if (url.includes('/export')) response.writeHead(200, { 'content-type': 'text/vtt' }).end('WEBVTT\n');
		else if (url.endsWith('/result')) sendJson(response, 200, { result: { results: [] } });
		else sendJson(response, 200, { result: { status: 'done', document: { id: 7 } } });
	});
	const { outputs } = await scriptix.get({ transcriptId: 's-1', options: { serviceFiles: ['vtt'] } }, { ...SESSIONS, baseUrl: server.origin });
	await server.close();
	expect(await textOf(outputs[0]?.[0]?.binary?.service_vtt)).toBe('WEBVTT\n');
	expect(server.seen.map(({ url }) => url)).toContain(`${SESSION_PATH}/s-1/document/7/export?format=vtt&direct_download=true`);
});

it('a session without a document says that there is nothing to export', async () => {
	const transcriptId = await scriptix.finished(SESSIONS, { options: { additionalFields: '{"document":null}' } });
	const { error } = await scriptix.get({ transcriptId, options: { serviceFiles: ['srt'] } }, SESSIONS);
	expect(error?.message).toContain('nothing to export');
});

describe('deleting after fetching', () => {
	const OPTIONS = { options: { deleteAfterFetching: 'session' } };

	it('removes a session', async () => {
		const transcriptId = await scriptix.finished(SESSIONS);
		expect((await scriptix.get({ transcriptId, ...OPTIONS }, SESSIONS)).json[0]?.text).toBe(TEXT);
		expect((await scriptix.get({ transcriptId }, SESSIONS)).error?.message).toContain('no session');
	});

	it('has nothing against a session that is gone already', async () => {
		const transcriptId = await scriptix.finished(SESSIONS);
		service.sandbox.httpFaults.add({ kind: 'status', status: 404, match: { method: 'DELETE' } });
		expect(await scriptix.get({ transcriptId, ...OPTIONS }, SESSIONS)).toMatchObject({ hints: [], json: [{ text: TEXT }] });
	});

	it('only warns with the batch upload API, which has no way to', async () => {
		const { json, hints } = await scriptix.get({ transcriptId: await scriptix.finished(STT), ...OPTIONS }, STT);
		expect(json[0]?.text).toBe(TEXT);
		expect(hints).toEqual([expect.stringContaining('has no request for deleting')]);
	});
});
