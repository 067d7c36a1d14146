import { startSandbox, type Sandbox } from '../../../sandbox';
import { sampleAudio, sampleTruth } from '../support/assemblyAi';
import { sdk, startOrigin } from '../support/gladia';

let sandbox: Sandbox;
let origin: Awaited<ReturnType<typeof startOrigin>>;

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02, speed: 1000 });
	origin = await startOrigin(sandbox);
});
afterAll(async () => {
	await origin.close();
	await sandbox.close();
});
afterEach(() => sandbox.reset());

const TRUTH = sampleTruth('voicemail.wav');
const client = (account?: string) => sdk(sandbox, origin.url, account);
type Options = Omit<Parameters<ReturnType<typeof client>['create']>[0], 'audio_url'>;

/** The SDK can't read paths in this test environment. */
const fileOf = (sample: string) => new File([sampleAudio(sample)], sample);

/** Uploads and transcribes a recording, as the SDK does. */
const transcribed = async (options: Options = {}, sample = 'voicemail.wav') =>
	await client().transcribe(fileOf(sample), options, { interval: 10 });

/** Submits a recording and waits until its job and callbacks are finished. */
async function finished(options: Options = {}): Promise<string> {
	const { id } = await client().create({ ...options, audio_url: `${sandbox.origin}/samples/voicemail.wav` });
	await sandbox.settled();
	return id;
}

describe('the official SDK', () => {
	it('uploads a file', async () => {
		expect(await client().uploadFile(fileOf('voicemail.wav'))).toMatchObject({
			audio_url: expect.stringMatching(/\/file\/[0-9a-f-]{36}$/),
			audio_metadata: {
				id: expect.any(String),
				filename: 'voicemail.wav',
				extension: 'wav',
				audio_duration: expect.closeTo(TRUTH.durationSeconds, 1),
				number_of_channels: 1,
			},
		});
	});

	it('transcribes a file', async () => {
		const job = await transcribed({ custom_metadata: { mine: 1 } });
		expect(job).toMatchObject({
			id: expect.stringMatching(/^[0-9a-f-]{36}$/),
			request_id: expect.stringMatching(/^G-[0-9a-f]{8}$/),
			version: 2,
			status: 'done',
			kind: 'pre-recorded',
			custom_metadata: { mine: 1 },
			error_code: null,
			file: { filename: 'voicemail.wav', audio_duration: TRUTH.durationSeconds },
			request_params: { model: 'solaria-1' },
		});
		const { transcription } = job.result!;
		expect(transcription).toMatchObject({ full_transcript: TRUTH.text, languages: ['en'] });
		const [first] = transcription!.utterances;
		expect(first).not.toHaveProperty('speaker');
		expect(first!.words.map(({ word }) => word).join('')).toBe(first!.text);
	});

	it('transcribes a URL', async () => {
		const url = `${sandbox.origin}/samples/voicemail.wav`;
		const { file } = await client().transcribe(url, {}, { interval: 10 });
		expect(file).toMatchObject({ filename: null, source: url });
	});

	it('reads speakers, which diarization repeats', async () => {
		const { result } = await transcribed({ diarization: true }, 'sales-call.mp3');
		const { utterances } = result!.transcription!;
		expect(new Set(utterances.map(({ speaker }) => speaker))).toEqual(new Set([0, 1]));
		expect((result as { diarization?: { results: unknown } }).diarization?.results).toEqual(utterances);
	});

	it('reads channels', async () => {
		const { result } = await transcribed({}, 'support-call-stereo.wav');
		expect(result!.metadata.number_of_distinct_channels).toBe(2);
		expect(new Set(result!.transcription!.utterances.map(({ channel }) => channel))).toEqual(new Set([0, 1]));
	});

	it('reads analyses and subtitles', async () => {
		const { result } = await transcribed({
			summarization: true,
			sentiment_analysis: true,
			named_entity_recognition: true,
			translation: true,
			translation_config: { target_languages: ['de'] },
			audio_to_llm: true,
			audio_to_llm_config: { prompts: ['Who?'] as never },
			subtitles: true,
			subtitles_config: { formats: ['srt', 'vtt'] },
		});
		const done = { success: true, is_empty: false, error: null };
		expect(result).toMatchObject({
			summarization: { ...done, results: expect.any(String) },
			sentiment_analysis: { ...done, results: expect.any(Array) },
			named_entity_recognition: { ...done, results: expect.any(Array) },
			translation: { ...done, results: [{ full_transcript: `[de] ${TRUTH.text}`, languages: ['de'] }] },
			audio_to_llm: { ...done, results: [{ ...done, results: { prompt: 'Who?' } }] },
			transcription: {
				subtitles: [
					{ format: 'srt', subtitles: expect.stringMatching(/^1\n00:00:\d\d,\d{3} --> /) },
					{ format: 'vtt', subtitles: expect.stringMatching(/^WEBVTT\n\n00:00:\d\d\.\d{3} --> /) },
				],
			},
		});
	});

	it('is queued, processing, and then done', async () => {
		sandbox.jobs.hold('queued');
		const { id } = await client().create({ audio_url: `${sandbox.origin}/samples/voicemail.wav` });
		const states = [(await client().get(id)).status];
		sandbox.jobs.hold('processing');
		sandbox.jobs.release(id);
		await sandbox.jobs.finished(id);
		expect([...states, (await client().get(id)).status]).toEqual(['queued', 'done']);
	});

	it('lists jobs, newest first, page by page, with filters', async () => {
		const ids = [await finished({ custom_metadata: { mine: 'a' } }), await finished(), await finished()].reverse();
		const idsOf = (page: { items: Array<{ id: string }> }) => page.items.map(({ id }) => id);
		const first = await client().list({ limit: 2 });
		expect(idsOf(first)).toEqual(ids.slice(0, 2));
		expect(first.next).toContain('offset=2');
		const last = await client().list({ limit: 2, offset: 2 });
		expect([idsOf(last), last.next]).toEqual([ids.slice(2), null]);
		expect(idsOf(await client().list({ custom_metadata: { mine: 'a' } }))).toEqual(ids.slice(2));
		expect(idsOf(await client().list({ status: ['error', 'queued'] }))).toEqual([]);
		expect(idsOf(await client().list({ after_date: new Date(Date.now() + 1000).toISOString() }))).toEqual([]);
		expect(idsOf(await client().list({ before_date: new Date(Date.now() + 1000).toISOString() }))).toEqual(ids);
		expect(idsOf(await client('other').list())).toEqual([]);
	});

	it('deletes a job, which is then unknown', async () => {
		const id = await finished();
		expect(await client().delete(id)).toBe(true);
		await expect(client().get(id)).rejects.toMatchObject({ status: 404 });
		await expect(client().delete(id)).rejects.toMatchObject({ status: 404 });
	});

	it('can’t delete a job in progress', async () => {
		sandbox.jobs.hold('processing');
		const { id } = await client().create({ audio_url: `${sandbox.origin}/samples/voicemail.wav` });
		await expect(client().delete(id)).rejects.toMatchObject({ status: 403 });
	});
});

describe('a failed job', () => {
	it('contains only a code', async () => {
		sandbox.jobs.failNext('Out of order');
		const id = await finished({ custom_metadata: { mine: 1 } });
		expect(await client().get(id)).toMatchObject({
			status: 'error',
			error_code: 500,
			custom_metadata: null,
			file: null,
			request_params: null,
			result: null,
		});
		expect(JSON.stringify(await client().get(id))).not.toContain('Out of order');
	});

	it('contains its metadata and its request if configured', async () => {
		sandbox.configure({ bareFailures: false });
		sandbox.jobs.failNext('Out of order');
		const id = await finished({ custom_metadata: { mine: 1 } });
		expect(await client().get(id)).toMatchObject({
			status: 'error',
			custom_metadata: { mine: 1 },
			request_params: { model: 'solaria-1' },
		});
	});

	it('results from a recording that can’t be downloaded', async () => {
		const { id } = await client().create({ audio_url: `${sandbox.origin}/samples/none.wav` });
		await sandbox.settled();
		await expect(client().poll(id)).rejects.toThrow('error code: 400');
	});

	it('results from a file that isn’t a recording', async () => {
		await expect(transcribed({}, 'voicemail.json')).rejects.toThrow('error code: 422');
	});
});
