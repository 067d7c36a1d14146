import { startSandbox, type Sandbox } from '../../../sandbox';
import { call, JOBS } from '../support/gladia';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02, speed: 1000 });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

const submit = async (more: object, account?: string) =>
	await call(sandbox, JOBS, { method: 'POST', json: { audio_url: 'https://example.com/a.wav', ...more }, account });

describe('keys', () => {
	it.each<Record<string, string>>([
		{ 'x-gladia-key': '' },
		{ 'x-gladia-key': 'wrong' },
		{ 'x-gladia-key': '', authorization: 'Bearer sandbox-gladia-key' },
	])('rejects %j', async (headers) => {
		expect(await call(sandbox, JOBS, { headers })).toMatchObject({
			status: 401,
			body: { statusCode: 401, message: 'gladia key not found', request_id: expect.any(String), path: JOBS },
		});
	});

	it('lets an account without credit read but not submit', async () => {
		expect(await call(sandbox, JOBS, { account: 'empty' })).toMatchObject({ status: 200 });
		expect(await submit({}, 'empty')).toMatchObject({ status: 403 });
	});

	it('hides jobs of other accounts', async () => {
		const { body } = await submit({});
		await sandbox.settled();
		expect(await call(sandbox, `${JOBS}/${body.id}`, { account: 'other' })).toMatchObject({ status: 404 });
	});
});

it.each<[string, object, string]>([
	['no URL', { audio_url: undefined }, 'audio_url'],
	['an unknown field', { colour: 'red' }, 'colour'],
	['a discontinued field', { chapterization: true }, 'chapterization'],
	['an unknown model', { model: 'best' }, 'model'],
	['an unknown language', { language_config: { languages: ['tlh'] } }, 'language_config.languages.0'],
	['a header for callbacks', { callback_config: { url: 'https://a.example', headers: {} } }, 'callback_config.headers'],
	['callbacks without a URL', { callback: true }, 'callback_config'],
	['a translation without languages', { translation: true }, 'translation_config'],
	['an empty list of languages', { translation_config: { target_languages: [] } }, 'translation_config'],
	['a summary with another type', { summarization_config: { type: 'paragraph' } }, 'summarization_config.type'],
	['no speakers', { diarization_config: { number_of_speakers: 0 } }, 'diarization_config.number_of_speakers'],
	['metadata of 2,001 characters', { custom_metadata: { a: 'x'.repeat(2000) } }, 'custom_metadata'],
	['Solaria 3 without a language', { model: 'solaria-3' }, 'solaria-3'],
	[
		'Solaria 3 and several languages',
		{ model: 'solaria-3', language_config: { languages: ['en', 'fr'] } },
		'solaria-3',
	],
	[
		'Solaria 3 and code switching',
		{ model: 'solaria-3', language_config: { languages: ['en', 'fr'], code_switching: true } },
		'solaria-3',
	],
])('rejects %s', async (_what, more, reason) => {
	const { status, body } = await submit(more);
	expect(status).toBe(400);
	expect(body.validation_errors[0]).toContain(reason);
});

it('rejects another account’s file', async () => {
	const audio_url = `${sandbox.baseUrl('gladia')}/file/3f0c9a51-7d4e-4b86-9a3b-0c5d1e2f4a6b`;
	expect(await submit({ audio_url })).toMatchObject({ status: 400 });
});

it('rejects a private callback URL if private hosts are blocked', async () => {
	sandbox.configure({ allowPrivateCallbacks: false });
	const callback = { callback: true, callback_config: { url: 'http://localhost/hook' } };
	expect(await submit(callback)).toMatchObject({ status: 400 });
});

it.each(['limit=0', 'limit=many', 'offset=-1', 'custom_metadata=x', 'after_date=yesterday'])(
	'rejects a list with %s',
	async (query) => {
		expect(await call(sandbox, `${JOBS}?${query}`)).toMatchObject({ status: 400 });
	},
);

it('filters the list by metadata as JSON', async () => {
	await submit({ custom_metadata: { a: 'b' } });
	const filtered = async (json: object) =>
		(await call(sandbox, `${JOBS}?custom_metadata=${encodeURIComponent(JSON.stringify(json))}`)).body.items;
	expect(await filtered({ a: 'b' })).toHaveLength(1);
	expect(await filtered({ a: 'c' })).toHaveLength(0);
});

it('rejects a fourth concurrent job on the free plan', async () => {
	sandbox.configure({ concurrentJobs: 3 });
	sandbox.jobs.hold('processing');
	for (let job = 0; job < 3; job++) expect(await submit({})).toMatchObject({ status: 201 });
	expect(await submit({})).toMatchObject({ status: 429, body: { statusCode: 429 } });
	expect(await submit({}, 'other')).toMatchObject({ status: 201 });
	sandbox.jobs.release();
	await sandbox.settled();
	expect(await submit({})).toMatchObject({ status: 201 });
});

it('lists the oldest job first if configured', async () => {
	const ids = [(await submit({})).body.id, (await submit({})).body.id];
	const listed = async () => (await call(sandbox, JOBS)).body.items.map(({ id }: { id: string }) => id);
	expect(await listed()).toEqual([...ids].reverse());
	sandbox.configure({ oldestFirst: true });
	expect(await listed()).toEqual(ids);
});
