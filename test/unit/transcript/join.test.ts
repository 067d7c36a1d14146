import { joinWords } from '../../../nodes/Transcription/transcript/join';
import type { Word } from '../../../nodes/Transcription/transcript/model';

const word = (text: string, kind: Word['kind'] = 'word'): Word => ({ text, start: 0, end: 1, kind });
const joined = (...texts: string[]) => joinWords(texts.map((text) => word(text)));

describe('words become text', () => {
	it('with a blank between two words', () => expect(joined('Hello', 'world')).toBe('Hello world'));
	it('without one before closing punctuation', () => expect(joined('Well', ',', 'done', '!')).toBe('Well, done!'));
	it('with one before an opening bracket', () => expect(joined('Ada', '(yes)')).toBe('Ada (yes)'));
	it('with one before a number with a point', () => expect(joined('version', '.5')).toBe('version .5'));
	it('without blanks in Japanese', () => expect(joined('今日', 'は', '。')).toBe('今日は。'));
	it('without blanks in Thai', () => expect(joined('สวัสดี', 'ครับ')).toBe('สวัสดีครับ'));
	it('with blanks in Korean', () => expect(joined('안녕하세요', '여러분')).toBe('안녕하세요 여러분'));
	it('with a blank between Chinese and Latin', () => expect(joined('我用', 'n8n')).toBe('我用 n8n'));
	it('of rare Chinese characters outside the basic plane', () => expect(joined('𠮷', '野')).toBe('𠮷野'));
	it('as the provider spaced them, where it says so', () => {
		expect(joinWords([word('a'), word('  ', 'spacing'), word('b'), word(' ', 'spacing')])).toBe('a  b');
	});
	it('of nothing', () => expect(joined()).toBe(''));
});
