import fc from 'fast-check';
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

	const ONE_AND_TWO = [
		{ text: 'One', start: 1, end: 2 },
		{ text: 'Two', start: 3, end: 4 },
	];
	const [FIRST, SECOND] = ['00:00:01,000 --> 00:00:02,000', '00:00:03,000 --> 00:00:04,000'];

	it.each([
		['no blank line between cues', `1\n${FIRST}\nOne\n2\n${SECOND}\nTwo`],
		['no blank line and no numbers', `${FIRST}\nOne\n${SECOND}\nTwo\n`],
		['several blank lines', `\n\n1\n${FIRST}\n\nOne\n\n \n\n2\n${SECOND}\n\nTwo\n\n`],
		['a blank line after the number', `1\n\n${FIRST}\nOne\n\n2\n\n${SECOND}\nTwo`],
		['numbers from 0', `0\n${FIRST}\nOne\n1\n${SECOND}\nTwo`],
		['numbers that start again', `7\n${FIRST}\nOne\n\n1\n${SECOND}\nTwo`],
	])('are separated with %s', (_, subtitles) => {
		expect(cuesOf(subtitles)).toEqual(ONE_AND_TWO);
	});

	it.each([
		['a blank line inside', `1\n${FIRST}\nOne\n\nmore\n\n2\n${SECOND}\nTwo`, 'One more'],
		['a number as the last word', `1\n${FIRST}\nOne\n42\n\n2\n${SECOND}\nTwo`, 'One 42'],
		['a number after a blank line', `1\n${FIRST}\nOne\n\n42\n\n2\n${SECOND}\nTwo`, 'One 42'],
		['a number before the next number', `1\n${FIRST}\nOne\n42\n2\n${SECOND}\nTwo`, 'One 42'],
		['a number in a file without numbers', `${FIRST}\nOne\n2\n${SECOND}\nTwo`, 'One 2'],
		['a number where the next cue has none', `1\n${FIRST}\nOne\n42\n${SECOND}\nTwo`, 'One 42'],
		['NOTE', `1\n${FIRST}\nOne\n\nNOTE this\n\n2\n${SECOND}\nTwo`, 'One NOTE this'],
	])('keep text with %s', (_, subtitles, text) => {
		expect(cuesOf(subtitles)).toEqual([{ ...ONE_AND_TWO[0], text }, ONE_AND_TWO[1]]);
	});

	it('keep a number that is the whole text', () => {
		const [first, second] = cuesOf(`1\n${FIRST}\n42\n${SECOND}\nTwo`);
		expect([first?.text, second?.text]).toEqual(['42', 'Two']);
	});

	it('omit the identifiers, notes, and styles of WebVTT', () => {
		const [first, second] = [FIRST.replaceAll(',', '.'), SECOND.replaceAll(',', '.')];
		const header = 'WEBVTT - Call\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE\nhidden\n\n';
		expect(cuesOf(`${header}intro\n${first}\nOne\n\nNOTE also hidden\n\nmain part\n${second}\nTwo`)).toEqual(
			ONE_AND_TWO,
		);
		expect(cuesOf(`${header}${first}\nOne\n\nmore\n${second}\nTwo`)).toEqual([
			{ ...ONE_AND_TWO[0], text: 'One more' },
			ONE_AND_TWO[1],
		]);
	});

	it('contain every word once, however the cues are separated', () => {
		const line = fc.constantFrom('Hello there.', '', 'NOTE', '1977', 'a --> b', ' ', 'Speakers: two');
		const cues = fc.array(fc.array(line, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 9 });
		fc.assert(
			fc.property(cues, fc.constantFrom('', '\n', '\n\n \n'), fc.boolean(), (texts, gap, isNumbered) => {
				const blocks = texts.map((lines, index) => {
					const number = isNumbered ? `${index + 1}\n` : '';
					return `${number}00:00:0${index},000 --> 00:00:0${index},900\n${lines.join('\n')}\n`;
				});
				const words = (spoken: readonly string[]) => spoken.join(' ').split(/\s+/).filter(Boolean);
				expect(words(cuesOf(blocks.join(gap)).map(({ text }) => text))).toEqual(words(texts.flat()));
			}),
		);
	});

	it('keep markup-like text and arrows', () => {
		expect(cuesOf(`1\n${FIRST}\nOne --> two\n`)).toEqual([{ ...ONE_AND_TWO[0], text: 'One --> two' }]);
	});

	it.each(['', 'no subtitles', '1\n00:00:01 -> 00:00:02\nHi', '1\n00:00:01,000 --> 00:00:02,000\n\n'])(
		'aren’t found in %j',
		(subtitles) => {
			expect(cuesOf(subtitles)).toEqual([]);
		},
	);
});
