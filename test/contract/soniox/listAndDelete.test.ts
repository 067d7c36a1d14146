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
	it('page through all transcriptions', async () => {
		const ids: string[] = [];
		for (let index = 0; index < 5; index += 1) ids.push((await submit()).id);
		const first = await sdk(sandbox).stt.list({ limit: 2 });
		expect([first.transcriptions.length, first.isPaged()]).toEqual([2, true]);
		const seen: string[] = [];
		for await (const { id } of first) seen.push(id);
		expect(seen.sort()).toEqual(ids.sort());
	});

	it('page through all files', async () => {
		const ids = [(await upload()).id, (await upload()).id, (await upload()).id];
		const seen: string[] = [];
		for await (const { id } of await sdk(sandbox).files.list({ limit: 1 })) seen.push(id);
		expect(seen.sort()).toEqual(ids.sort());
	});

	it('end after a page that is exactly full', async () => {
		await submit();
		await submit();
		expect((await sdk(sandbox).stt.list({ limit: 2 })).next_page_cursor).toBeNull();
	});

	it.each(['limit=0', 'limit=1001', 'limit=x', 'limit=1.5'])('reject %s', async (query) => {
		for (const path of ['/v1/transcriptions', '/v1/files'])
			expect((await call(sandbox, `${path}?${query}`)).status).toBe(400);
	});

	it('reject an unknown cursor', async () => {
		const response = await call(sandbox, '/v1/transcriptions?cursor=abc');
		expect([response.status, await response.json()]).toEqual([
			400,
			expect.objectContaining({ error_type: 'invalid_cursor' }),
		]);
	});

	it('show only the account’s own data', async () => {
		await submit((await upload()).id);
		const other = sdk(sandbox, 'other');
		expect((await other.files.list()).files).toEqual([]);
		expect((await other.stt.list()).transcriptions).toEqual([]);
	});
});

it('counts files and transcriptions', async () => {
	await submit((await upload()).id);
	await submit();
	const client = sdk(sandbox);
	expect(await client.files.count()).toMatchObject({ total: 1 });
	expect(await client.stt.count()).toMatchObject({ total: 2 });
});

describe('deleting', () => {
	it('removes a file and keeps its transcription', async () => {
		const client = sdk(sandbox);
		const file = await upload();
		const { id } = await submit(file.id);
		await sandbox.settled();
		await client.files.delete(file.id);
		expect(await client.files.get(file.id)).toBeNull();
		expect((await client.stt.getTranscript(id))?.text).toBe('Thank you very much.');
	});

	it('removes a transcription’s file with it', async () => {
		const client = sdk(sandbox);
		const file = await upload();
		const { id } = await submit(file.id);
		await sandbox.settled();
		await client.stt.delete(id);
		expect([await client.stt.get(id), await client.files.get(file.id)]).toEqual([null, null]);
	});

	it('removes a transcription together with its file in one SDK call', async () => {
		const client = sdk(sandbox);
		const { id } = await submit((await upload()).id);
		await sandbox.settled();
		await client.stt.destroy(id);
		expect([await client.stt.count(), await client.files.count()]).toMatchObject([{ total: 0 }, { total: 0 }]);
	});

	it('is rejected while the job is processing and accepted afterwards', async () => {
		sandbox.jobs.hold('processing');
		const { id } = await submit();
		while (sandbox.jobs.get(id)?.status !== 'processing') await new Promise((resolve) => setTimeout(resolve, 5));
		const refused = await call(sandbox, `/v1/transcriptions/${id}`, { method: 'DELETE' });
		expect([refused.status, await refused.json()]).toEqual([
			409,
			expect.objectContaining({ error_type: 'transcription_invalid_state' }),
		]);
		sandbox.jobs.release();
		await sandbox.settled();
		expect((await call(sandbox, `/v1/transcriptions/${id}`, { method: 'DELETE' })).status).toBe(204);
	});

	it.each(['/v1/files/', '/v1/transcriptions/'])('returns 404 for an unknown ID below %s', async (path) => {
		expect((await call(sandbox, `${path}73d4357d-cad2-4338-a60d-ec6f2044f721`, { method: 'DELETE' })).status).toBe(404);
	});

	it('returns 404 for data of another account', async () => {
		const file = await upload();
		const key = sandbox.accounts('soniox')[1]!.apiKey;
		expect((await call(sandbox, `/v1/files/${file.id}`, { method: 'DELETE', key })).status).toBe(404);
		expect(await sdk(sandbox).files.get(file.id)).not.toBeNull();
	});
});
