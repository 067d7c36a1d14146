import fc from 'fast-check';
import { FILE_FORMATS, type FileSettings, makeFile } from '../../../../nodes/Transcription/transcript/files';
import { anyTranscript, HOSTILE } from '../transcripts';
import {
	characters,
	everythingSaid,
	readCsv,
	readHtml,
	readMarkdown,
	readSrt,
	readVtt,
	shownByPlayers,
} from './readers';

/** Functions that extract the text of a file as a browser, spreadsheet, or parser does. */
const READERS: Record<string, (file: string) => string> = {
	csv: (file) =>
		readCsv(file.slice(1))
			.slice(1)
			.map((row) => row[5])
			.join(''),
	html: (file) => readHtml(file).join(''),
	md: (file) => readMarkdown(file),
	srt: (file) =>
		readSrt(file)
			.map(({ text }) => shownByPlayers(text))
			.join(''),
	txt: (file) => file,
	vtt: (file) =>
		readVtt(file)
			.map(({ text }) => text)
			.join(''),
};

describe.each(Object.entries(READERS))('any transcript as %s', (format, read) => {
	it('contains every word exactly once', () => {
		fc.assert(
			fc.property(anyTranscript, (transcript) => {
				expect(characters(read(makeFile(format, transcript, { includeSpeakers: false })))).toBe(
					everythingSaid(transcript),
				);
			}),
			{ numRuns: 60 },
		);
	});
});

describe.each([
	['srt', readSrt],
	['vtt', readVtt],
] as const)('any transcript as %s', (format, read) => {
	it('has increasing times according to an independent parser', () => {
		fc.assert(
			fc.property(anyTranscript, fc.boolean(), fc.boolean(), (transcript, wordTimestamps, includeSpeakers) => {
				let last = 0;
				for (const { startMs, endMs, times } of read(
					makeFile(format, transcript, { wordTimestamps, includeSpeakers }),
				)) {
					for (const ms of [startMs, ...times, endMs]) {
						expect(ms).toBeGreaterThanOrEqual(last);
						last = ms;
					}
				}
			}),
			{ numRuns: 60 },
		);
	});
});

const anySettings: fc.Arbitrary<FileSettings> = fc.record(
	{
		speakerNames: fc.dictionary(fc.constantFrom('A', 'B', '1'), fc.constantFrom(...HOSTILE, 'Ada')),
		offsetSeconds: fc.double({ min: -20, max: 20, noNaN: true }),
		wordTimestamps: fc.boolean(),
		includeSpeakers: fc.boolean(),
		includeTimestamps: fc.boolean(),
		title: fc.constantFrom(...HOSTILE, 'Call'),
		charactersPerLine: fc.integer({ min: 10, max: 80 }),
	},
	{ requiredKeys: [] },
);

/** All formats except DOCX, which is binary and has its own tests. */
const TEXT_FORMATS = FILE_FORMATS.map(({ format }) => format).filter((format) => format !== 'docx');

describe.each(TEXT_FORMATS)('%s', (format) => {
	it('is well-formed for any transcript and settings', () => {
		fc.assert(
			fc.property(anyTranscript, anySettings, (words, settings) => {
				// Charts need a recording, even if all words are at 0.
				const file = makeFile(format, { ...words, durationSeconds: 60 }, settings);
				expect(file.isWellFormed()).toBe(true);
				expect(file).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
				READERS[format]?.(file);
			}),
			{ numRuns: 60 },
		);
	});
});
