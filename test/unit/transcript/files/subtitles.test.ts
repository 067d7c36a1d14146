import { makeFile, type FileSettings } from '../../../../nodes/Transcription/transcript/files';
import { aTranscript, HOSTILE, said, sampleTranscript, wordsOf } from '../transcripts';
import { readSrt, readVtt } from './readers';

const CALL = sampleTranscript('support-call-stereo');

describe('SRT', () => {
	it('has numbers, times with a comma, and text', () => {
		expect(makeFile('srt', CALL).split('\n').slice(0, 8)).toEqual([
			'1', '00:00:00,000 --> 00:00:01,779', 'Support desk, good afternoon.', '',
			'2', '00:00:02,136 --> 00:00:04,112', 'My router keeps losing the connection.', '',
		]);
	});

	it('names a speaker only where asked to, and where another spoke before', () => {
		expect(makeFile('srt', CALL)).not.toMatch(/^[AB]:/m);
		const named = readSrt(makeFile('srt', CALL, { includeSpeakers: true, speakerNames: { A: 'Ada' } })).map(({ text }) => text);
		expect(named).toEqual([
			'Ada: Support desk, good afternoon.', 'B: My router keeps losing the connection.',
			'Ada: Please restart\nit and wait one minute.', 'B: Now it works.', 'Thanks a lot.',
		]);
	});

	it('holds no line that a parser takes for times, and no tag that a player obeys', () => {
		const file = makeFile('srt', said('a 00:00:01,000 --> 00:00:02,000 <b>x</b> {\\an8} 3 < 4'));
		expect(readSrt(file)).toHaveLength(1);
		expect(file).toContain('00:00:01,000 → 00:00:02,000');
		expect(file).toContain('‹b>x‹/b>');
		expect(file).toContain('(\\an8}');
		expect(file).toContain('3 < 4');
	});

	it('is empty where nothing was said', () => expect(makeFile('srt', aTranscript({ text: '', words: [] }))).toBe(''));
});

describe('VTT', () => {
	it('has its header, times with a point, and a voice for each speaker', () => {
		expect(makeFile('vtt', CALL, { speakerNames: { A: 'Ada' } }).split('\n').slice(0, 7)).toEqual([
			'WEBVTT', '', '00:00:00.000 --> 00:00:01.779', '<v Ada>Support desk, good afternoon.', '',
			'00:00:02.136 --> 00:00:04.112', '<v B>My router keeps losing the connection.',
		]);
	});

	it('names nobody where nobody shall be named', () => expect(makeFile('vtt', CALL, { includeSpeakers: false })).not.toContain('<v'));

	it('names nobody where nobody is told apart', () => expect(makeFile('vtt', said('Hello.'))).not.toContain('<v'));

	// In SRT it means nothing, but the package `subtitle` takes it for a comment there too.
	it('has no comment where somebody says NOTE', () => {
		expect(readVtt(makeFile('vtt', said('NOTE this')))[0]?.text).toBe('NOTE this');
	});

	it('calls a channel by its name', () => {
		expect(readVtt(makeFile('vtt', said('Hello.', { channel: '2' })))[0]?.voice).toBe('Channel 2');
		expect(readVtt(makeFile('vtt', said('Hello.', { channel: '2' }), { speakerNames: { 2: 'Ada' } }))[0]?.voice).toBe('Ada');
	});

	it('escapes what the format would read as markup', () => {
		const file = makeFile('vtt', said('a --> b & </v> <b>', { speaker: '<R&D>\n' }));
		expect(readVtt(file)).toEqual([expect.objectContaining({ text: 'a --> b & </v> <b>', voice: '<R&D>' })]);
	});

	it('tells when each word begins, growing and within its cue', () => {
		const file = makeFile('vtt', CALL, { wordTimestamps: true });
		expect(file).toContain('<v A>Support <00:00:00.441>desk, <00:00:00.957>good');
		for (const { startMs, endMs, times } of readVtt(file)) {
			expect([startMs, ...times, endMs]).toEqual([...new Set([startMs, ...times, endMs])].sort((a, b) => a - b));
		}
	});

	it('leaves out times of words that are not in order', () => {
		const words = [...wordsOf('one two three')].map((word) => ({ ...word, start: 1, end: 2 }));
		expect(readVtt(makeFile('vtt', aTranscript({ words }), { wordTimestamps: true }))[0]?.times).toEqual([]);
	});

	it('is an empty file with a header where nothing was said', () => {
		expect(makeFile('vtt', aTranscript({ text: '' }))).toBe('WEBVTT\n');
	});
});

describe.each(['srt', 'vtt'])('%s', (format) => {
	const read = format === 'srt' ? readSrt : readVtt;

	it.each(['sales-call', 'interview-de', 'support-call-stereo', 'voicemail', 'thank-you'])('of %s is read by others as it was made', (name) => {
		const transcript = sampleTranscript(name);
		const cues = read(makeFile(format, transcript));
		expect(cues.map(({ text }) => text.replaceAll('\n', ' ')).join(' ')).toBe(transcript.text);
		expect(cues[0]?.startMs).toBe(Math.round((transcript.words?.[0]?.start ?? 0) * 1000));
	});

	it.each(HOSTILE.map((text, index) => [index, text]))('with hostile text %d stays one cue', (_index, text) => {
		const cues = read(makeFile(format, said(`before ${text} after`)));
		expect(cues.length).toBeGreaterThan(0);
		expect(cues[0]?.text).toMatch(/^before/);
		expect(cues.at(-1)?.text).toMatch(/after$/);
	});

	it('moves with the offset, and leaves out what was said before the recording begins', () => {
		const transcript = aTranscript({ words: [...wordsOf('Gone.', { speaker: 'A' }), ...wordsOf('Here.', { from: 5, speaker: 'A' })] });
		expect(read(makeFile(format, transcript, { offsetSeconds: 10 })).map(({ startMs }) => startMs)).toEqual([10_000, 15_000]);
		expect(read(makeFile(format, transcript, { offsetSeconds: -4 })).map(({ startMs, text }) => [startMs, text])).toEqual([[1000, 'Here.']]);
	});

	it('counts hours beyond a day', () => {
		expect(read(makeFile(format, said('Late.', { from: 100 * 3600 })))[0]?.startMs).toBe(360_000_000);
	});

	it('is made of utterances where there are no words', () => {
		const utterances = [{ text: 'Good morning. '.repeat(12).trim(), start: 0, end: 12, speaker: 'A' }];
		const cues = read(makeFile(format, aTranscript({ utterances })));
		expect(cues.length).toBeGreaterThan(3);
		expect(cues.at(-1)?.endMs).toBeLessThanOrEqual(12_000);
	});

	it('cannot be made of text alone, and says what to do', () => {
		const make = () => makeFile(format, aTranscript({ text: 'Hello.' }));
		expect(make).toThrow('The transcript has no times');
		expect(make).toThrow(expect.objectContaining({ explanation: expect.objectContaining({ description: expect.stringContaining('Output: Words') }) }));
	});

	it.each<[FileSettings, number]>([[{ charactersPerLine: 20 }, 20], [{ charactersPerLine: 60 }, 60]])('keeps to %j', (settings, limit) => {
		for (const { text } of read(makeFile(format, sampleTranscript('sales-call'), settings))) {
			for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(limit);
		}
	});
});
