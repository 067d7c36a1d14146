import { startSandbox, type Sandbox } from '../../../sandbox';
import { call, QUICKLY, samplePath, sampleTruth, sdk } from '../support/assemblyAi';

let sandbox: Sandbox;
let id: string;
const truth = sampleTruth('sales-call.mp3');

beforeAll(async () => {
	sandbox = await startSandbox({ jobSeconds: 0.02 });
	id = (
		await sdk(sandbox).transcripts.transcribe({ audio: samplePath('sales-call.mp3'), speaker_labels: true }, QUICKLY)
	).id;
});
afterAll(() => sandbox.close());

it('returns SRT subtitles with numbered cues, comma decimals, and the entire text', async () => {
	const srt = await sdk(sandbox).transcripts.subtitles(id, 'srt');
	expect(srt).toMatch(/^1\n00:00:00,000 --> 00:00:0\d,\d{3}\nGood morning, /);
	expect(textOf(srt)).toBe(truth.text);
});

it('returns VTT subtitles with the WEBVTT header and decimal points', async () => {
	const vtt = await sdk(sandbox).transcripts.subtitles(id, 'vtt');
	expect(vtt).toMatch(/^WEBVTT\n\n00:00:00\.000 --> 00:00:0\d\.\d{3}\nGood morning, /);
	expect(textOf(vtt.replace('WEBVTT', ''))).toBe(truth.text);
});

it('limits captions to the requested number of characters', async () => {
	const srt = await sdk(sandbox).transcripts.subtitles(id, 'srt', 24);
	const lines = srt.split('\n').filter((line) => line !== '' && !/^\d+$|-->/.test(line));
	expect(lines.length).toBeGreaterThan(20);
	expect(lines.every((line) => line.length <= 24)).toBe(true);
	expect(textOf(srt)).toBe(truth.text);
});

it('rejects an invalid caption length', async () => {
	expect((await call(sandbox, `/v2/transcript/${id}/srt?chars_per_caption=no`)).status).toBe(400);
});

it('returns sentences and paragraphs that cover the whole text in order', async () => {
	const { transcripts } = sdk(sandbox);
	const { sentences, audio_duration } = await transcripts.sentences(id);
	const { paragraphs } = await transcripts.paragraphs(id);
	expect(audio_duration).toBe(39);
	expect(sentences[1]).toMatchObject({ text: 'How can I help?', speaker: 'A' });
	expect(sentences.map(({ text }) => text).join(' ')).toBe(truth.text);
	expect(paragraphs.map(({ text }) => text).join(' ')).toBe(truth.text);
	expect(paragraphs.length).toBeLessThan(sentences.length);
});

it('includes words, matching times, and the speaker in sentences, but no speaker in paragraphs', async () => {
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

it('starts a new sentence and paragraph when the speaker changes', async () => {
	const { transcripts } = sdk(sandbox);
	const { paragraphs } = await transcripts.paragraphs(id);
	for (const { words } of paragraphs) expect(new Set(words.map(({ speaker }) => speaker)).size).toBe(1);
	expect(new Set(paragraphs.map(({ words }) => words[0]!.speaker))).toEqual(new Set(['A', 'B']));
});

it('includes the channel in sentences of multichannel audio', async () => {
	const { transcripts } = sdk(sandbox);
	const { id: stereo } = await transcripts.transcribe(
		{ audio: samplePath('support-call-stereo.wav'), multichannel: true },
		QUICKLY,
	);
	const { sentences } = await transcripts.sentences(stereo);
	expect(new Set(sentences.map(({ channel }) => channel))).toEqual(new Set(['1', '2']));
});

describe('a recording without speech', () => {
	let silent: string;
	beforeAll(async () => {
		const audio = samplePath('thank-you.wav');
		silent = (await sdk(sandbox).transcripts.transcribe({ audio, audio_start_from: 3_600_000 }, QUICKLY)).id;
	});

	it('has no sentences, paragraphs or matches, and its subtitles are empty', async () => {
		const { transcripts } = sdk(sandbox);
		expect((await transcripts.sentences(silent)).sentences).toEqual([]);
		expect((await transcripts.paragraphs(silent)).paragraphs).toEqual([]);
		expect(await transcripts.wordSearch(silent, ['thank'])).toEqual({ id: silent, total_count: 0, matches: [] });
		expect(await transcripts.subtitles(silent, 'srt')).toBe('');
		expect((await transcripts.subtitles(silent, 'vtt')).trim()).toBe('WEBVTT');
	});
});

it('ignores case and punctuation in word search, and keeps the order of the query', async () => {
	const { matches } = await sdk(sandbox).transcripts.wordSearch(id, ['HELP', 'Daniel']);
	expect(matches.map(({ text, count }) => [text, count])).toEqual([
		['help', 1],
		['daniel', 3],
	]);
	for (const { count, timestamps, indexes } of matches)
		expect([timestamps.length, indexes.length]).toEqual([count, count]);
});

it('finds a five-word phrase, with the times of its first and last word', async () => {
	const words = truth.words.slice(3, 8);
	const { matches } = await sdk(sandbox).transcripts.wordSearch(id, [
		words.map(({ text }) => text.replace(/\W+$/, '')).join(' '),
	]);
	expect(matches[0]!.indexes).toEqual([3]);
	expect(matches[0]!.timestamps).toEqual([[Math.round(words[0]!.start * 1000), Math.round(words[4]!.end * 1000)]]);
});

it('does not match part of a word', async () => {
	expect(await sdk(sandbox).transcripts.wordSearch(id, ['dan'])).toMatchObject({ total_count: 0, matches: [] });
});

it.each(['', '?words=', '?words=,%20,'])('rejects a word search without words: “%s”', async (query) => {
	const response = await call(sandbox, `/v2/transcript/${id}/word-search${query}`);
	expect([response.status, await response.json()]).toEqual([400, { error: 'words is required' }]);
});

it.each(['sentences', 'paragraphs', 'word-search?words=a', 'srt', 'vtt', 'redacted-audio'])(
	'%s of an unknown transcript is refused like the transcript itself',
	async (path) => {
		const response = await call(sandbox, `/v2/transcript/00000000-0000-4000-8000-000000000000/${path}`);
		expect([response.status, await response.json()]).toEqual([
			400,
			{ error: 'Transcript lookup error, transcript id not found' },
		]);
	},
);

it.each(['sentences', 'paragraphs', 'word-search?words=a', 'srt', 'vtt', 'redacted-audio'])(
	'rejects %s of a deleted transcript',
	async (path) => {
		const { transcripts } = sdk(sandbox);
		const options = { redact_pii: true, redact_pii_audio: true };
		const { id: deleted } = await transcripts.transcribe({ audio: samplePath('thank-you.wav'), ...options }, QUICKLY);
		await transcripts.delete(deleted);
		expect((await call(sandbox, `/v2/transcript/${deleted}/${path}`)).status).toBe(400);
	},
);

it('returns a 404 page for an unknown subtitle format', async () => {
	const response = await call(sandbox, `/v2/transcript/${id}/ass`);
	expect([response.status, await response.text()]).toEqual([404, '404: Not Found']);
});

it('finds words and phrases with their times and indexes', async () => {
	const found = await sdk(sandbox).transcripts.wordSearch(id, ['daniel', 'thank you', 'absent']);
	expect(found.total_count).toBe(4);
	expect(found.matches.map(({ text, count }) => [text, count])).toEqual([
		['daniel', 3],
		['thank you', 1],
	]);
	const [index] = found.matches[1]!.indexes;
	expect(truth.words[index!]!.text).toBe('Thank');
	expect(found.matches[1]!.timestamps[0]![0]).toBe(Math.round(truth.words[index!]!.start * 1000));
});

it('rejects a word search for phrases of more than five words', async () => {
	await expect(sdk(sandbox).transcripts.wordSearch(id, ['one two three four five six'])).rejects.toThrow(
		/longer than 5 words/,
	);
});

it('returns an error for redacted audio that was not requested', async () => {
	await expect(sdk(sandbox).transcripts.redactedAudio(id)).rejects.toThrow(/not requested/);
});

it.each(['voicemail.wav', 'sales-call.mp3'])(
	'serves redacted audio of %s that differs from the recording',
	async (file) => {
		const { transcripts } = sdk(sandbox);
		const redacted = await transcripts.transcribe(
			{ audio: samplePath(file), redact_pii: true, redact_pii_audio: true },
			QUICKLY,
		);
		const { redacted_audio_url, status } = await transcripts.redactedAudio(redacted.id);
		expect(status).toBe('redacted_audio_ready');
		const audio = Buffer.from(await (await transcripts.redactedAudioFile(redacted.id)).arrayBuffer());
		const original = Buffer.from(await (await fetch(`${sandbox.origin}/samples/${file}`)).arrayBuffer());
		expect(audio.length).toBe(original.length);
		expect(audio.equals(original)).toBe(false);
		expect((await fetch(redacted_audio_url.replace(/signature=.*/, 'signature=wrong'))).status).toBe(403);
	},
);

describe('redacted audio', () => {
	const redactedAudio = async () => {
		const options = { redact_pii: true, redact_pii_audio: true };
		const { transcripts } = sdk(sandbox);
		const { id: job } = await transcripts.transcribe({ audio: samplePath('voicemail.wav'), ...options }, QUICKLY);
		const response = await call(sandbox, `/v2/transcript/${job}/redacted-audio`);
		return [response.status, await response.json()];
	};
	afterEach(() => {
		sandbox.configure({ redactedAudioSeconds: 0 });
		sandbox.clock.setSpeed(1);
	});

	it('is answered with 202 and no URL until it is ready', async () => {
		sandbox.configure({ redactedAudioSeconds: 60 });
		expect(await redactedAudio()).toEqual([202, {}]);
	});

	it('is no longer available after a day', async () => {
		const { transcripts } = sdk(sandbox);
		const options = { redact_pii: true, redact_pii_audio: true };
		const { id: job } = await transcripts.transcribe({ audio: samplePath('voicemail.wav'), ...options }, QUICKLY);
		sandbox.clock.setSpeed(10_000_000);
		await new Promise((resolve) => setTimeout(resolve, 50));
		await expect(transcripts.redactedAudio(job)).rejects.toThrow(/no longer available/);
	});
});

it('rejects exports of an unfinished job and reports its status', async () => {
	sandbox.jobs.hold('processing');
	const { id: running } = await sdk(sandbox).transcripts.submit({ audio: samplePath('thank-you.wav') });
	await expect(sdk(sandbox).transcripts.subtitles(running, 'srt')).rejects.toThrow(
		/has a status of '(queued|processing)'/,
	);
	sandbox.jobs.release();
});

function textOf(subtitles: string): string {
	return subtitles
		.split('\n')
		.filter((line) => line !== '' && !/^\d+$|-->/.test(line))
		.join(' ');
}
