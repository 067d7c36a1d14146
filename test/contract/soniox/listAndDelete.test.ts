import { startSandbox, type Sandbox } from '../../../sandbox';
import { sampleAudio } from '../support/assemblyAi';
import { call, sdk } from '../support/soniox';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02 });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

const AUDIO = sampleAudio('thank-you.wav');
const upload = async () => await sdk(sandbox).files.upload(AUDIO, { filename: 'thank-you.wav' });
const submit = async (file_id?: string) =>
	await sdk(sandbox).stt.create({
		model: 'stt-async-v5',
		...(file_id ? { file_id } : { audio_url: `${sandbox.origin}/samples/thank-you.wav` }),
	});

describe('lists', () => {
	test('of transcriptions go on page by page to the end', async () => {
		const ids: string[] = [];
		for (let index = 0; index < 5; index += 1) ids.push((await submit()).id);
		const first = await sdk(sandbox).stt.list({ limit: 2 });
		expect([first.transcriptions.length, first.isPaged()]).toEqual([2, true]);
		const seen: string[] = [];
		for await (const { id } of first) seen.push(id);
		expect(seen.sort()).toEqual(ids.sort());
	});

	test('of files go on page by page to the end', async () => {
		const ids = [(await upload()).id, (await upload()).id, (await upload()).id];
		const seen: string[] = [];
		for await (const { id } of await sdk(sandbox).files.list({ limit: 1 })) seen.push(id);
		expect(seen.sort()).toEqual(ids.sort());
	});

	test('end with a page that is just full', async () => {
		await submit();
		await submit();
		expect((await sdk(sandbox).stt.list({ limit: 2 })).next_page_cursor).toBeNull();
	});

	test.each(['limit=0', 'limit=1001', 'limit=x', 'limit=1.5'])('refuse %s', async (query) => {
		for (const path of ['/v1/transcriptions', '/v1/files']) expect((await call(sandbox, `${path}?${query}`)).status).toBe(400);
	});

	test('refuse a cursor that they did not give', async () => {
		const answer = await call(sandbox, '/v1/transcriptions?cursor=abc');
		expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ error_type: 'invalid_cursor' })]);
	});

	test('show an account its own things only', async () => {
		await submit((await upload()).id);
		const other = sdk(sandbox, 'other');
		expect((await other.files.list()).files).toEqual([]);
		expect((await other.stt.list()).transcriptions).toEqual([]);
	});
});

test('counts tell how much there is', async () => {
	await submit((await upload()).id);
	await submit();
	const client = sdk(sandbox);
	expect(await client.files.count()).toMatchObject({ total: 1 });
	expect(await client.stt.count()).toMatchObject({ total: 2 });
});

describe('deleting', () => {
	test('a file takes it away, and the transcription stays', async () => {
		const client = sdk(sandbox);
		const file = await upload();
		const { id } = await submit(file.id);
		await sandbox.settled();
		await client.files.delete(file.id);
		expect(await client.files.get(file.id)).toBeNull();
		expect((await client.stt.getTranscript(id))?.text).toBe('Thank you very much.');
	});

	test('a transcription takes its file with it', async () => {
		const client = sdk(sandbox);
		const file = await upload();
		const { id } = await submit(file.id);
		await sandbox.settled();
		await client.stt.delete(id);
		expect([await client.stt.get(id), await client.files.get(file.id)]).toEqual([null, null]);
	});

	test('both together works although the one takes the other with it', async () => {
		const client = sdk(sandbox);
		const { id } = await submit((await upload()).id);
		await sandbox.settled();
		await client.stt.destroy(id);
		expect([await client.stt.count(), await client.files.count()]).toMatchObject([{ total: 0 }, { total: 0 }]);
	});

	test('is refused while the job is processed, and possible afterwards', async () => {
		sandbox.jobs.hold('processing');
		const { id } = await submit();
		while (sandbox.jobs.get(id)?.status !== 'processing') await new Promise((resolve) => setTimeout(resolve, 5));
		const refused = await call(sandbox, `/v1/transcriptions/${id}`, { method: 'DELETE' });
		expect([refused.status, await refused.json()]).toEqual([409, expect.objectContaining({ error_type: 'transcription_invalid_state' })]);
		sandbox.jobs.release();
		await sandbox.settled();
		expect((await call(sandbox, `/v1/transcriptions/${id}`, { method: 'DELETE' })).status).toBe(204);
	});

	test.each(['/v1/files/', '/v1/transcriptions/'])('what is not there answers 404 below %s', async (path) => {
		expect((await call(sandbox, `${path}73d4357d-cad2-4338-a60d-ec6f2044f721`, { method: 'DELETE' })).status).toBe(404);
	});

	test('what belongs to another account answers 404', async () => {
		const file = await upload();
		const key = sandbox.accounts('soniox')[1]!.apiKey;
		expect((await call(sandbox, `/v1/files/${file.id}`, { method: 'DELETE', key })).status).toBe(404);
		expect(await sdk(sandbox).files.get(file.id)).not.toBeNull();
	});
});
