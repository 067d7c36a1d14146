import { startSandbox, type Sandbox } from '../../../sandbox';
import { call, JOBS } from '../support/gladia';
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

async function finished(more: object = {}): Promise<string> {
	const { status, body } = await call(sandbox, JOBS, {
		method: 'POST',
		json: { audio_url: `${sandbox.origin}/samples/voicemail.wav`, ...more },
	});
	expect(status).toBe(201);
	await sandbox.settled();
	return String(body.id);
}

const notifying = (more: object = {}) => ({
	callback: true,
	callback_config: { url: `${receiver.url}/callback?a=b`, method: 'POST' },
	...more,
});

it('sends the whole result and the metadata, without any proof', async () => {
	const id = await finished(notifying({ custom_metadata: { mine: 1 } }));
	expect(receiver.received).toHaveLength(1);
	const [{ path, headers, body }] = receiver.received as [(typeof receiver.received)[number]];
	expect(path).toBe('/callback?a=b');
	expect(Object.keys(headers).sort()).toEqual(['connection', 'content-length', 'content-type', 'host']);
	const { result } = (await call(sandbox, `${JOBS}/${id}`)).body;
	expect(JSON.parse(body)).toEqual({
		id,
		event: 'transcription.success',
		payload: result,
		custom_metadata: { mine: 1 },
	});
});

it('sends the reason of a failure, which the job doesn’t contain', async () => {
	sandbox.jobs.failNext('Out of order');
	const id = await finished(notifying());
	expect(JSON.parse(receiver.received[0]!.body)).toEqual({
		id,
		event: 'transcription.error',
		error: { code: 500, message: 'Out of order' },
	});
});

it('is repeated until it is accepted', async () => {
	receiver.respondWith(500, 503, 200);
	await finished(notifying());
	expect(receiver.received).toHaveLength(3);
});

it('repeats the URL with the job', async () => {
	const id = await finished(notifying());
	expect((await call(sandbox, `${JOBS}/${id}`)).body.request_params.callback_config.url).toBe(
		`${receiver.url}/callback?a=b`,
	);
});

it.each<[string, object]>([
	['without a URL', {}],
	['if it is off', { callback: false, callback_config: { url: 'http://127.0.0.1:9/x' } }],
])('isn’t sent %s', async (_what, more) => {
	await finished(more);
	expect(sandbox.callbacks.deliveries()).toEqual([]);
});
