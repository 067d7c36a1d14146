import { Readable } from 'node:stream';

import { FormData, request } from 'undici';

import { startSandbox, type Sandbox } from '../../../sandbox';
import { samplePath } from '../support/assemblyAi';
import { call, JOBS, JSON_TRANSCRIPT, sdk } from '../support/revAi';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02, speed: 1000 });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

const submit = async (options: object) =>
	await call(sandbox, JOBS, {
		method: 'POST',
		json: { source_config: { url: 'https://example.com/a.wav' }, ...options },
	});

describe('keys', () => {
	it.each(['', 'Bearer wrong', 'sandbox-revai-key', 'Basic sandbox-revai-key'])(
		'rejects “%s”',
		async (authorization) => {
			expect(await call(sandbox, JOBS, { headers: { authorization } })).toMatchObject({
				status: 401,
				type: expect.stringContaining('application/problem+json'),
				body: { title: 'Authorization has been denied for this request', status: 401 },
			});
		},
	);

	it('accepts a key with which a job is unknown', async () => {
		expect(await call(sandbox, `${JOBS}/n8nCredTest0`)).toMatchObject({
			status: 404,
			body: { title: expect.any(String), status: 404 },
		});
	});

	it('hides jobs of other accounts', async () => {
		const { id } = await sdk(sandbox).submitJobLocalFile(samplePath('voicemail.wav'));
		await sandbox.settled();
		await expect(sdk(sandbox, 'other').getJobDetails(id)).rejects.toMatchObject({ statusCode: 404 });
	});
});

const URL = 'https://example.com/hook';
it.each<[string, object, string]>([
	['an unknown option', { colour: 'red' }, 'colour'],
	['an unknown transcriber', { transcriber: 'best' }, 'transcriber'],
	['an unknown language', { language: 'tlh' }, 'language'],
	['metadata of 513 characters', { metadata: 'x'.repeat(513) }, 'metadata'],
	['31 days until deletion', { delete_after_seconds: 31 * 86_400 }, 'delete_after_seconds'],
	['nine channels', { speaker_channels_count: 9 }, 'speaker_channels_count'],
	['a digit in a phrase', { custom_vocabularies: [{ phrases: ['Route 66'] }] }, 'custom_vocabularies.0.phrases.0'],
	[
		'13 words in a phrase',
		{ custom_vocabularies: [{ phrases: ['a '.repeat(13)] }] },
		'custom_vocabularies.0.phrases.0',
	],
	[
		'two vocabularies',
		{ custom_vocabularies: [{ phrases: ['Ada'] }], custom_vocabulary_id: 'x' },
		'custom_vocabularies',
	],
	['two sources', { media_url: 'https://example.com/b.wav' }, 'media_url'],
	['two callbacks', { callback_url: URL, notification_config: { url: URL } }, 'callback_url'],
	[
		'another header for callbacks',
		{ notification_config: { url: URL, auth_headers: { Authorization: 'Bearer s3cret', 'X-Secret': 'x' } } },
		'notification_config.auth_headers.X-Secret',
	],
	[
		'a header without a scheme',
		{ notification_config: { url: URL, auth_headers: { Authorization: 's3cret' } } },
		'notification_config.auth_headers.Authorization',
	],
	[
		'a token with a space',
		{ notification_config: { url: URL, auth_headers: { Authorization: 'Bearer two words' } } },
		'notification_config.auth_headers.Authorization',
	],
	[
		'a summary’s type and prompt',
		{ summarization_config: { type: 'bullets', prompt: 'x' } },
		'summarization_config.type',
	],
	['alignment with low_cost', { transcriber: 'low_cost', forced_alignment: true }, 'forced_alignment'],
	[
		'six languages',
		{ translation_config: { target_languages: Array(6).fill({ language: 'de' }) } },
		'translation_config.target_languages',
	],
	[
		'a model next to the languages',
		{ translation_config: { target_languages: [{ language: 'de' }], model: 'premium' } },
		'translation_config.model',
	],
])('rejects %s', async (_what, options, field) => {
	const { status, body } = await submit(options);
	expect(status).toBe(400);
	expect(Object.keys(body.parameters)).toEqual([field]);
});

it('rejects an unknown vocabulary', async () => {
	expect(await submit({ custom_vocabulary_id: 'cvUnknown' })).toMatchObject({ status: 404 });
	expect(await submit({ custom_vocabulary_id: 'cvSandbox001' })).toMatchObject({ status: 200 });
});

it.each<[string, object]>([
	['no recording', {}],
	['a form without a file', new FormData()],
])('rejects %s', async (_what, body) => {
	if (!(body instanceof FormData)) {
		expect(await call(sandbox, JOBS, { method: 'POST', json: body })).toMatchObject({ status: 400 });
		return;
	}
	body.append('options', '{}');
	const headers = { authorization: 'Bearer sandbox-revai-key' };
	const { statusCode } = await request(sandbox.baseUrl('revAi') + JOBS, { method: 'POST', headers, body });
	expect(statusCode).toBe(400);
});

it('rejects a sixth upload while five are in progress', async () => {
	let finish = () => {};
	const finished = new Promise<void>((resolve) => {
		finish = resolve;
	});
	const upload = async () => {
		const boundary = 'a-boundary';
		const body = Readable.from(
			(async function* () {
				yield `--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="a.wav"\r\n\r\nRIFF`;
				await finished;
				yield `\r\n--${boundary}--\r\n`;
			})(),
		);
		const headers = {
			authorization: 'Bearer sandbox-revai-key',
			'content-type': `multipart/form-data; boundary=${boundary}`,
		};
		return (await request(sandbox.baseUrl('revAi') + JOBS, { method: 'POST', headers, body })).statusCode;
	};
	const uploads = Array.from({ length: 6 }, upload);
	expect(await Promise.race(uploads)).toBe(429);
	finish();
	expect((await Promise.all(uploads)).sort()).toEqual([200, 200, 200, 200, 200, 429]);
	expect(await submit({})).toMatchObject({ status: 200 });
});

it('rejects a private callback URL if private hosts are blocked', async () => {
	sandbox.configure({ allowPrivateCallbacks: false });
	expect(await submit({ notification_config: { url: 'http://localhost/hook' } })).toMatchObject({ status: 400 });
});

it.each(['*/*', 'application/json', undefined])('rejects the format “%s” of a transcript', async (accept) => {
	const { id } = await sdk(sandbox).submitJobLocalFile(samplePath('voicemail.wav'));
	await sandbox.settled();
	const headers: Record<string, string> = accept === undefined ? {} : { accept };
	expect(await call(sandbox, `${JOBS}/${id}/transcript`, { headers })).toMatchObject({ status: 406 });
	expect(await call(sandbox, `${JOBS}/${id}/transcript`, { headers: { accept: JSON_TRANSCRIPT } })).toMatchObject({
		status: 200,
	});
});

it.each(['limit=1001', 'limit=many', 'starting_after=none', 'status=failed'])(
	'rejects a list with %s',
	async (query) => {
		expect(await call(sandbox, `${JOBS}?${query}`)).toMatchObject({ status: 400 });
	},
);
