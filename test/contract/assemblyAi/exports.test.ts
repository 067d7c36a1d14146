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

test('sentences carry their words, whose times they span, and the speaker; paragraphs do not name one', async () => {
	const { transcripts } = sdk(sandbox);
	const { sentences, confidence } = await transcripts.sentences(id);
	for (const { start, end, text, words, speaker } of sentences) {
		expect([start, end]).toEqual([words[0]!.start, words[words.length - 1]!.end]);
		expect(words.map((word) => word.text).join(' ')).toBe(text);
		expect(new Set(words.map((word) => word.speaker))).toEqual(new Set([speaker]));
	}
	expect(confidence).toBeGreaterThan(0.8);
	const { paragraphs } = await transcripts.paragraphs(id);
	expect(paragraphs.flatMap(({ words }) => words)).toEqual(sentences.flatMap(({ words }) => words));
	expect(paragraphs.every((paragraph) => !('speaker' in paragraph))).toBe(true);
});

test('neither a sentence nor a paragraph goes on when the speaker changes', async () => {
	const { transcripts } = sdk(sandbox);
	const { paragraphs } = await transcripts.paragraphs(id);
	for (const { words } of paragraphs) expect(new Set(words.map(({ speaker }) => speaker)).size).toBe(1);
	expect(new Set(paragraphs.map(({ words }) => words[0]!.speaker))).toEqual(new Set(['A', 'B']));
});

test('sentences name the channel where there are several', async () => {
	const { transcripts } = sdk(sandbox);
	const { id: stereo } = await transcripts.transcribe({ audio: samplePath('support-call-stereo.wav'), multichannel: true }, QUICKLY);
	const { sentences } = await transcripts.sentences(stereo);
	expect(new Set(sentences.map(({ channel }) => channel))).toEqual(new Set(['1', '2']));
});

describe('a recording without a word', () => {
	let silent: string;
	beforeAll(async () => {
		const audio = samplePath('thank-you.wav');
		silent = (await sdk(sandbox).transcripts.transcribe({ audio, audio_start_from: 3_600_000 }, QUICKLY)).id;
	});

	test('has no sentences, paragraphs or matches, and empty subtitles', async () => {
		const { transcripts } = sdk(sandbox);
		expect((await transcripts.sentences(silent)).sentences).toEqual([]);
		expect((await transcripts.paragraphs(silent)).paragraphs).toEqual([]);
		expect(await transcripts.wordSearch(silent, ['thank'])).toEqual({ id: silent, total_count: 0, matches: [] });
		expect(await transcripts.subtitles(silent, 'srt')).toBe('');
		expect((await transcripts.subtitles(silent, 'vtt')).trim()).toBe('WEBVTT');
	});
});

test('word search does not care about case and punctuation, and keeps the order of the question', async () => {
	const { matches } = await sdk(sandbox).transcripts.wordSearch(id, ['HELP', 'Daniel']);
	expect(matches.map(({ text, count }) => [text, count])).toEqual([['help', 1], ['daniel', 3]]);
	for (const { count, timestamps, indexes } of matches) expect([timestamps.length, indexes.length]).toEqual([count, count]);
});

test('a phrase of five words is found, with the times of its first and last word', async () => {
	const words = truth.words.slice(3, 8);
	const { matches } = await sdk(sandbox).transcripts.wordSearch(id, [words.map(({ text }) => text.replace(/\W+$/, '')).join(' ')]);
	expect(matches[0]!.indexes).toEqual([3]);
	expect(matches[0]!.timestamps).toEqual([[Math.round(words[0]!.start * 1000), Math.round(words[4]!.end * 1000)]]);
});

test('a part of a word is no match', async () => {
	expect(await sdk(sandbox).transcripts.wordSearch(id, ['dan'])).toMatchObject({ total_count: 0, matches: [] });
});

test.each(['', '?words=', '?words=,%20,'])('word search without words is refused: “%s”', async (query) => {
	const answer = await call(sandbox, `/v2/transcript/${id}/word-search${query}`);
	expect([answer.status, await answer.json()]).toEqual([400, { error: 'words is required' }]);
});

test.each(['sentences', 'paragraphs', 'word-search?words=a', 'srt', 'vtt', 'redacted-audio'])(
	'%s of an unknown transcript is refused like the transcript itself',
	async (path) => {
		const answer = await call(sandbox, `/v2/transcript/00000000-0000-4000-8000-000000000000/${path}`);
		expect([answer.status, await answer.json()]).toEqual([400, { error: 'Transcript lookup error, transcript id not found' }]);
	},
);

test.each(['sentences', 'paragraphs', 'word-search?words=a', 'srt', 'vtt', 'redacted-audio'])('%s of a deleted transcript is refused', async (path) => {
	const { transcripts } = sdk(sandbox);
	const options = { redact_pii: true, redact_pii_audio: true };
	const { id: deleted } = await transcripts.transcribe({ audio: samplePath('thank-you.wav'), ...options }, QUICKLY);
	await transcripts.delete(deleted);
	expect((await call(sandbox, `/v2/transcript/${deleted}/${path}`)).status).toBe(400);
});

test('subtitles in a format that there is none of are a page that says 404', async () => {
	const answer = await call(sandbox, `/v2/transcript/${id}/ass`);
	expect([answer.status, await answer.text()]).toEqual([404, '404: Not Found']);
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
