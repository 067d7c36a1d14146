import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';

import { startSandbox, type JobStatus, type Sandbox } from '../../../sandbox';
import { call, QUICKLY, sampleAudio, samplePath, sampleTruth, sdk } from '../support/assemblyAi';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02 });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

describe('upload', () => {
	const truth = sampleTruth('thank-you.wav').text;
	const sources = {
		'a file path': () => samplePath('thank-you.wav'),
		'a buffer': () => sampleAudio('thank-you.wav'),
		'a Node stream': () => createReadStream(samplePath('thank-you.wav')),
		'a web stream': () => Readable.toWeb(createReadStream(samplePath('thank-you.wav'))) as ReadableStream,
	};

	it.each(Object.entries(sources))('uploads and transcribes %s', async (_name, source) => {
		const audio = await sdk(sandbox).files.upload(source());
		const transcript = await sdk(sandbox).transcripts.transcribe({ audio }, QUICKLY);
		expect(transcript).toMatchObject({ status: 'completed', text: truth, audio_url: audio });
	});

	it('rejects an empty body', async () => {
		await expect(sdk(sandbox).files.upload(Buffer.alloc(0))).rejects.toThrow(/Upload failed, please try again/);
	});

	it('does not serve uploads to clients', async () => {
		const url = await sdk(sandbox).files.upload(sampleAudio('thank-you.wav'));
		expect((await fetch(url)).status).toBe(403);
	});

	it('rejects transcribing an upload of another project', async () => {
		const audio_url = await sdk(sandbox, 'other').files.upload(sampleAudio('thank-you.wav'));
		const response = await call(sandbox, '/v2/transcript', { method: 'POST', body: JSON.stringify({ audio_url }) });
		expect([response.status, await response.json()]).toEqual([403, { error: 'Cannot access uploaded file' }]);
	});
});

describe('job lifecycle', () => {
	it('moves a job from queued to processing to completed', async () => {
		sandbox.configure({ hold: 'queued' });
		const { transcripts } = sdk(sandbox);
		const { id } = await transcripts.submit({ audio: samplePath('thank-you.wav') });
		await waitForHold(id);
		expect(await transcripts.get(id)).toMatchObject({ status: 'queued', text: null });
		sandbox.jobs.hold('processing');
		await waitForHold(id, 'processing');
		expect(await transcripts.get(id)).toMatchObject({ status: 'processing', text: null, words: null });
		sandbox.jobs.release();
		expect(await transcripts.waitUntilReady(id, QUICKLY)).toMatchObject({ status: 'completed' });
	});

	it('transcribes a recording by URL', async () => {
		const audio = `${sandbox.origin}/samples/interview-de.mp3`;
		const transcript = await sdk(sandbox).transcripts.transcribe({ audio }, QUICKLY);
		expect(transcript).toMatchObject({
			text: sampleTruth('interview-de.mp3').text,
			language_code: 'de',
			audio_duration: 16,
		});
		expect(transcript.language_confidence).toBeGreaterThan(0.9);
	});

	it('returns placeholder text for an unknown recording', async () => {
		const audio = Buffer.concat([sampleAudio('thank-you.wav'), Buffer.alloc(2)]);
		const { text, words } = await sdk(sandbox).transcripts.transcribe({ audio }, QUICKLY);
		expect(text).toMatch(/placeholder .* not a transcription/);
		expect(words!.at(-1)!.end).toBeLessThanOrEqual(1592);
	});

	it('fails the job, without an HTTP error, if the URL returns a web page', async () => {
		const transcript = await sdk(sandbox).transcripts.transcribe(
			{ audio: Buffer.from('<!DOCTYPE html><html></html>') },
			QUICKLY,
		);
		expect(transcript.status).toBe('error');
		expect(transcript.error).toMatch(
			/^Transcoding failed. File does not appear to contain audio. File type is text\/html/,
		);
	});

	it('fails the job and names the URL if it cannot be fetched', async () => {
		const audio = 'http://127.0.0.1:9/missing.mp3';
		const { status, error } = await sdk(sandbox).transcripts.transcribe({ audio }, QUICKLY);
		expect(status).toBe('error');
		expect(error).toContain(`Download error, unable to download ${audio}`);
	});

	it('fails the job if the audio is shorter than 160 ms', async () => {
		const wav = Buffer.from(sampleAudio('thank-you.wav').subarray(0, 44 + 2 * 1200));
		const { error } = await sdk(sandbox).transcripts.transcribe({ audio: wav }, QUICKLY);
		expect(error).toBe('Audio duration is too short.');
	});

	it('fails the job with the planned reason', async () => {
		sandbox.jobs.failNext('Out of order');
		const { status, error } = await sdk(sandbox).transcripts.transcribe(
			{ audio: samplePath('thank-you.wav') },
			QUICKLY,
		);
		expect([status, error]).toEqual(['error', 'Out of order']);
	});
});

/** Resolves once the sandbox holds the job in this status. */
async function waitForHold(id: string, status: JobStatus = 'queued'): Promise<void> {
	const job = () => sandbox.jobs.get(id)!;
	while (job().status !== status || !job().held) await new Promise((resolve) => setTimeout(resolve, 5));
}
