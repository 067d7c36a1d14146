import { cuesOf } from '../../../../nodes/Transcription/providers/instantTranscriber/transcript/subtitles';

const cue = (text: string) => cuesOf(`1\n00:00:01,500 --> 00:00:02,250\n${text}\n`);

describe('Subtitle cues', () => {
	it('have text and times in seconds', () => {
		expect(cuesOf('1\n00:00:00,240 --> 00:00:01,500\nHi there.\n\n2\n01:02:03,004 --> 01:02:04,000\nBye.\n')).toEqual([
			{ text: 'Hi there.', start: 0.24, end: 1.5 },
			{ text: 'Bye.', start: 3723.004, end: 3724 },
		]);
	});

	it('are read with Windows line endings and a byte order mark', () => {
		expect(cuesOf('\ufeff1\r\n00:00:00,000 --> 00:00:01,000\r\nHi\r\nthere.\r\n\r\n')).toEqual([
			{ text: 'Hi there.', start: 0, end: 1 },
		]);
	});

	it('are read from WebVTT', () => {
		expect(cuesOf('WEBVTT\n\n00:01.500 --> 00:02.000 align:start\nHi')).toEqual([{ text: 'Hi', start: 1.5, end: 2 }]);
	});

	it.each([
		['Speaker 1: Hi', 'Speaker 1', 'Hi'],
		['SPEAKER_00: Hi', 'SPEAKER_00', 'Hi'],
		['[Speaker A] Hi', 'Speaker A', 'Hi'],
		['[Speaker A]: Hi', 'Speaker A', 'Hi'],
	])('have the speaker in “%s”', (line, speaker, text) => {
		expect(cue(line)).toEqual([{ text, speaker, start: 1.5, end: 2.25 }]);
	});

	it.each(['Note: call back', '[music] Hi', 'Speakers: two of them', 'The speaker 1: Hi'])(
		'treat “%s” as speech',
		(text) => {
			expect(cue(text)).toEqual([{ text, start: 1.5, end: 2.25 }]);
		},
	);

	it.each(['', 'no subtitles', '1\n00:00:01 -> 00:00:02\nHi', '1\n00:00:01,000 --> 00:00:02,000\n\n'])(
		'aren’t found in %j',
		(subtitles) => {
			expect(cuesOf(subtitles)).toEqual([]);
		},
	);
});
