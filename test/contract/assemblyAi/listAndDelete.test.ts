import { startSandbox, type Sandbox } from '../../../sandbox';
import { call, QUICKLY, sampleAudio, samplePath, sdk } from '../support/assemblyAi';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02 });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

async function submitMany(count: number): Promise<string[]> {
	const audio = await sdk(sandbox).files.upload(sampleAudio('thank-you.wav'));
	const ids: string[] = [];
	for (let index = 0; index < count; index += 1) ids.unshift((await sdk(sandbox).transcripts.submit({ audio })).id);
	return ids;
}

describe('list', () => {
	it('pages from the newest transcript to the oldest and back', async () => {
		const newestFirst = await submitMany(5);
		const { transcripts } = sdk(sandbox);
		const pages = [await transcripts.list({ limit: 2 })];
		while (pages.at(-1)!.page_details.prev_url)
			pages.push(await transcripts.list(pages.at(-1)!.page_details.prev_url!));
		expect(pages.map((page) => page.transcripts.map(({ id }) => id))).toEqual([
			newestFirst.slice(0, 2),
			newestFirst.slice(2, 4),
			newestFirst.slice(4),
		]);
		const back = await transcripts.list(pages[2]!.page_details.next_url!);
		expect(back.transcripts.map(({ id }) => id)).toEqual(newestFirst.slice(2, 4));
		expect(pages[0]!.page_details).toMatchObject({ limit: 2, result_count: 2, next_url: null });
	});

	it('returns dates without a time zone, and filters by status and day', async () => {
		await submitMany(2);
		await sandbox.settled();
		sandbox.jobs.hold('queued');
		const [queued] = await submitMany(1);
		const today = new Date().toISOString().slice(0, 10);
		const list = async (query: string) =>
			(await (await call(sandbox, `/v2/transcript?${query}`)).json()) as {
				transcripts: Array<{ id: string; created: string }>;
			};
		expect((await list('status=queued')).transcripts.map(({ id }) => id)).toEqual([queued]);
		expect((await list(`created_on=${today}`)).transcripts).toHaveLength(3);
		expect((await list('created_on=2020-01-01')).transcripts).toHaveLength(0);
		expect((await list('')).transcripts[0]!.created).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d+$/);
	});

	it('omits transcripts older than 90 days, which remain readable', async () => {
		const [id] = await submitMany(1);
		sandbox.jobs.get(id!)!.createdAt = new Date(Date.now() - 91 * 86_400_000);
		expect((await sdk(sandbox).transcripts.list()).transcripts).toEqual([]);
		expect((await sdk(sandbox).transcripts.get(id!)).id).toBe(id);
	});

	it.each(['limit=0', 'limit=201', 'limit=x', 'status=done', 'created_on=yesterday', 'before_id=1', 'color=red'])(
		'%s is refused',
		async (query) => {
			expect((await call(sandbox, `/v2/transcript?${query}`)).status).toBe(400);
		},
	);
});

describe('delete', () => {
	it('keeps a deleted transcript as completed without content, and accepts a second delete', async () => {
		const { transcripts } = sdk(sandbox);
		const { id } = await transcripts.transcribe({ audio: samplePath('thank-you.wav') }, QUICKLY);
		const gone = {
			status: 'completed',
			text: 'Deleted by user.',
			audio_url: 'http://deleted_by_user',
			webhook_url: 'http://deleted_by_user',
			is_deleted: true,
			words: null,
		};
		expect(await transcripts.delete(id)).toMatchObject(gone);
		expect(await transcripts.delete(id)).toMatchObject(gone);
		expect(await transcripts.get(id)).toMatchObject(gone);
	});

	it('happens by itself after 30 days', async () => {
		const { transcripts } = sdk(sandbox);
		const { id } = await transcripts.transcribe({ audio: samplePath('thank-you.wav') }, QUICKLY);
		const { jobs } = sandbox;
		const age = (days: number) => Object.assign(jobs.get(id)!, { createdAt: new Date(Date.now() - days * 86_400_000) });
		age(29);
		expect((await transcripts.get(id)).text).toBe('Thank you very much.');
		age(31);
		expect((await transcripts.get(id)).text).toBe('Deleted by user.');
		expect((await transcripts.list()).transcripts[0]?.audio_url).toBe('http://deleted_by_user');
	});

	it('deletes the uploaded file with its transcript', async () => {
		const { transcripts, files } = sdk(sandbox);
		const audio = await files.upload(sampleAudio('thank-you.wav'));
		await transcripts.delete((await transcripts.transcribe({ audio }, QUICKLY)).id);
		expect((await transcripts.transcribe({ audio }, QUICKLY)).error).toContain('Download error');
	});

	it('rejects deleting a running job, which continues', async () => {
		sandbox.jobs.hold('processing');
		const { transcripts } = sdk(sandbox);
		const { id } = await transcripts.submit({ audio: samplePath('thank-you.wav') });
		await expect(transcripts.delete(id)).rejects.toThrow(/transcript id not found/);
		sandbox.jobs.release();
		expect((await transcripts.waitUntilReady(id, QUICKLY)).text).toBe('Thank you very much.');
	});
});
