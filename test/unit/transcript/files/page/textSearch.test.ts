import fc from 'fast-check';
import { fold, SearchableText } from '../../../../../nodes/Transcription/transcript/files/page/client/textSearch';

const find = (text: string, query: string) =>
	new SearchableText(text).find(fold(query)).map(({ from, to }) => text.slice(from, to));

describe('The search in the page', () => {
	it.each([
		['Hello, hello.', 'HELLO', ['Hello', 'hello']],
		['aaaa', 'aa', ['aa', 'aa']],
		['Café cafe\u0301 CAFÉ', 'cafe', ['Café', 'cafe\u0301', 'CAFÉ']],
		['Straße', 'SS', ['ß']],
		['İstanbul', 'istanbul', ['İstanbul']],
		['don’t “stop”', `don't "stop"`, ['don’t “stop”']],
		['한국어 하나', '하', ['하']],
		['がか', 'か', ['か']],
		['कि क', 'कि', ['कि']],
		['שָׁלוֹם', 'שלום', ['שָׁלוֹם']],
		['𠮷野家で', '野家', ['野家']],
		['👩🏽‍🚀 lands', 'lands', ['lands']],
		['10\u00a0km, 10\u202fkm', '10 km', ['10\u00a0km', '10\u202fkm']],
		['Quoi\u202f?', 'quoi ?', ['Quoi\u202f?']],
		['twenty\u2011five', 'twenty-five', ['twenty\u2011five']],
		['ΟΔΟΣ οδός', 'οδος', ['ΟΔΟΣ', 'οδός']],
		['ο Γιώργος', 'ΓΙΩΡΓΟΣ', ['Γιώργος']],
		['か\u3099く がく', 'がく', ['か\u3099く', 'がく']],
		['한국 하나'.normalize('NFD'), '한', ['한'.normalize('NFD')]],
		['한국 하나'.normalize('NFD'), '하', ['하'.normalize('NFD')]],
		['नि', 'न', ['न']],
		['nothing', 'x', []],
	])('finds in “%s” the text “%s”', (text, query, expected) => expect(find(text, query)).toEqual(expected));

	it('finds every part of a text, and returns parts that match', () => {
		const text = fc.string({ unit: 'grapheme', maxLength: 30 });
		fc.assert(
			fc.property(text, fc.nat(29), fc.nat(29), (whole, from, length) => {
				const characters = [...whole];
				const query = fold(characters.slice(from, from + length + 1).join(''));
				fc.pre(query !== '');
				for (const found of find(whole, query)) expect(fold(found)).toContain(query);
				// Folding depends on the neighbors if the text is decomposed.
				fc.pre(fold(whole).includes(query) && characters.map(fold).join('') === fold(whole));
				expect(find(whole, query)).not.toEqual([]);
			}),
		);
	});
});
