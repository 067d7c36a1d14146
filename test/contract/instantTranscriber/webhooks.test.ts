import { createHmac } from 'node:crypto';

import { startSandbox, type Sandbox } from '../../../sandbox';
import { call, formWith } from '../support/instantTranscriber';
import { startReceiver, type Receiver } from '../support/receiver';

let sandbox: Sandbox;
let receiver: Receiver;

beforeEach(async () => {
	receiver = await startReceiver();
	sandbox = await startSandbox({ jobSeconds: 0.02, speed: 100_000 });
});
afterEach(async () => {
	await sandbox.close();
	await receiver.close();
});

/** Submits the documented request, with a file, `callback_url`, and `callback_secret`. */
async function submitAndSettle(fields: Record<string, string> = {}): Promise<string> {
	const form = formWith('voicemail.wav', {
		callback_url: `${receiver.url}/hook?ref=r&token=t`,
		callback_secret: 's3cret',
		...fields,
	});
	const { body } = await call(sandbox, '/v1/transcriptions', { form });
	await sandbox.settled();
	return body.id;
}

it('sends the documented callback for a completed job to the unchanged URL', async () => {
	const id = await submitAndSettle();
	expect(receiver.received.map(({ path }) => path)).toEqual(['/hook?ref=r&token=t']);
	const base = `${sandbox.baseUrl('instantTranscriber')}/export/${id.slice(0, 8)}`;
	expect(JSON.parse(receiver.received[0]!.body)).toEqual({
		id,
		status: 'completed',
		download_urls: { txt: `${base}.txt`, srt: `${base}.srt` },
	});
});

it.each<[string, Record<string, string>]>([
	['summaries', { summaries: 'short' }],
	['enhanced speaker labels', { speaker_labels: 'enhanced' }],
])('sends the callback before %s and links are ready', async (_what, fields) => {
	sandbox.configure({ postProcessingSeconds: 1e9 });
	const id = await submitAndSettle(fields);
	expect(JSON.parse(receiver.received[0]!.body)).toEqual({ id, status: 'completed' });
	const { body } = await call(sandbox, `/v1/transcriptions/${id}`);
	expect(body).toMatchObject({ status: 'completed', summaries: null });
	expect(body).not.toHaveProperty('download_urls');
	const file = await call(sandbox, `/export/${id.slice(0, 8)}.txt`);
	expect(file.status).toBe(409);
});

it('returns summaries and links after post-processing', async () => {
	sandbox.configure({ postProcessingSeconds: 1 });
	const id = await submitAndSettle({ summaries: 'short' });
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect((await call(sandbox, `/v1/transcriptions/${id}`)).body).toMatchObject({
		summaries: { short: expect.any(String) },
		download_urls: { txt: expect.any(String) },
	});
});

it('signs the body with the secret of the job', async () => {
	await submitAndSettle();
	const [{ headers, body }] = receiver.received as [Receiver['received'][number]];
	expect(headers['x-instanttranscriber-signature']).toBe(
		`sha256=${createHmac('sha256', 's3cret').update(body).digest('hex')}`,
	);
});

it('sends no signature without a secret', async () => {
	const form = formWith('voicemail.wav', { callback_url: `${receiver.url}/hook` });
	await call(sandbox, '/v1/transcriptions', { form });
	await sandbox.settled();
	expect(receiver.received[0]!.headers).not.toHaveProperty('x-instanttranscriber-signature');
});

it('sends the reason of a failed job', async () => {
	sandbox.jobs.failNext('Out of order');
	const id = await submitAndSettle();
	const failed = { id, status: 'failed', error: { code: 'transcription_failed', message: 'Out of order' } };
	expect(JSON.parse(receiver.received[0]!.body)).toEqual(failed);
	expect((await call(sandbox, `/v1/transcriptions/${id}`)).body).toMatchObject(failed);
});

it('fails the job if the URL cannot be downloaded', async () => {
	const json = { file_url: `${sandbox.origin}/samples/none.wav`, callback_url: `${receiver.url}/hook` };
	await call(sandbox, '/v1/transcriptions', { json });
	await sandbox.settled();
	expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({
		status: 'failed',
		error: { message: expect.stringContaining('404') },
	});
});

it.each([302, 400, 401, 404, 500])('retries after a %d response', async (status) => {
	receiver.respondWith(status, 200);
	await submitAndSettle();
	expect(receiver.received).toHaveLength(2);
});

it('makes five attempts in total', async () => {
	receiver.respondWith(503);
	const id = await submitAndSettle();
	expect(receiver.received).toHaveLength(5);
	expect(sandbox.callbacks.deliveries(id)[0]!.state).toBe('exhausted');
});

it('never returns the secret or callback URL', async () => {
	const id = await submitAndSettle();
	const { text } = await call(sandbox, `/v1/transcriptions/${id}`);
	expect(text).not.toMatch(/s3cret|token=/);
});
