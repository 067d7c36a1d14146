import { startSandbox, type Sandbox } from '../../../sandbox';
import { call, QUICKLY, sampleAudio, samplePath, sdk } from '../support/assemblyAi';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02 });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

test('a 429 carries Retry-After in whole seconds and the service’s error form', async () => {
	sandbox.httpFaults.add({ kind: 'status', status: 429, retryAfter: 7 });
	const answer = await call(sandbox, '/v2/transcript');
	expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
	expect(await answer.json()).toHaveProperty('error');
	expect((await call(sandbox, '/v2/transcript')).status).toBe(200);
});

test.each([500, 502, 503, 504])('a %d comes as often as planned; gateways send no body', async (status) => {
	sandbox.httpFaults.add({ kind: 'status', status, next: 2 });
	const bodies = [];
	for (let index = 0; index < 2; index += 1) {
		const answer = await call(sandbox, '/v2/transcript');
		expect(answer.status).toBe(status);
		bodies.push(await answer.text());
	}
	expect(bodies.every((body) => (status === 500 ? body.includes('error') : body === ''))).toBe(true);
	expect((await call(sandbox, '/v2/transcript')).status).toBe(200);
});

test('the SDK shows the service’s message of a 429', async () => {
	sandbox.httpFaults.add({ kind: 'status', status: 429, match: { method: 'POST', path: '/v2/transcript' } });
	await expect(sdk(sandbox).transcripts.submit({ audio: samplePath('thank-you.wav') })).rejects.toThrow('Too many requests');
	expect(sandbox.jobs.list()).toEqual([]);
});

test('a fault hits only its method and path', async () => {
	sandbox.jobs.hold('queued');
	sandbox.httpFaults.add({ kind: 'status', status: 500, next: 10, match: { method: 'get', path: '/v2/transcript/*' } });
	const { id } = await sdk(sandbox).transcripts.submit({ audio: samplePath('thank-you.wav') });
	expect((await call(sandbox, '/v2/transcript')).status).toBe(200);
	expect((await call(sandbox, `/v2/transcript/${id}/srt`)).status).toBe(400);
	expect((await call(sandbox, `/v2/transcript/${id}`)).status).toBe(500);
});

test('a fault can spare the first requests', async () => {
	sandbox.httpFaults.add({ kind: 'status', status: 500, skip: 2, next: 1 });
	const statuses = [];
	for (let index = 0; index < 4; index += 1) statuses.push((await call(sandbox, '/v2/transcript')).status);
	expect(statuses).toEqual([200, 200, 500, 200]);
});

test('broken JSON has a good status and cannot be read', async () => {
	sandbox.httpFaults.add({ kind: 'brokenJson' });
	const answer = await call(sandbox, '/v2/transcript');
	expect(answer.status).toBe(200);
	await expect(answer.json()).rejects.toThrow(/JSON/);
});

test('a slow answer outlasts an impatient caller and reaches a patient one', async () => {
	sandbox.httpFaults.add({ kind: 'slow', seconds: 0.3, next: 2 });
	const url = `${sandbox.baseUrl('assemblyAi')}/v2/transcript`;
	const headers = { authorization: sandbox.accounts('assemblyAi')[0]!.apiKey };
	await expect(fetch(url, { headers, signal: AbortSignal.timeout(50) })).rejects.toThrow(/abort|timeout/i);
	expect((await fetch(url, { headers })).status).toBe(200);
});

test('an upload is cut after so many bytes and leaves nothing behind', async () => {
	sandbox.httpFaults.add({ kind: 'cut', afterBytes: 100_000, match: { path: '/v2/upload' } });
	await expect(sdk(sandbox).files.upload(sampleAudio('voicemail.wav'))).rejects.toThrow();
	const [record] = sandbox.requests.list();
	expect(record!.requestBytes).toBeGreaterThanOrEqual(100_000);
	expect(record!.requestBytes).toBeLessThan(sampleAudio('voicemail.wav').length);
	const { text } = await sdk(sandbox).transcripts.transcribe({ audio: samplePath('thank-you.wav') }, QUICKLY);
	expect(text).toBe('Thank you very much.');
});

test('a dropped answer leaves the job behind though the caller never heard of it', async () => {
	const audio = await sdk(sandbox).files.upload(sampleAudio('thank-you.wav'));
	sandbox.httpFaults.add({ kind: 'dropAnswer', match: { method: 'POST', path: '/v2/transcript' } });
	await expect(sdk(sandbox).transcripts.submit({ audio })).rejects.toThrow();
	expect(sandbox.jobs.list()).toHaveLength(1);
});

test('a trickling answer comes one byte at a time, and the log says when the caller hung up', async () => {
	sandbox.httpFaults.add({ kind: 'trickle', seconds: 0.05 });
	const leaving = new AbortController();
	const headers = { authorization: sandbox.accounts('assemblyAi')[0]!.apiKey };
	const { status, body } = await fetch(`${sandbox.baseUrl('assemblyAi')}/v2/transcript`, { headers, signal: leaving.signal });
	const { value } = await body!.getReader().read();
	expect([status, value]).toEqual([200, Uint8Array.from(Buffer.from('{'))]);
	leaving.abort();
	while (!sandbox.requests.list()[0]!.closedEarly) await new Promise((resolve) => setTimeout(resolve, 10));
});

test('an upload that is read slowly arrives complete', async () => {
	sandbox.httpFaults.add({ kind: 'slowUpload', seconds: 0.01, match: { path: '/v2/upload' } });
	await sdk(sandbox).files.upload(sampleAudio('thank-you.wav'));
	expect(sandbox.requests.list()[0]).toMatchObject({ requestBytes: sampleAudio('thank-you.wav').length, closedEarly: false });
});

test('an answer can be replaced though the job was made', async () => {
	const audio = await sdk(sandbox).files.upload(sampleAudio('thank-you.wav'));
	sandbox.httpFaults.add({ kind: 'answer', body: '{"error":"later"}', match: { method: 'POST', path: '/v2/transcript' } });
	const answer = await call(sandbox, '/v2/transcript', { method: 'POST', body: JSON.stringify({ audio_url: audio }) });
	expect([answer.status, await answer.text()]).toEqual([200, '{"error":"later"}']);
	expect(sandbox.jobs.list()).toHaveLength(1);
});

test('an answer can be about another job', async () => {
	const { id } = await sdk(sandbox).transcripts.submit({ audio: samplePath('thank-you.wav') });
	sandbox.httpFaults.add({ kind: 'otherJob', asked: id, named: 'other-1' });
	expect(await (await call(sandbox, `/v2/transcript/${id}`)).json()).toMatchObject({ id: 'other-1' });
});
