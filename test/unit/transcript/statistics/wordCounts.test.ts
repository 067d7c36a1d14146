import { readFileSync } from 'node:fs';
import { languageName } from '../../../../nodes/Transcription/transcript/files/documentParts';
import { countWords, fillerTest, tokenCounter } from '../../../../nodes/Transcription/transcript/statistics/wordCounts';

describe('Words', () => {
	it.each([
		['Hello', 'en', 1],
		['don’t', 'en', 1],
		['twenty-five', 'en', 1],
		['3.5', 'en', 1],
		['–', 'en', 0],
		['?!', 'en', 0],
		['안녕하세요', 'ko', 1],
		['नमस्ते।', 'hi', 1],
		['今日は', 'ja', 2],
		['东京是首都。', 'zh', 3],
		['สวัสดีครับ', 'th', 2],
		['iPhoneを', 'ja', 2],
		['、', 'ja', 0],
	])('“%s” (%s) are %i', (text, locale, expected) => expect(countWords(text, locale)).toBe(expected));
});

describe('Fillers', () => {
	it.each([
		['en', 'um'],
		['en-US', 'Uhhh,'],
		['en', '“Hmm…”'],
		['de', 'Ähm,'],
		['fr', 'euh'],
		['es', 'ehm'],
		['ja', 'えーと、'],
		['ja', 'えー'],
		['zh', '嗯，'],
		['ru', 'э-э'],
		['nb', 'øh'],
		['nn-NO', 'øhm'],
		['no', 'eh'],
	])('in %s include “%s”', (locale, text) => expect(fillerTest(locale)?.(text)).toBe(true));

	it.each([
		['en', 'human'],
		['en', 'her'],
		['en', 'ER'],
		['en', 'like'],
		['de', 'er'],
		['da', 'ø'],
		['fr', 'eu'],
		['nl', 'EU'],
		['ja', 'ええ'],
		['en', 'u'.repeat(100)],
	])('in %s don’t include “%s”', (locale, text) => expect(fillerTest(locale)?.(text)).toBe(false));

	it('are those in the documentation', () => {
		const [, table = ''] =
			/^\| Language \| Fillers.*\n\|.*\n((?:\|.*\n)+)/m.exec(readFileSync('docs/statistics.md', 'utf8')) ?? [];
		const rows = [...table.matchAll(/^\| (.+?) \| (.+?) \|$/gm)];
		expect(rows).toHaveLength(18);
		const codes = 'cs da de en es fi fr it ja ko nb nl pl pt ru sv uk zh'.split(' ');
		for (const [, language = '', fillers = ''] of rows) {
			const isFiller = fillerTest(codes.find((code) => languageName(code).replace(' Bokmål', '') === language));
			expect(fillers.split(', ').filter((text) => !isFiller?.(text))).toEqual([]);
		}
	});

	it('can be in uppercase if everything is', () => {
		expect(tokenCounter({ timed: true, locale: 'en', letterCase: 'upper' })('UM,').fillerWords).toBe(1);
		expect(tokenCounter({ timed: true, locale: 'en' })('UM,').fillerWords).toBe(0);
	});

	it('aren’t recognized if there is no list for the language', () => {
		expect(fillerTest('sw')).toBeUndefined();
		expect(fillerTest(undefined)).toBeUndefined();
	});
});
