import fc from 'fast-check';
import { cleanText, graphemesOf, localeOf, widthOf, wordsWithin } from '../../../../nodes/Transcription/transcript/segments/text';
import { HOSTILE } from '../transcripts';

describe('text is cleaned', () => {
	it.each([
		['of line ends', 'a\r\n\r\nb\u2028c\u0085d', 'a b c d'],
		['of control characters', 'a\u0000\u0007b\u009fc', 'abc'],
		['of marks that turn the direction of what follows', '\u202eabc\u2066', 'abc'],
		['of a byte order mark', '\ufeffa', 'a'],
		['of blanks around it and doubled within', '  a \t b ', 'a b'],
		['of halves of characters', 'a\ud83d', 'a\ufffd'],
		['of what was between a blank and a blank', 'a \u0007 b', 'a b'],
		['of a non-breaking blank beside a blank, which would become a subtitle without words', 'the \u00a0 end \u202f', 'the end'],
	])('%s', (_what, text, clean) => expect(cleanText(text)).toBe(clean));

	it.each(['Bonjour\u00a0!', 'e\u0301', '👨‍👩‍👧', '\u200fשלום', 'ab\u200bc'])('and “%s” stays as it is', (text) => expect(cleanText(text)).toBe(text));

	it('once and for all', () => {
		fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE)), (text) => cleanText(cleanText(text)) === cleanText(text)));
	});
});

describe('width', () => {
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
	])('of “%s” is %d', (text, width) => expect(widthOf(text)).toBe(width));
});

describe('cutting text', () => {
	it('keeps what readers take for one character in one piece', () => {
		expect(graphemesOf('e\u0301👨‍👩‍👧🇩🇪한')).toEqual(['e\u0301', '👨‍👩‍👧', '🇩🇪', '한']);
	});

	it('finds words where no blanks are written', () => {
		expect(wordsWithin('สวัสดีครับ', 'th')).toEqual(['สวัสดี', 'ครับ']);
		expect(wordsWithin('今日は良い天気', 'ja')).toEqual(['今日', 'は', '良い', '天気']);
	});

	it.each([
		['of marks', 'e\u0301'.repeat(500)],
		['of flags', '🇩🇪'.repeat(200)],
		['of families', '👨‍👩‍👧'.repeat(100)],
		['of syllables in parts', '\u1112\u1161\u11ab'.repeat(200)],
		['of rare Chinese characters', '𠮷'.repeat(400)],
	])('loses and splits nothing in long texts %s', (_what, text) => {
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

describe('the language', () => {
	it.each([
		['en', 'en'],
		['en_us', 'en-US'],
		['zh-hant-tw', 'zh-Hant-TW'],
		['English', 'english'],
		['de, en', undefined],
		['"><script>', undefined],
		['', undefined],
		[undefined, undefined],
	])('%s becomes %s', (language, locale) => expect(localeOf(language)).toBe(locale));
});
