import fc from 'fast-check';
import {
	cleanText,
	graphemesOf,
	localeOf,
	widthOf,
	wordsWithin,
} from '../../../../nodes/Transcription/transcript/segments/text';
import { HOSTILE } from '../transcripts';

describe('cleanText', () => {
	it.each([
		['line breaks', 'a\r\n\r\nb\u2028c\u0085d', 'a b c d'],
		['control characters', 'a\u0000\u0007b\u009fc', 'abc'],
		['direction overrides', '\u202eabc\u2066', 'abc'],
		['a byte order mark', '\ufeffa', 'a'],
		['leading, trailing and repeated spaces', '  a \t b ', 'a b'],
		['lone surrogates', 'a\ud83d', 'a\ufffd'],
		['a control character between two spaces', 'a \u0007 b', 'a b'],
		[
			'a non-breaking space next to a space, which would become a subtitle without words',
			'the \u00a0 end \u202f',
			'the end',
		],
	])('cleans %s', (_what, text, clean) => expect(cleanText(text)).toBe(clean));

	it.each(['Bonjour\u00a0!', 'e\u0301', '👨‍👩‍👧', '\u200fשלום', 'ab\u200bc'])('keeps “%s”', (text) =>
		expect(cleanText(text)).toBe(text),
	);

	it('is idempotent', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE)),
				(text) => cleanText(cleanText(text)) === cleanText(text),
			),
		);
	});
});

describe('widthOf', () => {
	it.each([
		['hello', 5],
		['naïve', 5],
		['nai\u0308ve', 5],
		['привет', 6],
		['漢字', 4],
		['カナ', 4],
		['한국', 4],
		['สวัสดี', 4],
		['👍🏽', 2],
		['👨‍👩‍👧‍👦', 2],
	])('measures “%s” as %d', (text, width) => expect(widthOf(text)).toBe(width));
});

describe('splitting text', () => {
	it('keeps graphemes in one piece', () => {
		expect(graphemesOf('e\u0301👨‍👩‍👧🇩🇪한')).toEqual(['e\u0301', '👨‍👩‍👧', '🇩🇪', '한']);
	});

	it('finds words in scripts without spaces', () => {
		expect(wordsWithin('สวัสดีครับ', 'th')).toEqual(['สวัสดี', 'ครับ']);
		expect(wordsWithin('今日は良い天気', 'ja')).toEqual(['今日', 'は', '良い', '天気']);
	});

	it.each([
		['of combining marks', 'e\u0301'.repeat(500)],
		['of flags', '🇩🇪'.repeat(200)],
		['of joined emoji', '👨‍👩‍👧'.repeat(100)],
		['of decomposed syllables', '\u1112\u1161\u11ab'.repeat(200)],
		['of rare Chinese characters', '𠮷'.repeat(400)],
	])('loses and splits nothing in a long text %s', (_what, text) => {
		const whole = Array.from(new Intl.Segmenter('en').segment(text), ({ segment }) => segment);
		expect(graphemesOf(text)).toEqual(whole);
	});

	it('loses nothing of any text', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 1500 }), (text) => {
				expect(graphemesOf(text).join('')).toBe(text);
				expect(wordsWithin(text, 'ja').join('')).toBe(text);
			}),
			{ numRuns: 50 },
		);
	});
});

describe('localeOf', () => {
	it.each([
		['en', 'en'],
		['en_us', 'en-US'],
		['zh-hant-tw', 'zh-Hant-TW'],
		['English', 'english'],
		['de, en', undefined],
		['"><script>', undefined],
		['', undefined],
		[undefined, undefined],
	])('converts “%s” to %s', (language, locale) => expect(localeOf(language)).toBe(locale));
});
