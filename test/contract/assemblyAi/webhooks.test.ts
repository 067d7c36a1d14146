import { startSandbox, type Sandbox } from '../../../sandbox';
import { call, samplePath, sdk } from '../support/assemblyAi';
import { startReceiver, type Receiver } from '../support/receiver';

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

/** Submits a short recording and waits until everything that follows is over. */
async function submitAndSettle(fields: Record<string, unknown> = {}): Promise<string> {
	const { id } = await sdk(sandbox).transcripts.submit({
		audio: samplePath('voicemail.wav'),
		webhook_url: `${receiver.url}/hook`,
		...fields,
	});
	await sandbox.settled();
	return id;
}

test('a completed job is announced with its id, its status and the custom header, and nothing more', async () => {
	const id = await submitAndSettle({ webhook_auth_header_name: 'X-My-Secret', webhook_auth_header_value: 's3cret' });
	expect(receiver.received).toHaveLength(1);
	const [callback] = receiver.received;
	expect(JSON.parse(callback!.body)).toEqual({ transcript_id: id, status: 'completed' });
	expect(callback!.headers).toMatchObject({ 'x-my-secret': 's3cret', 'content-type': 'application/json' });
});

test('a failed job is announced as error, its reason is in the transcript only', async () => {
	sandbox.jobs.failNext('Out of order');
	const id = await submitAndSettle();
	expect(JSON.parse(receiver.received[0]!.body)).toEqual({ transcript_id: id, status: 'error' });
	expect((await sdk(sandbox).transcripts.get(id)).error).toBe('Out of order');
});

test('the query string arrives exactly as it was given', async () => {
	const query = '?customer=1234&order=5678&text=a%20b+c%2Fd&empty=&twice=1&twice=2';
	await submitAndSettle({ webhook_url: `${receiver.url}/hook${query}` });
	expect(receiver.received[0]!.path).toBe(`/hook${query}`);
});

test('the transcript shows whether the webhook had a header and how it was received, never the value', async () => {
	receiver.answer(202);
	const id = await submitAndSettle({ webhook_auth_header_name: 'X-My-Secret', webhook_auth_header_value: 's3cret' });
	const body = await (await call(sandbox, `/v2/transcript/${id}`)).text();
	expect(JSON.parse(body)).toMatchObject({ webhook_status_code: 202, webhook_auth: true, webhook_auth_header_name: 'X-My-Secret' });
	expect(body).not.toContain('s3cret');
});

test.each([400, 401, 404, 429])('an answer %d ends the delivery', async (status) => {
	receiver.answer(status);
	const id = await submitAndSettle();
	expect(receiver.received).toHaveLength(1);
	expect(sandbox.callbacks.deliveries(id)[0]).toMatchObject({ state: 'refused' });
	expect((await sdk(sandbox).transcripts.get(id)).webhook_status_code).toBe(status);
});

test('server errors are tried again up to ten times in all', async () => {
	receiver.answer(500);
	const id = await submitAndSettle();
	expect(receiver.received).toHaveLength(10);
	expect(sandbox.callbacks.deliveries(id)[0]!.attempts.map(({ number, status }) => [number, status])).toEqual(
		Array.from({ length: 10 }, (_, index) => [index + 1, 500]),
	);
	expect(sandbox.callbacks.deliveries(id)[0]!.state).toBe('exhausted');
});

test('a later success ends the delivery', async () => {
	receiver.answer(503, 500, 200);
	const id = await submitAndSettle();
	expect(receiver.received).toHaveLength(3);
	expect((await sdk(sandbox).transcripts.get(id)).webhook_status_code).toBe(200);
});

test('a redirect is not followed and counts as no success', async () => {
	receiver.answer(302, 200);
	await submitAndSettle();
	expect(receiver.received.map(({ path }) => path)).toEqual(['/hook', '/hook']);
});

test('a receiver that does not answer in time is tried again', async () => {
	sandbox.configure({ acknowledgeSeconds: 0.05 });
	receiver.answer(null, 200);
	const id = await submitAndSettle();
	expect(receiver.received).toHaveLength(2);
	expect(sandbox.callbacks.deliveries(id)[0]!.attempts[0]).toMatchObject({ status: null, error: 'no answer within 0.05 s' });
});

test('an unreachable receiver is tried ten times and leaves no status', async () => {
	const id = await submitAndSettle({ webhook_url: 'http://127.0.0.1:9/hook' });
	expect(sandbox.callbacks.deliveries(id)[0]!.attempts).toHaveLength(10);
	expect((await sdk(sandbox).transcripts.get(id)).webhook_status_code).toBeNull();
});

test('redacted audio is announced separately and without an id, its URL works', async () => {
	const id = await submitAndSettle({ redact_pii: true, redact_pii_audio: true });
	const bodies = receiver.received.map(({ body }) => JSON.parse(body) as Record<string, string>);
	const ready = bodies.find(({ status }) => status === 'redacted_audio_ready')!;
	expect(bodies).toHaveLength(2);
	expect(bodies).toContainEqual({ transcript_id: id, status: 'completed' });
	expect(Object.keys(ready).sort()).toEqual(['redacted_audio_url', 'status']);
	expect((await fetch(ready.redacted_audio_url!)).status).toBe(200);
});

test('a job without webhook announces nothing', async () => {
	const id = await submitAndSettle({ webhook_url: undefined });
	expect(receiver.received).toEqual([]);
	expect(sandbox.callbacks.deliveries(id)).toEqual([]);
});
