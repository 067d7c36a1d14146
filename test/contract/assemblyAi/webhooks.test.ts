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

/** Submits a short recording and waits until its job and callbacks are finished. */
async function submitAndSettle(fields: Record<string, unknown> = {}): Promise<string> {
	const { id } = await sdk(sandbox).transcripts.submit({
		audio: samplePath('voicemail.wav'),
		webhook_url: `${receiver.url}/hook`,
		...fields,
	});
	await sandbox.settled();
	return id;
}

it('sends only the ID, status, and custom header for a completed job', async () => {
	const id = await submitAndSettle({ webhook_auth_header_name: 'X-My-Secret', webhook_auth_header_value: 's3cret' });
	expect(receiver.received).toHaveLength(1);
	const [callback] = receiver.received;
	expect(JSON.parse(callback!.body)).toEqual({ transcript_id: id, status: 'completed' });
	expect(callback!.headers).toMatchObject({ 'x-my-secret': 's3cret', 'content-type': 'application/json' });
});

it('sends status error for a failed job, with the reason only in the transcript', async () => {
	sandbox.jobs.failNext('Out of order');
	const id = await submitAndSettle();
	expect(JSON.parse(receiver.received[0]!.body)).toEqual({ transcript_id: id, status: 'error' });
	expect((await sdk(sandbox).transcripts.get(id)).error).toBe('Out of order');
});

it('keeps the query string of the webhook URL unchanged', async () => {
	const query = '?customer=1234&order=5678&text=a%20b+c%2Fd&empty=&twice=1&twice=2';
	await submitAndSettle({ webhook_url: `${receiver.url}/hook${query}` });
	expect(receiver.received[0]!.path).toBe(`/hook${query}`);
});

it('shows in the transcript whether a header was set and the response status, never the header value', async () => {
	receiver.respondWith(202);
	const id = await submitAndSettle({ webhook_auth_header_name: 'X-My-Secret', webhook_auth_header_value: 's3cret' });
	const body = await (await call(sandbox, `/v2/transcript/${id}`)).text();
	expect(JSON.parse(body)).toMatchObject({
		webhook_status_code: 202,
		webhook_auth: true,
		webhook_auth_header_name: 'X-My-Secret',
	});
	expect(body).not.toContain('s3cret');
});

it.each([400, 401, 404, 429])('stops delivery after a %d response', async (status) => {
	receiver.respondWith(status);
	const id = await submitAndSettle();
	expect(receiver.received).toHaveLength(1);
	expect(sandbox.callbacks.deliveries(id)[0]).toMatchObject({ state: 'refused' });
	expect((await sdk(sandbox).transcripts.get(id)).webhook_status_code).toBe(status);
});

it('retries on server errors, up to ten attempts in total', async () => {
	receiver.respondWith(500);
	const id = await submitAndSettle();
	expect(receiver.received).toHaveLength(10);
	expect(sandbox.callbacks.deliveries(id)[0]!.attempts.map(({ number, status }) => [number, status])).toEqual(
		Array.from({ length: 10 }, (_, index) => [index + 1, 500]),
	);
	expect(sandbox.callbacks.deliveries(id)[0]!.state).toBe('exhausted');
});

it('stops delivery after a later success', async () => {
	receiver.respondWith(503, 500, 200);
	const id = await submitAndSettle();
	expect(receiver.received).toHaveLength(3);
	expect((await sdk(sandbox).transcripts.get(id)).webhook_status_code).toBe(200);
});

it('does not follow a redirect or count it as success', async () => {
	receiver.respondWith(302, 200);
	await submitAndSettle();
	expect(receiver.received.map(({ path }) => path)).toEqual(['/hook', '/hook']);
});

it('retries if the receiver does not respond in time', async () => {
	sandbox.configure({ acknowledgeSeconds: 0.05 });
	receiver.respondWith(null, 200);
	const id = await submitAndSettle();
	expect(receiver.received).toHaveLength(2);
	expect(sandbox.callbacks.deliveries(id)[0]!.attempts[0]).toMatchObject({
		status: null,
		error: 'no response within 0.05 s',
	});
});

it('tries an unreachable receiver ten times and records no status', async () => {
	const id = await submitAndSettle({ webhook_url: 'http://127.0.0.1:9/hook' });
	expect(sandbox.callbacks.deliveries(id)[0]!.attempts).toHaveLength(10);
	expect((await sdk(sandbox).transcripts.get(id)).webhook_status_code).toBeNull();
});

it('sends a separate callback without an ID for redacted audio, with a working URL', async () => {
	const id = await submitAndSettle({ redact_pii: true, redact_pii_audio: true });
	const bodies = receiver.received.map(({ body }) => JSON.parse(body) as Record<string, string>);
	const ready = bodies.find(({ status }) => status === 'redacted_audio_ready')!;
	expect(bodies).toHaveLength(2);
	expect(bodies).toContainEqual({ transcript_id: id, status: 'completed' });
	expect(Object.keys(ready).sort()).toEqual(['redacted_audio_url', 'status']);
	expect((await fetch(ready.redacted_audio_url!)).status).toBe(200);
});

it('sends no callback for a job without a webhook', async () => {
	const id = await submitAndSettle({ webhook_url: undefined });
	expect(receiver.received).toEqual([]);
	expect(sandbox.callbacks.deliveries(id)).toEqual([]);
});
