import { createHmac } from 'node:crypto';

import { startSandbox, type Sandbox } from '../../../sandbox';
import { sampleTruth } from '../support/assemblyAi';
import { startReceiver, type Receiver } from '../support/receiver';
import { call, SAMPLE, uploadForm } from '../support/scriptix';

let sandbox: Sandbox;
let receiver: Receiver;
beforeEach(async () => {
	receiver = await startReceiver();
	sandbox = await startSandbox({ jobSeconds: 0.02, speed: 1000 });
});
afterEach(async () => {
	await sandbox.close();
	await receiver.close();
});

/** The curl example of “Webhooks - Batch API”. @returns the ID */
async function submitted(fields: Record<string, string> = {}): Promise<string> {
	const form = uploadForm({ language: 'en', webhook_url: `${receiver.url}/webhook`, ...fields });
	const { status, body } = await call(sandbox, '/api/v3/stt', { method: 'POST', form });
	expect(status).toBe(201);
	await sandbox.settled();
	return body.id as string;
}
const post = async (form = uploadForm({ language: 'en' }), account?: string | null) =>
	await call(sandbox, '/api/v3/stt', { method: 'POST', form, account });

test('the curl example of the documentation makes a job', async () => {
	sandbox.jobs.hold('queued');
	const { status, body } = await post(uploadForm({ language: 'en', webhook_url: 'https://yourapp.com/webhook' }));
	expect(status).toBe(201);
	expect(body).toMatchObject({ id: expect.stringMatching(/^stt_/), status: 'uploaded', language: 'en', created_at: expect.any(String) });
});

test('a finished job is announced as the documentation shows it', async () => {
	const id = await submitted();
	const [callback] = receiver.received;
	expect(JSON.parse(callback!.body)).toEqual({
		event: 'transcription.completed',
		timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
		data: { id, status: 'completed', document_id: expect.any(Number), duration_seconds: expect.any(Number), language: 'en' },
	});
});

test('its signature is that of the documentation, over the body as it was sent', async () => {
	await submitted();
	const [callback] = receiver.received;
	const expected = createHmac('sha256', 'sandbox-scriptix-webhook-secret').update(callback!.body).digest('hex');
	expect(callback!.headers['x-scriptix-signature']).toBe(`sha256=${expected}`);
});

test('a failed job is announced too', async () => {
	sandbox.jobs.failNext('No speech');
	const id = await submitted();
	expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({ event: 'transcription.failed', data: { id, status: 'failed' } });
});

test('an answer that is no success is followed by three more attempts', async () => {
	receiver.answer(500);
	const id = await submitted();
	expect(sandbox.callbacks.deliveries(id)[0]).toMatchObject({ state: 'exhausted' });
	expect(receiver.received).toHaveLength(4);
});

test('a later success ends the delivery', async () => {
	receiver.answer(401, 200);
	await submitted();
	expect(receiver.received).toHaveLength(2);
});

test('the document has the words of the sample, and times in seconds', async () => {
	const id = await submitted({ timestamps: 'word', diarization: 'true' });
	const job = await call(sandbox, `/api/v3/stt/${id}`);
	const { body } = await call(sandbox, `/api/v3/documents/${job.body.document_id}`);
	const words = (body.segments as Array<{ words: Array<{ word: string; start: number }> }>).flatMap((segment) => segment.words);
	const truth = sampleTruth(SAMPLE);
	expect(words.map(({ word }) => word).join(' ')).toBe(truth.text);
	expect(words.map(({ start }) => start)).toEqual(truth.words.map(({ start }) => start));
	expect(body.segments[0].speaker).toBe('Speaker 1');
});

test('segments have no words unless these were asked for', async () => {
	const job = await call(sandbox, `/api/v3/stt/${await submitted()}`);
	const { body } = await call(sandbox, `/api/v3/documents/${job.body.document_id}`);
	expect(body.segments[0]).not.toHaveProperty('words');
	expect(body.segments[0]).not.toHaveProperty('speaker');
});

test('a document is listed and exported', async () => {
	const job = await call(sandbox, `/api/v3/stt/${await submitted()}`);
	const id = job.body.document_id as number;
	expect((await call(sandbox, '/api/v3/documents')).body.documents).toEqual([{ id, name: 'audio.wav' }]);
	const exported = await call(sandbox, `/api/v3/documents/${id}/export`, { method: 'POST', json: { format: 'vtt' } });
	const file = await call(sandbox, exported.body.result.download_url as string, { account: null });
	expect(file.body).toMatch(/^WEBVTT/);
});

test.each<[number, string, () => Promise<{ status: number; body: unknown }>]>([
	[401, 'unauthorized', async () => await post(uploadForm({ language: 'en' }), null)],
	[402, 'insufficient_credits', async () => await post(uploadForm({ language: 'en' }), 'empty')],
	[400, 'invalid_language', async () => await post(uploadForm({}))],
	[400, 'missing_file', async () => await post(uploadForm({ language: 'en' }, null))],
	[400, 'bad_request', async () => await call(sandbox, '/api/v3/stt', { method: 'POST', json: { language: 'en' } })],
	[422, 'validation_error', async () => await post(uploadForm({ language: 'en', timestamps: 'none' }))],
	[422, 'validation_error', async () => await post(uploadForm({ language: 'en', webhook_url: 'yourapp' }))],
	[404, 'not_found', async () => await call(sandbox, '/api/v3/stt/stt_nowhere')],
	[404, 'not_found', async () => await call(sandbox, '/api/v3/documents/1')],
])('is refused with %d %s', async (status, error, act) => {
	expect(await act()).toEqual({ status, body: { error, message: expect.any(String) } });
});

test('a job of another account is not found', async () => {
	expect((await call(sandbox, `/api/v3/stt/${await submitted()}`, { account: 'other' })).status).toBe(404);
});

test('what is no recording becomes a failed job that says why', async () => {
	const { body } = await post(uploadForm({ language: 'en' }, new Blob(['%PDF-1.7'])));
	await sandbox.settled();
	const job = await call(sandbox, `/api/v3/stt/${body.id}`);
	expect(job.body).toMatchObject({ status: 'failed', error: { message: 'Unsupported media type: application/pdf' } });
});
