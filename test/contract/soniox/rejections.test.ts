import { startSandbox, type Sandbox } from '../../../sandbox';
import { sampleAudio } from '../support/assemblyAi';
import { call, sdk, submitRaw } from '../support/soniox';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02 });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

interface ErrorBody {
	status_code: number;
	error_type: string;
	message: string;
	validation_errors: Array<{ location: string; message: string }>;
	request_id: string;
}
const errorOf = async (response: Response) => (await response.json()) as ErrorBody;

it.each(['/v1/models', '/v1/files', '/v1/transcriptions/count'])('%s rejects a wrong key', async (path) => {
	for (const key of ['wrong', '']) {
		const response = await call(sandbox, path, { key });
		expect([response.status, await errorOf(response)]).toEqual([
			401,
			{
				status_code: 401,
				error_type: 'unauthenticated',
				message: expect.stringContaining('API key'),
				validation_errors: [],
				request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
				more_info: expect.any(String),
			},
		]);
	}
});

it('rejects a key without the Bearer prefix', async () => {
	const { apiKey } = sandbox.accounts('soniox')[0]!;
	const response = await fetch(`${sandbox.baseUrl('soniox')}/v1/models`, { headers: { authorization: apiKey } });
	expect(response.status).toBe(401);
});

it('lets an account without balance upload and read, but not submit', async () => {
	const client = sdk(sandbox, 'empty');
	const file = await client.files.upload(sampleAudio('thank-you.wav'), { filename: 'a.wav' });
	await expect(client.stt.create({ model: 'stt-async-v5', file_id: file.id })).rejects.toMatchObject({
		statusCode: 402,
	});
	expect(await client.files.get(file.id)).toMatchObject({ id: file.id });
});

describe('invalid transcriptions', () => {
	it.each([
		['without a model', { model: undefined }, 'body.payload.model'],
		['with an unknown model', { model: 'stt-unknown' }, 'body.payload.model'],
		['with a model for live audio', { model: 'stt-rt-v5' }, 'body.payload.model'],
		['with a model name that is too long', { model: 'm'.repeat(33) }, 'body.payload.model'],
		['without audio', { audio_url: undefined }, 'body.payload.audio_url'],
		['with a file and a URL', { file_id: '73d4357d-cad2-4338-a60d-ec6f2044f721' }, 'body.payload.audio_url'],
		[
			'with an unknown file',
			{ audio_url: null, file_id: '73d4357d-cad2-4338-a60d-ec6f2044f721' },
			'body.payload.file_id',
		],
		['with an invalid file ID', { audio_url: null, file_id: 'x' }, 'body.payload.file_id'],
		['with another protocol', { audio_url: 'ftp://example.com/a.wav' }, 'body.payload.audio_url'],
		['with a space in the URL', { audio_url: 'https://example.com/a b.wav' }, 'body.payload.audio_url'],
		['with a URL that is too long', { audio_url: `https://example.com/${'a'.repeat(4077)}` }, 'body.payload.audio_url'],
		['with a language that is too long', { language_hints: ['x'.repeat(11)] }, 'body.payload.language_hints.0'],
		['with too many languages', { language_hints: Array(101).fill('en') }, 'body.payload.language_hints'],
		['with an unknown language', { language_hints: ['xx'] }, 'body.payload.language_hints'],
		['with a boolean as a string', { enable_speaker_diarization: 'yes' }, 'body.payload.enable_speaker_diarization'],
		[
			'with one-way translation without a target language',
			{ translation: { type: 'one_way' } },
			'body.payload.translation.target_language',
		],
		[
			'with two-way translation and only one language',
			{ translation: { type: 'two_way', language_a: 'en' } },
			'body.payload.translation.language_a',
		],
		[
			'with a context entry without a value',
			{ context: { general: [{ key: 'a' }] } },
			'body.payload.context.general.0.value',
		],
		[
			'with a callback URL that is too long',
			{ webhook_url: `https://example.com/${'a'.repeat(237)}` },
			'body.payload.webhook_url',
		],
		[
			'with a header name but no value',
			{ webhook_url: 'http://a.b/', webhook_auth_header_name: 'X-A' },
			'body.payload.webhook_auth_header_name',
		],
		[
			'with a header value but no name',
			{ webhook_url: 'http://a.b/', webhook_auth_header_value: 'a' },
			'body.payload.webhook_auth_header_name',
		],
		[
			'with a header value that is too long',
			{ webhook_auth_header_name: 'X-A', webhook_auth_header_value: 'a'.repeat(257) },
			'body.payload.webhook_auth_header_value',
		],
		['with a reference that is too long', { client_reference_id: 'a'.repeat(257) }, 'body.payload.client_reference_id'],
	])('are rejected %s, naming the field', async (_name, fields, location) => {
		const response = await submitRaw(sandbox, fields);
		const { error_type: type, validation_errors: errors } = await errorOf(response);
		expect([response.status, type, errors[0]?.location]).toEqual([400, 'invalid_request', location]);
	});

	it.each([
		['of the job', { speakers: 2, enable_speaker_diarisation: true }],
		['of the context', { context: { terms: ['Ada'], color: 'red' } }],
		['of the translation', { translation: { type: 'one_way', target_language: 'de', color: 'red' } }],
	])('ignore unknown fields %s', async (_name, fields) => {
		const response = await submitRaw(sandbox, fields);
		expect(response.status).toBe(201);
		expect(await response.json()).toMatchObject({ status: 'queued', enable_speaker_diarization: false });
	});

	it.each([
		['a callback URL of 256', { webhook_url: `http://127.0.0.1:9/${'a'.repeat(237)}` }],
		[
			'a header value of 256',
			{
				webhook_url: 'http://127.0.0.1:9/',
				webhook_auth_header_name: 'X-A',
				webhook_auth_header_value: 'a'.repeat(256),
			},
		],
		['a reference of 256', { client_reference_id: 'a'.repeat(256) }],
	])('are accepted with %s characters', async (_name, fields) => {
		expect((await submitRaw(sandbox, fields)).status).toBe(201);
	});

	it('are rejected with a private callback URL if private hosts are blocked', async () => {
		sandbox.configure({ allowPrivateCallbacks: false });
		const response = await submitRaw(sandbox, { webhook_url: 'http://192.168.1.2/hook' });
		expect((await errorOf(response)).validation_errors[0]?.location).toBe('body.payload.webhook_url');
	});

	it('are rejected if the body is not JSON', async () => {
		expect((await call(sandbox, '/v1/transcriptions', { method: 'POST', body: '{' })).status).toBe(400);
	});
});

describe('rejects an upload', () => {
	const upload = async (form: FormData) => await call(sandbox, '/v1/files', { method: 'POST', body: form });

	it('without a file', async () => {
		const form = new FormData();
		form.set('client_reference_id', 'a');
		expect((await errorOf(await upload(form))).validation_errors[0]).toMatchObject({
			location: 'file.file',
			message: 'Field required',
		});
	});

	it('with a reference that is too long', async () => {
		const form = new FormData();
		form.set('client_reference_id', 'a'.repeat(257));
		form.set('file', new Blob(['x']), 'a.wav');
		expect((await upload(form)).status).toBe(400);
	});

	it('that is not a form', async () => {
		expect((await call(sandbox, '/v1/files', { method: 'POST', body: 'x' })).status).toBe(400);
	});

	it('above 1,000 files, until one is deleted', async () => {
		const form = () => {
			const one = new FormData();
			one.set('file', new Blob(['x']), 'a.wav');
			return one;
		};
		for (let index = 0; index < 1000; index += 50) {
			await Promise.all(Array.from({ length: 50 }, async () => await (await upload(form())).json()));
		}
		const refused = await upload(form());
		expect([refused.status, await errorOf(refused)]).toEqual([
			429,
			expect.objectContaining({ error_type: 'limit_exceeded', message: expect.stringContaining('file count') }),
		]);
		const [file] = (await sdk(sandbox).files.list({ limit: 1 })).files;
		await sdk(sandbox).files.delete(file!.id);
		expect((await upload(form())).status).toBe(201);
	}, 60_000);
});

it('accepts at most 100 pending jobs', async () => {
	sandbox.jobs.hold('queued');
	for (let index = 0; index < 100; index += 1) expect((await submitRaw(sandbox, {})).status).toBe(201);
	const refused = await submitRaw(sandbox, {});
	expect([refused.status, (await errorOf(refused)).message]).toEqual([429, expect.stringContaining('Pending')]);
}, 30_000);

it('rejects reading the transcript of a running job', async () => {
	sandbox.jobs.hold('queued');
	const { id } = (await (await submitRaw(sandbox, {})).json()) as { id: string };
	const response = await call(sandbox, `/v1/transcriptions/${id}/transcript`);
	expect([response.status, (await errorOf(response)).message]).toEqual([409, expect.stringContaining('not ready')]);
});

it.each(['/v1/transcriptions/nowhere', '/v1/transcriptions/nowhere/transcript', '/v1/files/nowhere', '/v1/nothing'])(
	'returns 404 for %s',
	async (path) => {
		const response = await call(sandbox, path);
		expect([response.status, (await errorOf(response)).error_type]).toEqual([404, expect.stringMatching(/not_found$/)]);
	},
);

it('returns a planned status with Soniox’s error format', async () => {
	sandbox.httpFaults.add({ kind: 'status', status: 403 });
	expect(await errorOf(await call(sandbox, '/v1/models'))).toMatchObject({
		status_code: 403,
		error_type: 'permission_denied',
	});
});
