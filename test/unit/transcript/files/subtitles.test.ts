import { makeFile, type FileSettings } from '../../../../nodes/Transcription/transcript/files';
import { aTranscript, HOSTILE, transcriptOf, sampleTranscript, wordsOf } from '../transcripts';
import { readSrt, readVtt, shownByPlayers, withoutLookalikes } from './readers';

const CALL = sampleTranscript('support-call-stereo');

describe('SRT', () => {
	it('has numbers, times with a comma, and text', () => {
		expect(makeFile('srt', CALL).split('\n').slice(0, 8)).toEqual([
			'1',
			'00:00:00,000 --> 00:00:01,779',
			'Support desk, good afternoon.',
			'',
			'2',
			'00:00:02,136 --> 00:00:04,112',
			'My router keeps losing the connection.',
			'',
		]);
	});

	it('names a speaker only if requested, when the speaker changes', () => {
		expect(makeFile('srt', CALL)).not.toMatch(/^[AB]:/m);
		const named = readSrt(makeFile('srt', CALL, { includeSpeakers: true, speakerNames: { A: 'Ada' } })).map(
			({ text }) => text,
		);
		expect(named).toEqual([
			'Ada: Support desk, good afternoon.',
			'B: My router keeps losing the connection.',
			'Ada: Please restart\nit and wait one minute.',
			'B: Now it works.',
			'Thanks a lot.',
		]);
	});

	it('labels an unknown speaker after a known one', () => {
		const words = [
			...wordsOf('I agree.', { speaker: 'A' }),
			...wordsOf('I do not.', { from: 2 }),
			...wordsOf('Okay.', { from: 5, speaker: 'A' }),
		];
		const srt = makeFile('srt', aTranscript({ words }), { includeSpeakers: true });
		expect(readSrt(srt).map(({ text }) => text)).toEqual(['A: I agree.', 'Unknown speaker: I do not.', 'A: Okay.']);
	});

	it('contains no line that parses as times and no tags', () => {
		const file = makeFile('srt', transcriptOf('a 00:00:01,000 --> 00:00:02,000 <b>x</b> {\\an8} 3 < 4'));
		expect(readSrt(file)).toHaveLength(1);
		expect(file).toContain('00:00:01,000 → 00:00:02,000');
		expect(file).toContain('‹b>x‹/b>');
		expect(file).toContain('❴\\an8❵');
		expect(file).toContain('3 < 4');
	});

	it.each([
		['Press {Ctrl} now.', 'Press ❴Ctrl❵ now.'],
		['{NAME_1} called.', '❴NAME_1❵ called.'],
		['I <3 you and 7> 2', 'I ‹3 you and 7> 2'],
		['a < b > c', 'a ‹ b > c'],
		['I <3 you', 'I <3 you'],
		['one { brace', 'one { brace'],
		['brace} first {', 'brace} first {'],
		['Open C:\\New\\home', 'Open C:\\\u2060New\\\u2060home'],
		['a \\ b', 'a \\ b'],
		['Write &lt; here', 'Write &\u2060lt; here'],
		['R&D and AT&T', 'R&D and AT&T'],
	])('shows every character of “%s” in players', (spoken, written) => {
		const [cue] = readSrt(makeFile('srt', transcriptOf(spoken)));
		expect(cue?.text).toBe(written);
		expect(withoutLookalikes(shownByPlayers(written))).toBe(spoken);
	});

	it('shows markup that spans two lines or contains the speaker’s name', () => {
		const spoken = 'This is an open {brace and after a while, on the next line, a closing} one';
		const [cue] = readSrt(makeFile('srt', transcriptOf(spoken, { speaker: '{NAME_1}' }), { includeSpeakers: true }));
		expect(withoutLookalikes(shownByPlayers(cue?.text.replaceAll('\n', ' ') ?? ''))).toContain('{NAME_1}: This is');
		expect(cue?.text).toMatch(/❴brace[^]*\n[^]*closing❵/);
	});

	it('is empty without speech', () => expect(makeFile('srt', aTranscript({ text: '', words: [] }))).toBe(''));
});

describe('VTT', () => {
	it('has a header, times with a period, and a voice for each speaker', () => {
		expect(
			makeFile('vtt', CALL, { speakerNames: { A: 'Ada' } })
				.split('\n')
				.slice(0, 7),
		).toEqual([
			'WEBVTT',
			'',
			'00:00:00.000 --> 00:00:01.779',
			'<v Ada>Support desk, good afternoon.',
			'',
			'00:00:02.136 --> 00:00:04.112',
			'<v B>My router keeps losing the connection.',
		]);
	});

	it('omits voices if speakers are not included', () =>
		expect(makeFile('vtt', CALL, { includeSpeakers: false })).not.toContain('<v'));

	it('omits voices without speakers', () => expect(makeFile('vtt', transcriptOf('Hello.'))).not.toContain('<v'));

	// NOTE has no meaning in SRT, but the package `subtitle` reads it as a comment there too.
	it('doesn’t read the spoken word NOTE as a comment', () => {
		expect(readVtt(makeFile('vtt', transcriptOf('NOTE this')))[0]?.text).toBe('NOTE this');
	});

	it('uses the name of a channel', () => {
		expect(readVtt(makeFile('vtt', transcriptOf('Hello.', { channel: '2' })))[0]?.voice).toBe('Channel 2');
		expect(
			readVtt(makeFile('vtt', transcriptOf('Hello.', { channel: '2' }), { speakerNames: { 2: 'Ada' } }))[0]?.voice,
		).toBe('Ada');
	});

	it('escapes markup', () => {
		const file = makeFile('vtt', transcriptOf('a --> b & </v> <b>', { speaker: '<R&D>\n' }));
		expect(readVtt(file)).toEqual([expect.objectContaining({ text: 'a --> b & </v> <b>', voice: '<R&D>' })]);
	});

	it('adds increasing word times within the cue', () => {
		const file = makeFile('vtt', CALL, { wordTimestamps: true });
		expect(file).toContain('<v A>Support <00:00:00.441>desk, <00:00:00.957>good');
		for (const { startMs, endMs, times } of readVtt(file)) {
			expect([startMs, ...times, endMs]).toEqual([...new Set([startMs, ...times, endMs])].sort((a, b) => a - b));
		}
	});

	it('omits times of words that are out of order', () => {
		const words = [...wordsOf('one two three')].map((word) => ({ ...word, start: 1, end: 2 }));
		expect(readVtt(makeFile('vtt', aTranscript({ words }), { wordTimestamps: true }))[0]?.times).toEqual([]);
	});

	it('contains only the header without speech', () => {
		expect(makeFile('vtt', aTranscript({ text: '' }))).toBe('WEBVTT\n');
	});
});

describe.each(['srt', 'vtt'])('%s', (format) => {
	const read = format === 'srt' ? readSrt : readVtt;

	it.each(['sales-call', 'interview-de', 'support-call-stereo', 'voicemail', 'thank-you'])(
		'of %s is read correctly by an independent parser',
		(name) => {
			const transcript = sampleTranscript(name);
			const cues = read(makeFile(format, transcript));
			expect(cues.map(({ text }) => text.replaceAll('\n', ' ')).join(' ')).toBe(transcript.text);
			expect(cues[0]?.startMs).toBe(Math.round((transcript.words?.[0]?.start ?? 0) * 1000));
		},
	);

	it.each(HOSTILE.map((text, index) => [index, text]))('keeps hostile text %d in one cue', (_index, text) => {
		const cues = read(makeFile(format, transcriptOf(`before ${text} after`)));
		expect(cues.length).toBeGreaterThan(0);
		expect(cues[0]?.text).toMatch(/^before/);
		expect(cues.at(-1)?.text).toMatch(/after$/);
	});

	it('applies the offset and drops cues before 0', () => {
		const transcript = aTranscript({
			words: [...wordsOf('Gone.', { speaker: 'A' }), ...wordsOf('Here.', { from: 5, speaker: 'A' })],
		});
		expect(read(makeFile(format, transcript, { offsetSeconds: 10 })).map(({ startMs }) => startMs)).toEqual([
			10_000, 15_000,
		]);
		expect(
			read(makeFile(format, transcript, { offsetSeconds: -4 })).map(({ startMs, text }) => [startMs, text]),
		).toEqual([[1000, 'Here.']]);
	});

	it('supports times longer than a day', () => {
		expect(read(makeFile(format, transcriptOf('Late.', { from: 100 * 3600 })))[0]?.startMs).toBe(360_000_000);
	});

	it('uses utterances if there are no words', () => {
		const utterances = [{ text: 'Good morning. '.repeat(12).trim(), start: 0, end: 12, speaker: 'A' }];
		const cues = read(makeFile(format, aTranscript({ utterances })));
		expect(cues.length).toBeGreaterThan(3);
		expect(cues.at(-1)?.endMs).toBeLessThanOrEqual(12_000);
	});

	it('rejects a transcript with text only and explains how to fix it', () => {
		const make = () => makeFile(format, aTranscript({ text: 'Hello.' }));
		expect(make).toThrow('The transcript has no times');
		expect(make).toThrow(
			expect.objectContaining({
				explanation: expect.objectContaining({ description: expect.stringContaining('Output: Words') }),
			}),
		);
	});

	it.each<[FileSettings, number]>([
		[{ charactersPerLine: 20 }, 20],
		[{ charactersPerLine: 60 }, 60],
	])('respects %j', (settings, limit) => {
		for (const { text } of read(makeFile(format, sampleTranscript('sales-call'), settings))) {
			for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(limit);
		}
	});
});
