import { startSandbox, type Sandbox } from '../../../sandbox';
import { startReceiver, type Receiver } from '../support/receiver';
import { buildConfig, call, finished } from '../support/speechmatics';

let sandbox: Sandbox;
let receiver: Receiver;

beforeEach(async () => {
	receiver = await startReceiver();
	sandbox = await startSandbox({ jobSeconds: 0.02, speed: 10_000 });
});
afterEach(async () => {
	await sandbox.close();
	await receiver.close();
});

const notifying = (more: object = {}, path = '/callback') =>
	buildConfig({}, { notification_config: [{ url: receiver.url + path, contents: ['jobinfo'], ...more }] });

it('sends the header, the job, and its ID and status in the URL for a finished job', async () => {
	const id = await finished(sandbox, notifying({ auth_headers: ['X-My-Secret: s3cret'] }));
	expect(receiver.received).toHaveLength(1);
	const [{ path, headers, body }] = receiver.received as [(typeof receiver.received)[number]];
	expect(path).toBe(`/callback?id=${id}&status=success`);
	expect(headers).toMatchObject({
		'x-my-secret': 's3cret',
		'content-type': 'application/json',
		'user-agent': 'Speechmatics-API/2.0',
	});
	expect(JSON.parse(body)).toMatchObject({
		id,
		data_name: 'voicemail.wav',
		created_at: expect.any(String),
		duration: expect.any(Number),
	});
});

it('keeps existing query parameters', async () => {
	const id = await finished(sandbox, notifying({}, '/callback?ref=a%26b&id=own'));
	const { searchParams } = new URL(receiver.received[0]!.path, receiver.url);
	expect([searchParams.get('ref'), searchParams.getAll('id')]).toEqual(['a&b', ['own', id]]);
});

it('sends status error for a failed job', async () => {
	sandbox.jobs.failNext('Out of order');
	const id = await finished(sandbox, notifying());
	expect(receiver.received[0]!.path).toBe(`/callback?id=${id}&status=error`);
});

it('sends status fetch_error and only the job if the recording cannot be fetched', async () => {
	const config = {
		...notifying({ contents: ['transcript'] }),
		fetch_data: { url: `${sandbox.origin}/samples/none.wav` },
	};
	await finished(sandbox, config, null);
	expect(receiver.received[0]!.path).toContain('status=fetch_error');
	expect(JSON.parse(receiver.received[0]!.body)).not.toHaveProperty('results');
});

it('sends status trim_error if the file is not a recording', async () => {
	await finished(sandbox, notifying(), 'voicemail.json');
	expect(receiver.received[0]!.path).toContain('status=trim_error');
});

it.each([
	['transcript', 'application/json', '"results"'],
	['transcript.json-v2', 'application/json', '"results"'],
	['transcript.txt', 'text/plain', '\n'],
	['transcript.srt', 'text/plain', ' --> '],
])('sends the contents %s as the body', async (contents, type, text) => {
	await finished(sandbox, notifying({ contents: [contents] }));
	expect(receiver.received[0]!.headers['content-type']).toBe(type);
	expect(receiver.received[0]!.body).toContain(text);
});

it('sends no body without contents', async () => {
	await finished(sandbox, notifying({ contents: [] }));
	expect(receiver.received[0]!.body).toBe('');
});

it.each([[['jobinfo', 'transcript']], [undefined]])('sends the contents %p as a form', async (contents) => {
	await finished(sandbox, notifying({ contents }));
	expect(receiver.received[0]!.headers['content-type']).toMatch(/^multipart\/form-data/);
	expect(receiver.received[0]!.body).toContain(`name="${contents?.[0] ?? 'data_file'}"`);
});

it.each([400, 401, 413, 500])('retries after a %d response, and then gives up', async (status) => {
	receiver.respondWith(status);
	const id = await finished(sandbox, notifying());
	expect(receiver.received).toHaveLength(4);
	const { job } = (await call(sandbox, `/v2/jobs/${id}`)).body;
	expect(job.status).toBe('done');
	expect(job.errors.map(({ message }: { message: string }) => message)).toEqual([
		...Array(3).fill(
			`Error in sending notification: unable to send notification: Response status: ${status}, retrying`,
		),
		`unable to send notification: unable to send notification: Response status: ${status}`,
		'Sending notification failed',
	]);
});

it('stops delivery after a later success, and lists the attempts in the job', async () => {
	receiver.respondWith(503, 200);
	const id = await finished(sandbox, notifying());
	expect(receiver.received).toHaveLength(2);
	expect((await call(sandbox, `/v2/jobs/${id}`)).body.job.errors).toHaveLength(1);
});

it('notifies several receivers', async () => {
	const urls = ['/one', '/two', '/three'].map((path) => ({ url: receiver.url + path, contents: [] }));
	await finished(sandbox, buildConfig({}, { notification_config: urls }));
	expect(receiver.received.map(({ path }) => path.split('?')[0]).sort()).toEqual(['/one', '/three', '/two']);
});

it('returns the headers with the job', async () => {
	const id = await finished(sandbox, notifying({ auth_headers: ['X-My-Secret: s3cret'] }));
	expect((await call(sandbox, `/v2/jobs/${id}`)).body.job.config.notification_config[0].auth_headers).toEqual([
		'X-My-Secret: s3cret',
	]);
});

it('sends no callback for a job without callbacks', async () => {
	await finished(sandbox);
	expect(receiver.received).toEqual([]);
});
