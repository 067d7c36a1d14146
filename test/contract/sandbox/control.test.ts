import { connect } from 'node:net';

import { startSandbox, type Sandbox, type SandboxState } from '../../../sandbox';
import { call, samplePath, sdk } from '../support/assemblyAi';
import { startReceiver, type Receiver } from '../support/receiver';

let sandbox: Sandbox;
let receiver: Receiver;

beforeEach(async () => {
	receiver = await startReceiver();
	sandbox = await startSandbox({ jobSeconds: 0.02, seed: 3 });
});
afterEach(async () => {
	await sandbox.close();
	await receiver.close();
});

async function control<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
	const response = await fetch(`${sandbox.origin}/_sandbox${path}`, {
		method,
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const text = await response.text();
	return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
}

const submit = async () =>
	(await sdk(sandbox).transcripts.submit({ audio: samplePath('thank-you.wav'), webhook_url: `${receiver.url}/hook` }))
		.id;

it('returns the current speed, seed, and settings', async () => {
	const { body } = await control<SandboxState>('PATCH', '/settings', { speed: 50, jobSeconds: 4, hold: 'queued' });
	expect(body).toMatchObject({
		seed: 3,
		speed: 50,
		hold: 'queued',
		settings: { queuedSeconds: 1, processingSeconds: 3 },
	});
	expect((await control<SandboxState>('GET', '/')).body).toEqual(body);
});

it.each([{ speed: 0 }, { color: 'red' }, { hold: 'never' }])('rejects the settings %j', async (settings) => {
	expect((await control('PATCH', '/settings', settings)).status).toBe(400);
});

it('continues held jobs one by one when they are released', async () => {
	await control('PATCH', '/settings', { hold: 'processing' });
	const ids = [await submit(), await submit()];
	await control('POST', '/jobs/release', { ids: [ids[1]] });
	await sandbox.jobs.finished(ids[1]!);
	expect(sandbox.jobs.get(ids[0]!)!.status).not.toBe('completed');
	await control('POST', '/jobs/release');
	await sandbox.settled();
	expect((await control<Array<{ status: string }>>('GET', '/jobs')).body.map(({ status }) => status)).toEqual([
		'completed',
		'completed',
	]);
});

it('finishes one job while the others continue', async () => {
	await control('PATCH', '/settings', { jobSeconds: 86_400 });
	const ids = [await submit(), await submit()];
	expect((await control('PATCH', `/jobs/${ids[0]}`, { finishInSeconds: 0 })).status).toBe(200);
	await sandbox.jobs.finished(ids[0]!);
	expect(sandbox.jobs.get(ids[1]!)!.status).toBe('queued');
	expect((await control('PATCH', `/jobs/${ids[0]}`, { finishInSeconds: 0 })).status).toBe(409);
});

it('applies a new speed to running jobs', async () => {
	await control('PATCH', '/settings', { jobSeconds: 86_400 });
	const id = await submit();
	await control('PATCH', '/settings', { speed: 100_000_000 });
	await sandbox.jobs.finished(id);
	expect(sandbox.jobs.get(id)!.status).toBe('completed');
});

it('accepts planned failures, faults, and redeliveries over HTTP', async () => {
	await control('POST', '/jobs/fail-next', { reason: 'Out of order' });
	const fault = await control<{ id: string }>('POST', '/faults/callbacks', { kind: 'lost' });
	expect(fault.status).toBe(201);
	const id = await submit();
	await sandbox.settled();
	expect((await sdk(sandbox).transcripts.get(id)).error).toBe('Out of order');
	expect(receiver.received).toEqual([]);
	expect((await control('POST', `/jobs/${id}/redeliver`, { copies: 2, mode: 'simultaneous' })).status).toBe(202);
	await sandbox.settled();
	expect(receiver.received).toHaveLength(2);
	const deliveries = await control<Array<{ cause: string; attempts: unknown[] }>>('GET', `/deliveries?job=${id}`);
	expect(deliveries.body.map(({ cause, attempts }) => [cause, attempts.length])).toEqual([
		['job', 0],
		['redelivery', 1],
		['redelivery', 1],
	]);
});

it('lists and removes planned faults', async () => {
	const { body } = await control<{ id: string }>('POST', '/faults/http', { kind: 'status', status: 503, next: 9 });
	expect((await control<unknown[]>('GET', '/faults/http')).body).toHaveLength(1);
	expect((await control('DELETE', `/faults/http/${body.id}`)).status).toBe(204);
	expect((await control('DELETE', `/faults/http/${body.id}`)).status).toBe(404);
	expect((await call(sandbox, '/v2/transcript')).status).toBe(200);
});

it.each([
	['/faults/callbacks', { kind: 'eaten' }],
	['/faults/callbacks', { kind: 'late' }],
	['/faults/http', { kind: 'status', status: 200 }],
	['/jobs/fail-next', {}],
])('%s rejects %j', async (path, body) => {
	const response = await control<{ error: string }>('POST', path, body);
	expect(response.status).toBe(400);
	expect(response.body.error).not.toBe('');
});

it('logs the status, bytes and account of requests, and clears the log', async () => {
	await submit();
	const { body } = await control<Array<Record<string, unknown>>>('GET', '/requests');
	expect(body).toMatchObject([
		{
			method: 'POST',
			path: '/assemblyai/v2/upload',
			status: 200,
			requestBytes: 25_480,
			authorized: true,
			account: 'main',
		},
		{ method: 'POST', path: '/assemblyai/v2/transcript', status: 200, provider: 'assemblyAi' },
	]);
	await control('DELETE', '/requests');
	expect((await control('GET', '/requests')).body).toEqual([]);
});

it('clears jobs, faults, and logs and restores the settings on reset', async () => {
	const before = sandbox.state();
	await control('PATCH', '/settings', { speed: 9, hold: 'queued', allowPrivateCallbacks: false });
	await control('POST', '/faults/http', { kind: 'slow', seconds: 1, match: { path: '/never' } });
	await call(sandbox, '/v2/transcript');
	const { body } = await control<SandboxState>('POST', '/reset');
	expect(body).toEqual(before);
});

it('lists and serves samples', async () => {
	const list = (await (await fetch(`${sandbox.origin}/samples`)).json()) as Array<{ file: string }>;
	expect(list.map(({ file }) => file)).toContain('sales-call.mp3');
	expect((await fetch(`${sandbox.origin}/samples/sales-call.mp3`)).headers.get('content-type')).toBe('audio/mpeg');
	expect((await fetch(`${sandbox.origin}/samples/..%2Fpackage.json`)).status).toBe(404);
});

it('survives clients that disconnect while downloading a sample', async () => {
	const { port, hostname } = new URL(sandbox.origin);
	for (let attempt = 0; attempt < 300; attempt += 1) {
		await new Promise<void>((resolve) => {
			const socket = connect(Number(port), hostname, () => {
				socket.write('GET /samples/sales-call.mp3 HTTP/1.1\r\nHost: sandbox\r\n\r\n');
				setTimeout(() => resolve(void socket.resetAndDestroy()), (attempt % 12) / 6);
			});
			socket.on('error', () => undefined);
		});
	}
	expect((await fetch(`${sandbox.origin}/samples/sales-call.mp3`)).status).toBe(200);
});
