import { startSandbox, type Sandbox } from '../../../sandbox';
import { call, QUICKLY, sampleAudio, samplePath, sdk } from '../support/assemblyAi';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02 });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

it('returns 429 with Retry-After in whole seconds and the provider’s error format', async () => {
	sandbox.httpFaults.add({ kind: 'status', status: 429, retryAfter: 7 });
	const response = await call(sandbox, '/v2/transcript');
	expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
	expect(await response.json()).toHaveProperty('error');
	expect((await call(sandbox, '/v2/transcript')).status).toBe(200);
});

it.each([500, 502, 503, 504])('returns %d as often as planned, without a body for gateway errors', async (status) => {
	sandbox.httpFaults.add({ kind: 'status', status, next: 2 });
	const bodies = [];
	for (let index = 0; index < 2; index += 1) {
		const response = await call(sandbox, '/v2/transcript');
		expect(response.status).toBe(status);
		bodies.push(await response.text());
	}
	expect(bodies.every((body) => (status === 500 ? body.includes('error') : body === ''))).toBe(true);
	expect((await call(sandbox, '/v2/transcript')).status).toBe(200);
});

it('makes the SDK show the provider’s message for a 429', async () => {
	sandbox.httpFaults.add({ kind: 'status', status: 429, match: { method: 'POST', path: '/v2/transcript' } });
	await expect(sdk(sandbox).transcripts.submit({ audio: samplePath('thank-you.wav') })).rejects.toThrow(
		'Too many requests',
	);
	expect(sandbox.jobs.list()).toEqual([]);
});

it('applies a fault only to its method and path', async () => {
	sandbox.jobs.hold('queued');
	sandbox.httpFaults.add({ kind: 'status', status: 500, next: 10, match: { method: 'get', path: '/v2/transcript/*' } });
	const { id } = await sdk(sandbox).transcripts.submit({ audio: samplePath('thank-you.wav') });
	expect((await call(sandbox, '/v2/transcript')).status).toBe(200);
	expect((await call(sandbox, `/v2/transcript/${id}/srt`)).status).toBe(400);
	expect((await call(sandbox, `/v2/transcript/${id}`)).status).toBe(500);
});

it('can skip the first requests', async () => {
	sandbox.httpFaults.add({ kind: 'status', status: 500, skip: 2, next: 1 });
	const statuses = [];
	for (let index = 0; index < 4; index += 1) statuses.push((await call(sandbox, '/v2/transcript')).status);
	expect(statuses).toEqual([200, 200, 500, 200]);
});

it('returns NaN for the numbers in a field', async () => {
	const { id } = await sdk(sandbox).transcripts.submit({ audio: samplePath('thank-you.wav') });
	await sandbox.settled();
	sandbox.httpFaults.add({ kind: 'invalidNumbers' });
	const text = await (await call(sandbox, `/v2/transcript/${id}`)).text();
	expect(text).toMatch(/"confidence":NaN/);
	expect(() => JSON.parse(text) as unknown).toThrow(/JSON/);
	expect(JSON.parse(text.replaceAll('NaN', '0.9'))).toMatchObject({ id, status: 'completed' });
});

it('returns unparsable JSON with a success status', async () => {
	sandbox.httpFaults.add({ kind: 'brokenJson' });
	const response = await call(sandbox, '/v2/transcript');
	expect(response.status).toBe(200);
	await expect(response.json()).rejects.toThrow(/JSON/);
});

it('delays a response beyond a short client timeout, but not a long one', async () => {
	sandbox.httpFaults.add({ kind: 'slow', seconds: 0.3, next: 2 });
	const url = `${sandbox.baseUrl('assemblyAi')}/v2/transcript`;
	const headers = { authorization: sandbox.accounts('assemblyAi')[0]!.apiKey };
	await expect(fetch(url, { headers, signal: AbortSignal.timeout(50) })).rejects.toThrow(/abort|timeout/i);
	expect((await fetch(url, { headers })).status).toBe(200);
});

it('aborts an upload after the given number of bytes and stores nothing', async () => {
	sandbox.httpFaults.add({ kind: 'cut', afterBytes: 100_000, match: { path: '/v2/upload' } });
	await expect(sdk(sandbox).files.upload(sampleAudio('voicemail.wav'))).rejects.toThrow();
	const [record] = sandbox.requests.list();
	expect(record!.requestBytes).toBeGreaterThanOrEqual(100_000);
	expect(record!.requestBytes).toBeLessThan(sampleAudio('voicemail.wav').length);
	const { text } = await sdk(sandbox).transcripts.transcribe({ audio: samplePath('thank-you.wav') }, QUICKLY);
	expect(text).toBe('Thank you very much.');
});

it('keeps the job of a dropped response', async () => {
	const audio = await sdk(sandbox).files.upload(sampleAudio('thank-you.wav'));
	sandbox.httpFaults.add({ kind: 'dropAnswer', match: { method: 'POST', path: '/v2/transcript' } });
	await expect(sdk(sandbox).transcripts.submit({ audio })).rejects.toThrow();
	expect(sandbox.jobs.list()).toHaveLength(1);
});

it('sends a trickling response byte by byte, and logs when the client disconnects', async () => {
	sandbox.httpFaults.add({ kind: 'trickle', seconds: 0.05 });
	const leaving = new AbortController();
	const headers = { authorization: sandbox.accounts('assemblyAi')[0]!.apiKey };
	const { status, body } = await fetch(`${sandbox.baseUrl('assemblyAi')}/v2/transcript`, {
		headers,
		signal: leaving.signal,
	});
	const { value } = await body!.getReader().read();
	expect([status, value]).toEqual([200, Uint8Array.from(Buffer.from('{'))]);
	leaving.abort();
	while (!sandbox.requests.list()[0]!.closedEarly) await new Promise((resolve) => setTimeout(resolve, 10));
});

it('receives the complete upload even if it reads slowly', async () => {
	sandbox.httpFaults.add({ kind: 'slowUpload', seconds: 0.01, match: { path: '/v2/upload' } });
	await sdk(sandbox).files.upload(sampleAudio('thank-you.wav'));
	expect(sandbox.requests.list()[0]).toMatchObject({
		requestBytes: sampleAudio('thank-you.wav').length,
		closedEarly: false,
	});
});

it('can replace the response although the job was created', async () => {
	const audio = await sdk(sandbox).files.upload(sampleAudio('thank-you.wav'));
	sandbox.httpFaults.add({
		kind: 'answer',
		body: '{"error":"later"}',
		match: { method: 'POST', path: '/v2/transcript' },
	});
	const response = await call(sandbox, '/v2/transcript', {
		method: 'POST',
		body: JSON.stringify({ audio_url: audio }),
	});
	expect([response.status, await response.text()]).toEqual([200, '{"error":"later"}']);
	expect(sandbox.jobs.list()).toHaveLength(1);
});

it('can return another job', async () => {
	const { id } = await sdk(sandbox).transcripts.submit({ audio: samplePath('thank-you.wav') });
	sandbox.httpFaults.add({ kind: 'otherJob', asked: id, named: 'other-1' });
	expect(await (await call(sandbox, `/v2/transcript/${id}`)).json()).toMatchObject({ id: 'other-1' });
});
