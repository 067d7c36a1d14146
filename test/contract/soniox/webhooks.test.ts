import { startSandbox, type Sandbox } from '../../../sandbox';
import { startReceiver, type Received, type Receiver } from '../support/receiver';
import { sdk } from '../support/soniox';

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

const SECRET = { webhook_auth_header_name: 'X-My-Secret', webhook_auth_header_value: 's3cret' };

/** Submits a short recording and waits until its job and callbacks are finished. */
async function submitAndSettle(fields: Record<string, unknown> = {}): Promise<string> {
	const { id } = await sdk(sandbox).stt.create({
		model: 'stt-async-v5',
		audio_url: `${sandbox.origin}/samples/thank-you.wav`,
		webhook_url: `${receiver.url}/hook`,
		...fields,
	});
	await sandbox.settled();
	return id;
}

/** Passes a callback to the SDK's own helper and returns the result. */
function handled(callback: Received | undefined, value = 's3cret') {
	return sdk(sandbox).webhooks.handle({
		method: 'POST',
		headers: callback?.headers as Record<string, string>,
		body: callback?.body,
		auth: { name: 'X-My-Secret', value },
	});
}

it('sends a callback for a completed job that the official SDK accepts', async () => {
	const id = await submitAndSettle(SECRET);
	const result = handled(receiver.received[0]);
	expect(result).toMatchObject({ ok: true, status: 200, event: { id, status: 'completed' } });
	expect((await result.fetchTranscript?.())?.text).toBe('Thank you very much.');
});

it('sends a callback for a failed job that the official SDK accepts', async () => {
	sandbox.jobs.failNext('Out of order');
	const id = await submitAndSettle(SECRET);
	expect(handled(receiver.received[0])).toMatchObject({ ok: true, event: { id, status: 'error' } });
});

it('sends a callback that the official SDK rejects with another secret', async () => {
	await submitAndSettle(SECRET);
	expect(handled(receiver.received[0], 'other')).toMatchObject({ ok: false, status: 401 });
});

it('sends only the ID and status', async () => {
	const id = await submitAndSettle();
	expect(receiver.received).toHaveLength(1);
	expect(JSON.parse(receiver.received[0]!.body)).toEqual({ id, status: 'completed' });
	expect(receiver.received[0]!.headers['content-type']).toBe('application/json');
});

it('keeps the query string of the webhook URL unchanged', async () => {
	const query = '?customer=1234&text=a%20b+c%2Fd&empty=&twice=1&twice=2';
	await submitAndSettle({ webhook_url: `${receiver.url}/hook${query}` });
	expect(receiver.received[0]!.path).toBe(`/hook${query}`);
});

it('shows the response status of the latest callback in the transcription', async () => {
	receiver.respondWith(202);
	const id = await submitAndSettle();
	expect((await sdk(sandbox).stt.get(id))?.webhook_status_code).toBe(202);
});

it.each([401, 404, 500])('retries after a %d response, five attempts in total', async (status) => {
	receiver.respondWith(status);
	const id = await submitAndSettle();
	expect(receiver.received).toHaveLength(5);
	expect(sandbox.callbacks.deliveries(id)[0]).toMatchObject({ state: 'exhausted' });
	expect((await sdk(sandbox).stt.get(id))?.webhook_status_code).toBe(status);
});

it('stops delivery after a later success', async () => {
	receiver.respondWith(503, 401, 200);
	await submitAndSettle();
	expect(receiver.received).toHaveLength(3);
});

it('records no status for an unreachable receiver', async () => {
	const id = await submitAndSettle({ webhook_url: 'http://127.0.0.1:9/hook' });
	expect(sandbox.callbacks.deliveries(id)[0]!.attempts).toHaveLength(5);
	expect((await sdk(sandbox).stt.get(id))?.webhook_status_code).toBeNull();
});

it('sends no callback for a job deleted while it waited', async () => {
	sandbox.jobs.hold('queued');
	const { id } = await sdk(sandbox).stt.create({
		model: 'stt-async-v5',
		audio_url: `${sandbox.origin}/samples/thank-you.wav`,
		webhook_url: `${receiver.url}/hook`,
	});
	await sdk(sandbox).stt.delete(id);
	sandbox.jobs.release();
	await sandbox.settled();
	expect(receiver.received).toEqual([]);
});

it('sends no callback for a job without a webhook', async () => {
	const id = await submitAndSettle({ webhook_url: undefined });
	expect(sandbox.callbacks.deliveries(id)).toEqual([]);
});
