import { joinWords } from '../../../nodes/Transcription/transcript/join';
import type { Word } from '../../../nodes/Transcription/transcript/model';

const word = (text: string, kind: Word['kind'] = 'word'): Word => ({ text, start: 0, end: 1, kind });
const joined = (...texts: string[]) => joinWords(texts.map((text) => word(text)));

describe('joinWords', () => {
	it('puts a space between two words', () => expect(joined('Hello', 'world')).toBe('Hello world'));
	it('puts no space before closing punctuation', () => expect(joined('Well', ',', 'done', '!')).toBe('Well, done!'));
	it('puts no space before closing punctuation of other scripts', () => {
		expect(joined('مرحبا', '،', 'كيف', 'حالك', '؟')).toBe('مرحبا، كيف حالك؟');
		expect(joined('नमस्ते', '।')).toBe('नमस्ते।');
	});
	it('ignores blanks in and between words', () => expect(joined(' Pay', '', ' ', ' now')).toBe('Pay now'));
	it('puts a space before an opening bracket', () => expect(joined('Ada', '(yes)')).toBe('Ada (yes)'));
	it('puts a space before a decimal number without a leading zero', () =>
		expect(joined('version', '.5')).toBe('version .5'));
	it('puts no spaces in Japanese', () => expect(joined('今日', 'は', '。')).toBe('今日は。'));
	it('puts no spaces in Thai', () => expect(joined('สวัสดี', 'ครับ')).toBe('สวัสดีครับ'));
	it('puts spaces in Korean', () => expect(joined('안녕하세요', '여러분')).toBe('안녕하세요 여러분'));
	it('puts a space between Chinese and Latin', () => expect(joined('我用', 'n8n')).toBe('我用 n8n'));
	it('puts no space between Chinese characters outside the basic plane', () => expect(joined('𠮷', '野')).toBe('𠮷野'));
	it('uses the provider’s spacing', () => {
		expect(joinWords([word('a'), word('  ', 'spacing'), word('b'), word(' ', 'spacing')])).toBe('a  b');
	});
	it('returns an empty string for no words', () => expect(joined()).toBe(''));
});
