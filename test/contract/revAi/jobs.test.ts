import { text } from 'node:stream/consumers';

import { CaptionType } from 'revai-node-sdk';
import type { RevAiJobOptions } from 'revai-node-sdk';

import { startSandbox, type Sandbox } from '../../../sandbox';
import { sampleAudio, samplePath, sampleTruth } from '../support/assemblyAi';
import { sdk } from '../support/revAi';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02, speed: 1000 });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

const TRUTH = sampleTruth('voicemail.wav');

/** Submits a recording and waits until its job and callbacks are finished. */
async function finished(options: RevAiJobOptions = {}, sample = 'voicemail.wav'): Promise<string> {
	const { id } = await sdk(sandbox).submitJobLocalFile(samplePath(sample), options);
	await sandbox.settled();
	return id;
}

const spoken = (elements: Array<{ value: string }>) => elements.map(({ value }) => value).join('');

describe('the official SDK', () => {
	it('reads the account', async () => {
		expect(await sdk(sandbox).getAccount()).toEqual({
			email: expect.any(String),
			balance_seconds: expect.any(Number),
		});
	});

	it('submits a file, and reads its job and transcript', async () => {
		const id = await finished({ metadata: 'a call', skip_diarization: true });
		expect(await sdk(sandbox).getJobDetails(id)).toMatchObject({
			id: expect.stringMatching(/^[A-Za-z0-9]{12}$/),
			status: 'transcribed',
			type: 'async',
			name: 'voicemail.wav',
			metadata: 'a call',
			skip_diarization: true,
			duration_seconds: TRUTH.durationSeconds,
			language: 'en',
			transcriber: 'machine',
		});
		const { monologues } = await sdk(sandbox).getTranscriptObject(id);
		expect(monologues).toHaveLength(1);
		expect(spoken(monologues[0]!.elements)).toBe(TRUTH.text);
		expect(monologues[0]!.elements[0]).toMatchObject({
			type: 'text',
			ts: expect.any(Number),
			end_ts: expect.any(Number),
		});
	});

	it('submits audio data and a URL', async () => {
		const { id } = await sdk(sandbox).submitJobAudioData(sampleAudio('voicemail.wav'), 'voicemail.wav');
		const fetched = await sdk(sandbox).submitJob({ source_config: { url: `${sandbox.origin}/samples/voicemail.wav` } });
		await sandbox.settled();
		const [one, other] = await Promise.all([id, fetched.id].map((job) => sdk(sandbox).getTranscriptText(job)));
		expect(one).toContain('Speaker 0:    00:00:00    ');
		expect(other).toBe(one);
	});

	it('reads speakers and channels', async () => {
		const speakers = async (id: string) => [
			...new Set((await sdk(sandbox).getTranscriptObject(id)).monologues.map(({ speaker }) => speaker)),
		];
		expect(await speakers(await finished({}, 'sales-call.mp3'))).toEqual(expect.arrayContaining([0, 1]));
		const id = await finished({ speaker_channels_count: 2 }, 'support-call-stereo.wav');
		expect((await speakers(id)).sort()).toEqual([0, 1]);
		await expect(sdk(sandbox).getCaptions(id)).rejects.toMatchObject({ statusCode: 405 });
		expect(await text(await sdk(sandbox).getCaptions(id, CaptionType.SRT, 1))).toContain(' --> ');
	});

	it('reads captions', async () => {
		const id = await finished();
		expect(await text(await sdk(sandbox).getCaptions(id, CaptionType.SRT))).toMatch(/^1\n00:00:\d\d,\d{3} --> /);
		expect(await text(await sdk(sandbox).getCaptions(id, CaptionType.VTT))).toMatch(
			/^WEBVTT\n\n00:00:\d\d\.\d{3} --> /,
		);
	});

	it('reads summaries and translations, once they are done', async () => {
		sandbox.configure({ postProcessingSeconds: 100_000 });
		const id = await finished({
			summarization_config: { type: 'bullets' as never },
			translation_config: { target_languages: [{ language: 'de' }] },
		});
		expect(await sdk(sandbox).getJobDetails(id)).toMatchObject({
			summarization: { status: 'in_progress', type: 'bullets' },
			translation: { target_languages: [{ language: 'de', status: 'in_progress' }] },
		});
		await expect(sdk(sandbox).getTranscriptSummaryObject(id)).rejects.toMatchObject({ statusCode: 409 });

		sandbox.configure({ postProcessingSeconds: 0 });
		const done = await finished({
			summarization_config: { type: 'bullets' as never },
			translation_config: { target_languages: [{ language: 'de' }] },
		});
		expect((await sdk(sandbox).getTranscriptSummaryObject(done)).bullet_points).toEqual(expect.any(Array));
		expect(await sdk(sandbox).getTranscriptSummaryText(done)).toMatch(/^- /);
		const { monologues } = await sdk(sandbox).getTranslatedTranscriptObject(done, 'de');
		expect(spoken(monologues[0]!.elements)).toMatch(/^\[de\] /);
	});

	it('lists jobs, newest first, page by page', async () => {
		const ids = [await finished(), await finished(), await finished()].reverse();
		const page = async (limit?: number, after?: string) =>
			(await sdk(sandbox).getListOfJobs(limit, after)).map(({ id }) => id);
		expect(await page()).toEqual(ids);
		expect(await page(2)).toEqual(ids.slice(0, 2));
		expect(await page(2, ids[1])).toEqual(ids.slice(2));
		expect(await page(2, ids[2])).toEqual([]);
		expect(await sdk(sandbox, 'other').getListOfJobs()).toEqual([]);
	});

	it('deletes a job, which is then unknown', async () => {
		const id = await finished();
		await sdk(sandbox).deleteJob(id);
		await expect(sdk(sandbox).getJobDetails(id)).rejects.toMatchObject({ statusCode: 404 });
		await expect(sdk(sandbox).deleteJob(id)).rejects.toMatchObject({ statusCode: 404 });
		expect(await sdk(sandbox).getListOfJobs()).toEqual([]);
	});

	it('can’t delete or read a job in progress', async () => {
		sandbox.jobs.hold('processing');
		const { id, status } = await sdk(sandbox).submitJobLocalFile(samplePath('voicemail.wav'));
		expect(status).toBe('in_progress');
		const invalidState = { statusCode: 409, currentValue: 'in_progress', allowedValues: expect.any(Array) };
		await expect(sdk(sandbox).deleteJob(id)).rejects.toMatchObject(invalidState);
		await expect(sdk(sandbox).getTranscriptObject(id)).rejects.toMatchObject(invalidState);
	});
});

describe('a job fails', () => {
	const failureOf = async (id: string, account?: string) => {
		await sandbox.settled();
		const { status, failure, failure_detail: detail } = await sdk(sandbox, account).getJobDetails(id);
		return [status, failure, detail];
	};

	it('if the recording can’t be downloaded', async () => {
		const { id } = await sdk(sandbox).submitJob({ source_config: { url: `${sandbox.origin}/samples/none.wav` } });
		expect(await failureOf(id)).toEqual(['failed', 'download_failure', expect.stringContaining('download')]);
	});

	it('if the file isn’t a recording', async () => {
		expect(await failureOf(await finished({}, 'voicemail.json'))).toEqual([
			'failed',
			'invalid_media',
			expect.any(String),
		]);
	});

	it('if it has fewer channels than requested', async () => {
		const id = await finished({ speaker_channels_count: 3 });
		expect(await failureOf(id)).toEqual(['failed', 'invalid_media', expect.any(String)]);
	});

	it('if the account has no credits', async () => {
		const { id } = await sdk(sandbox, 'empty').submitJobLocalFile(samplePath('voicemail.wav'));
		expect(await failureOf(id, 'empty')).toEqual(['failed', 'insufficient_balance', expect.any(String)]);
	});

	it('with the planned reason', async () => {
		sandbox.jobs.failNext('Out of order');
		expect(await failureOf(await finished())).toEqual(['failed', 'transcription', 'Out of order']);
	});
});

it.each([
	['30 days', {}, 31],
	['the time that the job sets', { delete_after_seconds: 0 }, 0],
])('a job is deleted after %s', async (_what, options, days) => {
	const id = await finished(options);
	sandbox.jobs.get(id)!.createdAt = new Date(Date.now() - days * 86_400_000);
	sandbox.jobs.get(id)!.finishedAt = new Date(Date.now() - 1);
	await expect(sdk(sandbox).getJobDetails(id)).rejects.toMatchObject({ statusCode: 404 });
});
