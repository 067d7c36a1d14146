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

/** Submits a job like the curl example in “Webhooks - Batch API”. @returns the ID */
async function submitted(fields: Record<string, string> = {}): Promise<string> {
	const form = uploadForm({ language: 'en', webhook_url: `${receiver.url}/webhook`, ...fields });
	const { status, body } = await call(sandbox, '/api/v3/stt', { method: 'POST', form });
	expect(status).toBe(201);
	await sandbox.settled();
	return body.id as string;
}
const post = async (form = uploadForm({ language: 'en' }), account?: string | null) =>
	await call(sandbox, '/api/v3/stt', { method: 'POST', form, account });

it('creates a job from the documentation’s curl example', async () => {
	sandbox.jobs.hold('queued');
	const { status, body } = await post(uploadForm({ language: 'en', webhook_url: 'https://yourapp.com/webhook' }));
	expect(status).toBe(201);
	expect(body).toMatchObject({
		id: expect.stringMatching(/^stt_/),
		status: 'uploaded',
		language: 'en',
		created_at: expect.any(String),
	});
});

it('sends the documented callback for a finished job', async () => {
	const id = await submitted();
	const [callback] = receiver.received;
	expect(JSON.parse(callback!.body)).toEqual({
		event: 'transcription.completed',
		timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
		data: {
			id,
			status: 'completed',
			document_id: expect.any(Number),
			duration_seconds: expect.any(Number),
			language: 'en',
		},
	});
});

it('signs the raw body as documented', async () => {
	await submitted();
	const [callback] = receiver.received;
	const expected = createHmac('sha256', 'sandbox-scriptix-webhook-secret').update(callback!.body).digest('hex');
	expect(callback!.headers['x-scriptix-signature']).toBe(`sha256=${expected}`);
});

it('sends a callback for a failed job', async () => {
	sandbox.jobs.failNext('No speech');
	const id = await submitted();
	expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({
		event: 'transcription.failed',
		data: { id, status: 'failed' },
	});
});

it('retries three times after an unsuccessful response', async () => {
	receiver.respondWith(500);
	const id = await submitted();
	expect(sandbox.callbacks.deliveries(id)[0]).toMatchObject({ state: 'exhausted' });
	expect(receiver.received).toHaveLength(4);
});

it('retries after status 204, because only 200 is a success', async () => {
	receiver.respondWith(204, 200);
	await submitted();
	expect(receiver.received).toHaveLength(2);
});

it('stops delivery after a later success', async () => {
	receiver.respondWith(401, 200);
	await submitted();
	expect(receiver.received).toHaveLength(2);
});

it('returns the documented status and result of a job', async () => {
	const id = await submitted({ language: 'auto', diarization: 'true' });
	const { body: status } = await call(sandbox, `/api/v3/stt/${id}/status`);
	expect(status).toEqual({ id, status: 'completed', progress: 100, document_id: expect.any(Number) });
	const { body: result } = await call(sandbox, `/api/v3/stt/${id}/result`);
	const truth = sampleTruth(SAMPLE);
	expect(result).toEqual({
		id,
		document_id: status.document_id,
		status: 'completed',
		language: 'en',
		duration_seconds: truth.durationSeconds,
		transcript: truth.text,
		segments: expect.any(Array),
		speakers: [{ id: 'Speaker 1', segments_count: result.segments.length }],
	});
	expect(result.segments[0]).toEqual({
		start: truth.words[0]?.start,
		end: expect.any(Number),
		text: expect.any(String),
		speaker: 'Speaker 1',
		confidence: expect.any(Number),
	});
});

it('has no result of a job in progress', async () => {
	sandbox.jobs.hold('processing');
	const { body } = await post();
	expect((await call(sandbox, `/api/v3/stt/${body.id}/status`)).body).toMatchObject({ id: body.id, progress: 0 });
	expect((await call(sandbox, `/api/v3/stt/${body.id}/result`)).status).toBe(409);
});

it('has no resource for a job itself', async () => {
	expect((await call(sandbox, `/api/v3/stt/${await submitted()}`)).status).toBe(404);
});

it('only accepts a bearer key', async () => {
	const path = `/api/v3/stt/${await submitted()}/status`;
	const headers = { 'x-zoom-s2t-key': 'sandbox-scriptix-key' };
	expect((await call(sandbox, path, { headers, account: null })).status).toBe(401);
});

it('returns the sample’s words, with times in seconds', async () => {
	const id = await submitted({ timestamps: 'word', diarization: 'true' });
	const { body } = await call(sandbox, `/api/v3/stt/${id}/result`);
	const words = (body.segments as Array<{ words: Array<{ word: string; start: number }> }>).flatMap(
		(segment) => segment.words,
	);
	const truth = sampleTruth(SAMPLE);
	expect(words.map(({ word }) => word).join(' ')).toBe(truth.text);
	expect(words.map(({ start }) => start)).toEqual(truth.words.map(({ start }) => start));
	expect(body.segments[0].speaker).toBe('Speaker 1');
});

it('omits words from segments unless they were requested', async () => {
	const { body } = await call(sandbox, `/api/v3/stt/${await submitted()}/result`);
	expect(body.segments[0]).not.toHaveProperty('words');
	expect(body.segments[0]).not.toHaveProperty('speaker');
});

it('lists and exports a document', async () => {
	const job = await call(sandbox, `/api/v3/stt/${await submitted()}/status`);
	const id = job.body.document_id as number;
	expect((await call(sandbox, '/api/v3/documents')).body.documents).toEqual([{ id, name: 'audio.wav' }]);
	const exported = await call(sandbox, `/api/v3/documents/${id}/export`, { method: 'POST', json: { format: 'vtt' } });
	const file = await call(sandbox, exported.body.result.download_url as string, { account: null });
	expect(file.body).toMatch(/^WEBVTT/);
});

it.each<[number, string, () => Promise<{ status: number; body: unknown }>]>([
	[401, 'unauthorized', async () => await post(uploadForm({ language: 'en' }), null)],
	[402, 'insufficient_credits', async () => await post(uploadForm({ language: 'en' }), 'empty')],
	[400, 'invalid_language', async () => await post(uploadForm({}))],
	[400, 'missing_file', async () => await post(uploadForm({ language: 'en' }, null))],
	[400, 'bad_request', async () => await call(sandbox, '/api/v3/stt', { method: 'POST', json: { language: 'en' } })],
	[422, 'validation_error', async () => await post(uploadForm({ language: 'en', timestamps: 'none' }))],
	[422, 'validation_error', async () => await post(uploadForm({ language: 'en', webhook_url: 'yourapp' }))],
	[404, 'not_found', async () => await call(sandbox, '/api/v3/stt/stt_nowhere/status')],
	[404, 'not_found', async () => await call(sandbox, '/api/v3/documents/1')],
])('rejects with %d %s', async (status, error, act) => {
	expect(await act()).toEqual({ status, body: { error, message: expect.any(String) } });
});

it('hides jobs of other accounts', async () => {
	const path = `/api/v3/stt/${await submitted()}`;
	for (const resource of ['status', 'result'])
		expect((await call(sandbox, `${path}/${resource}`, { account: 'other' })).status).toBe(404);
});

it('fails the job with a reason if the file is not a recording', async () => {
	const { body } = await post(uploadForm({ language: 'en' }, new Blob(['%PDF-1.7'])));
	await sandbox.settled();
	const job = await call(sandbox, `/api/v3/stt/${body.id}/status`);
	expect(job.body).toMatchObject({ status: 'failed', error: 'Unsupported media type: application/pdf' });
});
