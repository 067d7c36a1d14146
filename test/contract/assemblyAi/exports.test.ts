import { startSandbox, type Sandbox } from '../../../sandbox';
import { call, QUICKLY, samplePath, sampleTruth, sdk } from '../support/assemblyAi';

let sandbox: Sandbox;
let id: string;
const truth = sampleTruth('sales-call.mp3');

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02 });
	id = (await sdk(sandbox).transcripts.transcribe({ audio: samplePath('sales-call.mp3'), speaker_labels: true }, QUICKLY)).id;
});
afterAll(() => sandbox.close());

test('SRT subtitles number their cues, use a comma and hold the whole text', async () => {
	const srt = await sdk(sandbox).transcripts.subtitles(id, 'srt');
	expect(srt).toMatch(/^1\n00:00:00,000 --> 00:00:0\d,\d{3}\nGood morning, /);
	expect(textOf(srt)).toBe(truth.text);
});

test('VTT subtitles begin with their name and use a point', async () => {
	const vtt = await sdk(sandbox).transcripts.subtitles(id, 'vtt');
	expect(vtt).toMatch(/^WEBVTT\n\n00:00:00\.000 --> 00:00:0\d\.\d{3}\nGood morning, /);
	expect(textOf(vtt.replace('WEBVTT', ''))).toBe(truth.text);
});

test('subtitles keep to the number of characters asked for', async () => {
	const srt = await sdk(sandbox).transcripts.subtitles(id, 'srt', 24);
	const lines = srt.split('\n').filter((line) => line !== '' && !/^\d+$|-->/.test(line));
	expect(lines.length).toBeGreaterThan(20);
	expect(lines.every((line) => line.length <= 24)).toBe(true);
	expect(textOf(srt)).toBe(truth.text);
});

test('subtitles with a senseless length are refused', async () => {
	expect((await call(sandbox, `/v2/transcript/${id}/srt?chars_per_caption=no`)).status).toBe(400);
});

test('sentences and paragraphs cover the whole text in order', async () => {
	const { transcripts } = sdk(sandbox);
	const { sentences, audio_duration } = await transcripts.sentences(id);
	const { paragraphs } = await transcripts.paragraphs(id);
	expect(audio_duration).toBe(39);
	expect(sentences[1]).toMatchObject({ text: 'How can I help?', speaker: 'A' });
	expect(sentences.map(({ text }) => text).join(' ')).toBe(truth.text);
	expect(paragraphs.map(({ text }) => text).join(' ')).toBe(truth.text);
	expect(paragraphs.length).toBeLessThan(sentences.length);
});

test('word search finds words and phrases with times and places', async () => {
	const found = await sdk(sandbox).transcripts.wordSearch(id, ['daniel', 'thank you', 'absent']);
	expect(found.total_count).toBe(4);
	expect(found.matches.map(({ text, count }) => [text, count])).toEqual([['daniel', 3], ['thank you', 1]]);
	const [index] = found.matches[1]!.indexes;
	expect(truth.words[index!]!.text).toBe('Thank');
	expect(found.matches[1]!.timestamps[0]![0]).toBe(Math.round(truth.words[index!]!.start * 1000));
});

test('word search refuses phrases of more than five words', async () => {
	await expect(sdk(sandbox).transcripts.wordSearch(id, ['one two three four five six'])).rejects.toThrow(/longer than 5 words/);
});

test('redacted audio that was not asked for is an error', async () => {
	await expect(sdk(sandbox).transcripts.redactedAudio(id)).rejects.toThrow(/not requested/);
});

test.each(['voicemail.wav', 'sales-call.mp3'])('redacted audio of %s can be downloaded and differs from the recording', async (file) => {
	const { transcripts } = sdk(sandbox);
	const redacted = await transcripts.transcribe({ audio: samplePath(file), redact_pii: true, redact_pii_audio: true }, QUICKLY);
	const { redacted_audio_url, status } = await transcripts.redactedAudio(redacted.id);
	expect(status).toBe('redacted_audio_ready');
	const audio = Buffer.from(await (await transcripts.redactedAudioFile(redacted.id)).arrayBuffer());
	const original = Buffer.from(await (await fetch(`${sandbox.origin}/samples/${file}`)).arrayBuffer());
	expect(audio.length).toBe(original.length);
	expect(audio.equals(original)).toBe(false);
	expect((await fetch(redacted_audio_url.replace(/signature=.*/, 'signature=wrong'))).status).toBe(403);
});

test('exports of a job that is not completed are refused with its status', async () => {
	sandbox.jobs.hold('processing');
	const { id: running } = await sdk(sandbox).transcripts.submit({ audio: samplePath('thank-you.wav') });
	await expect(sdk(sandbox).transcripts.subtitles(running, 'srt')).rejects.toThrow(/has a status of '(queued|processing)'/);
	sandbox.jobs.release();
});

function textOf(subtitles: string): string {
	return subtitles
		.split('\n')
		.filter((line) => line !== '' && !/^\d+$|-->/.test(line))
		.join(' ');
}
