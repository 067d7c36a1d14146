import fc from 'fast-check';
import type { Transcript, Utterance, Word } from '../../../nodes/Transcription/transcript/model';

export { sampleTranscript } from '../../../tools/lib/sampleTranscript';

/** Transcripts for tests: by hand, of the recordings in `samples/`, and made up by fast-check. */

export const aTranscript = (more: Partial<Transcript> = {}): Transcript => ({
	status: 'completed',
	provider: 'p',
	id: 'job-1',
	eventId: 'p:job-1:completed',
	...more,
});

/** Words at a steady pace, each `step` seconds after the one before and 50 ms shorter than that. */
export function wordsOf(text: string, { from = 0, step = 0.4, ...who }: { from?: number; step?: number; speaker?: string; channel?: string } = {}): Word[] {
	return text.split(' ').map((word, index) => ({
		text: word,
		start: round(from + index * step),
		end: round(from + index * step + step - 0.05),
		kind: 'word',
		...who,
	}));
}

const round = (seconds: number) => Math.round(seconds * 1000) / 1000;

export const said = (text: string, more: Parameters<typeof wordsOf>[1] = {}) => aTranscript({ words: wordsOf(text, more) });

/** Everything that has ever broken a file: markup, formulas, arrows, tags, controls, halves of characters, scripts. */
export const HOSTILE = [
	'-->', '--->', '<b>', '</v>', '<script>alert(1)</script>', '&amp;', '&', '<', '>', '"', "'", '`', '```', '*', '_x_', '[a](javascript:1)', '![](x)',
	'# ', '- ', '1.', '=1+1', '+1', '-1', '@SUM(A1)', '＝1', '\t=1', '\r', '\n\n', 'a\n\nb', '\u2028', '\u0085', '\u0000', '\u0007', '\ud83d', '\udc00x',
	'\u202eabc', '\u2066x', '\ufeff', '{\\an8}', '|', '~~', '\\', '00:00:01,000 --> 00:00:02,000', '1\n00:00:01,000', 'WEBVTT', 'STYLE',
	'今日は。', '元気ですか？', '東京', '𠮷野家', 'สวัสดีครับผมชื่อสมชาย', 'שלום', 'مرحبا،', 'नमस्ते।', '안녕하세요', 'e\u0301te\u0301', '👨‍👩‍👧‍👦', '👍🏽', '🇩🇪',
	'x'.repeat(120), '漢'.repeat(90), 'ﷺ', 'Dr.', '(', ')', '«', '»', ',', '。', '...', '…', '\u00a0', '\u200b', 'don’t',
];

const word = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom('the', 'offer', 'Northwind,', 'Friday.', 'Sure!', 'and', 'why?', 'a', 'transcription') },
	{ weight: 2, arbitrary: fc.constantFrom(...HOSTILE) },
	{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
	{ weight: 1, arbitrary: fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 5 }).map((units) => String.fromCharCode(...units)) },
);

const timedWord = fc.record({
	text: word,
	pause: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(0, 0.05, 0.2) }, { weight: 1, arbitrary: fc.double({ min: 0, max: 9, noNaN: true }) }),
	length: fc.oneof({ weight: 5, arbitrary: fc.double({ min: 0.05, max: 0.7, noNaN: true }) }, { weight: 1, arbitrary: fc.constantFrom(0, 0.001, 12) }),
	speaker: fc.integer({ min: 0, max: 30 }),
});

/** Words in order, of up to three speakers who take turns; sometimes nobody is told apart. */
export const anyWords: fc.Arbitrary<Word[]> = fc
	.tuple(fc.array(timedWord, { maxLength: 80 }), fc.boolean(), fc.constantFrom(undefined, '1'))
	.map(([list, isDiarized, channel]) => {
		let now = 0;
		let speaker = 0;
		return list.map(({ text, pause, length, speaker: turn }): Word => {
			const start = now + pause;
			now = start + length;
			if (turn < 3) speaker = turn;
			return { text, start, end: now, kind: 'word', ...(isDiarized && { speaker: 'ABC'[speaker] }), ...(channel && { channel }) };
		});
	});

/** Two channels, on each of which words follow one another; people speak at the same time. */
export const anyTwoChannels: fc.Arbitrary<Word[]> = fc.tuple(anyWords, anyWords).map(([left, right]) => [
	...left.map((word) => ({ ...word, channel: '1', speaker: 'A' })),
	...right.map((word) => ({ ...word, channel: '2', speaker: 'B' })),
]);

export const anyLanguage = fc.constantFrom(undefined, 'en', 'en_us', 'de', 'ja', 'th', 'he', 'not a language');

/** Utterances of a few words each, as services give them that know no more; joined by blanks. */
function inUtterances(words: readonly Word[]): Utterance[] {
	const parts: Word[][] = [];
	for (const [index, word] of words.entries()) {
		const last = parts.at(-1);
		const isNext = last === undefined || index % 7 === 0 || last[0]?.speaker !== word.speaker || last[0]?.channel !== word.channel;
		if (isNext) parts.push([word]);
		else last.push(word);
	}
	return parts.map((part) => ({
		text: part.map(({ text }) => text).join(' '),
		start: part[0]?.start ?? 0,
		end: part.at(-1)?.end ?? 0,
		speaker: part[0]?.speaker,
		channel: part[0]?.channel,
	}));
}

/** With words, with utterances only, or with both. */
export const anyTranscript: fc.Arbitrary<Transcript> = fc
	.tuple(fc.oneof({ weight: 3, arbitrary: anyWords }, { weight: 1, arbitrary: anyTwoChannels }), anyLanguage, fc.constantFrom('words', 'utterances', 'both'))
	.map(([words, language, has]) =>
		aTranscript({
			...(has !== 'utterances' && { words }),
			...(has !== 'words' && { utterances: inUtterances(words) }),
			...(language !== undefined && { language }),
		}),
	);
