import { startSandbox, type Sandbox } from '../../../sandbox';
import { samplePath } from '../support/assemblyAi';
import { startReceiver, type Receiver } from '../support/receiver';
import { sdk } from '../support/revAi';

let sandbox: Sandbox;
let receiver: Receiver;

beforeEach(async () => {
	receiver = await startReceiver();
	sandbox = await startSandbox({ jobSeconds: 0.02, speed: 1_000_000 });
});
afterEach(async () => {
	await sandbox.close();
	await receiver.close();
});

async function finished(options: object): Promise<string> {
	const { id } = await sdk(sandbox).submitJobLocalFile(samplePath('voicemail.wav'), options);
	await sandbox.settled();
	return id;
}

const notifying = () => ({
	notification_config: { url: `${receiver.url}/callback?a=b`, auth_headers: { Authorization: 'Bearer s3cret' } },
});

it('sends the header and the job, but not the transcript', async () => {
	const id = await finished({ ...notifying(), metadata: 'a call' });
	expect(receiver.received).toHaveLength(1);
	const [{ path, headers, body }] = receiver.received as [(typeof receiver.received)[number]];
	expect(path).toBe('/callback?a=b');
	expect(headers).toMatchObject({ authorization: 'Bearer s3cret', 'content-type': 'application/json' });
	expect(JSON.parse(body)).toEqual({ job: await sdk(sandbox).getJobDetails(id) });
	expect(JSON.parse(body)).toMatchObject({ job: { id, status: 'transcribed', metadata: 'a call', type: 'async' } });
});

it('sends the failure', async () => {
	sandbox.jobs.failNext('Out of order');
	await finished(notifying());
	expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({
		job: { status: 'failed', failure: 'transcription', failure_detail: 'Out of order' },
	});
});

it('sends no header to the deprecated callback URL, which the job contains', async () => {
	const id = await finished({ callback_url: `${receiver.url}/old` });
	expect(receiver.received[0]!.headers).not.toHaveProperty('authorization');
	expect(await sdk(sandbox).getJobDetails(id)).toHaveProperty('callback_url', `${receiver.url}/old`);
});

it('never shows the URL or the header in the job', async () => {
	const id = await finished(notifying());
	expect(JSON.stringify(await sdk(sandbox).getJobDetails(id))).not.toMatch(/s3cret|callback/);
});

it('is repeated for 24 hours', async () => {
	receiver.respondWith(500);
	await finished(notifying());
	expect(receiver.received).toHaveLength(48);
});

it.each([201, 202, 204, 302])('is repeated after status %d, because only 200 is a success', async (status) => {
	receiver.respondWith(status, 200);
	await finished(notifying());
	expect(receiver.received).toHaveLength(2);
	expect(sandbox.callbacks.deliveries()[0]).toMatchObject({ state: 'delivered' });
});

it.each([
	['a success', 200, 2],
	['status 410', 410, 2],
])('stops after %s', async (_what, status, count) => {
	receiver.respondWith(503, status);
	await finished(notifying());
	expect(receiver.received).toHaveLength(count);
});

it('isn’t sent without a URL', async () => {
	await finished({});
	expect(receiver.received).toEqual([]);
});
