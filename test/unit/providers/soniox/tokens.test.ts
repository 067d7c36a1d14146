import fc from 'fast-check';
import {
	dominantLanguage,
	textOfOriginals,
	type Token,
	toUtterances,
	toWords,
	translationsOf,
} from '../../../../nodes/Transcription/providers/soniox/transcript/tokens';

/** Tokens of 100 ms each, one after the other; a piece may say more about itself. */
function tokens(...given: Array<string | Partial<Token>>): Token[] {
	return given.map((piece, index) => {
		const more = typeof piece === 'string' ? { text: piece } : piece;
		return {
			text: '',
			start_ms: index * 100,
			end_ms: index * 100 + 80,
			confidence: 0.9,
			speaker: undefined,
			language: undefined,
			is_audio_event: undefined,
			translation_status: undefined,
			...more,
		};
	});
}
const wordsOf = (...given: Array<string | Partial<Token>>) => toWords(tokens(...given)).map(({ word }) => word);
const textsOf = (...given: Array<string | Partial<Token>>) => wordsOf(...given).map(({ text }) => text);
const by = (speaker: string, ...texts: string[]) => texts.map((text) => ({ text, speaker }));
const translated = (language: string, ...texts: string[]) =>
	texts.map((text) => ({ text, language, translation_status: 'translation', start_ms: undefined, end_ms: undefined }));
const original = (language: string, ...texts: string[]) => texts.map((text) => ({ text, language, translation_status: 'original' }));

describe('tokens become words:', () => {
	it.each([
		['pieces of one word', ['Beau', 'ti', 'ful'], ['Beautiful']],
		['a leading space begins a word', ['How', ' are', ' you'], ['How', 'are', 'you']],
		['a space at the end ends one', ['How ', 'are'], ['How', 'are']],
		['a space of its own parts two', ['How', ' ', 'are'], ['How', 'are']],
		['punctuation joins the word before', ['Hi', ',', ' there', '.'], ['Hi,', 'there.']],
		['several marks do so together', ['What', '?', '!', '”', ' Yes'], ['What?!”', 'Yes']],
		['an apostrophe stays within', ['don', '’', 't', ' you'], ['don’t', 'you']],
		['a hyphen stays within', ['well', '-', 'known'], ['well-known']],
		['a number with its point', ['3', '.', '14'], ['3.14']],
		['what opens joins what follows', [' (', 'so', ')', ' ¿', 'qué'], ['(so)', '¿qué']],
		['a bracket within a word', ['word', '(', 's', ')'], ['word(s)']],
		['a combining accent', ['caf', 'e', '\u0301'], ['cafe\u0301']],
		['Korean has spaces', ['안녕', '하세요', ' 여러분'], ['안녕하세요', '여러분']],
		['an empty piece', ['Hi', '', ' there'], ['Hi', 'there']],
		['nothing at all', [], []],
	])('%s', (_what, given, words) => {
		expect(textsOf(...given)).toEqual(words);
	});

	it.each([
		['Chinese', ['你好', '世界', '。', '再见'], ['你好', '世界。', '再见']],
		['Chinese quotation marks', ['他', '说', '「', '你好', '」', '。'], ['他', '说', '「你好」。']],
		['Japanese', ['今日', 'は', 'いい', '天気', 'です', '。'], ['今日', 'は', 'いい', '天気', 'です。']],
		['Japanese with a long vowel apart', ['スパ', 'ー', 'は'], ['スパー', 'は']],
		['Thai', ['สวัสดี', 'ครับ'], ['สวัสดี', 'ครับ']],
		['Thai with a vowel sign apart', ['ส', 'ี', 'แดง'], ['สี', 'แดง']],
		['Latin within Chinese', ['我', '用', 'i', 'Phone', '打', '。', 'OK'], ['我', '用', 'iPhone', '打。', 'OK']],
		['numbers within Chinese', ['第', '2', '0', '章'], ['第', '20', '章']],
	])('%s has no spaces: each token is a word', (_what, given, words) => {
		expect(textsOf(...given)).toEqual(words);
	});

	it('of one speaker each', () => {
		expect(textsOf(...by('1', 'Hel'), ...by('2', 'lo'))).toEqual(['Hel', 'lo']);
	});

	it('of one language each', () => {
		expect(textsOf(...original('en', 'Hel'), ...original('de', 'lo'))).toEqual(['Hel', 'lo']);
	});

	it('and punctuation without a language is no other language', () => {
		expect(textsOf(...original('en', 'Hello'), '.', ...original('en', ' Bye'))).toEqual(['Hello.', 'Bye']);
	});

	it('from the first start to the last end, in seconds', () => {
		expect(wordsOf(' Beau', 'ti', 'ful', '.')).toEqual([
			{ text: 'Beautiful.', start: 0, end: 0.38, confidence: 0.9, kind: 'word' },
		]);
	});

	it('with the confidence of the most doubtful piece', () => {
		const [word] = wordsOf({ text: 'Beau', confidence: 0.82 }, { text: 'ti', confidence: 0.6 }, { text: 'ful', confidence: 0.98 });
		expect(word?.confidence).toBe(0.6);
	});

	it('whose confidence does not suffer from punctuation', () => {
		const [word] = wordsOf({ text: 'Yes', confidence: 0.9 }, { text: '.', confidence: 0.2 });
		expect(word?.confidence).toBe(0.9);
	});

	it('without a confidence where none is given', () => {
		expect(wordsOf({ text: 'Yes', confidence: undefined })[0]).not.toHaveProperty('confidence');
	});

	it('and noises, apart from the words around them', () => {
		const given = ['Hi', { text: '[laughter]', is_audio_event: true }, 'there'];
		expect(wordsOf(...given).map(({ text, kind }) => [text, kind])).toEqual([
			['Hi', 'word'],
			['[laughter]', 'audioEvent'],
			['there', 'word'],
		]);
	});

	it('leaving out translations', () => {
		expect(textsOf(...original('en', 'Good', ' day'), ...translated('de', 'Guten', ' Tag'), ...original('en', ' all'))).toEqual(['Good', 'day', 'all']);
	});

	it('which do not run into one another where a translation stood between them', () => {
		expect(textsOf(...original('en', 'Hello'), ...translated('de', 'Hallo'), ...original('en', 'friend'))).toEqual(['Hello', 'friend']);
	});

	it('and punctuation behind a translation still joins the word before', () => {
		expect(textsOf(...original('en', 'Hello'), ...translated('de', 'Hallo'), ...original('en', '.'))).toEqual(['Hello.']);
	});

	it('leaving out what has no times at all, which cannot be placed', () => {
		expect(textsOf('Hi', { text: ' you', start_ms: undefined, end_ms: undefined }, ' there')).toEqual(['Hi', 'there']);
	});

	it('losing no letter, whatever the pieces', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(' ', '你', 'は', ' a', '.', '「', '(', 'b'))), (texts) => {
				expect(textsOf(...texts).join('').replace(/\s/g, '')).toBe(texts.join('').replace(/\s/g, ''));
			}),
		);
	});

	it('the same ones however the words were cut into pieces', () => {
		const word = fc.stringMatching(/^[a-zäß]{1,12}[,.?]?$/);
		fc.assert(
			fc.property(fc.array(word, { minLength: 1 }), fc.infiniteStream(fc.integer({ min: 1, max: 5 })), (words, lengths) => {
				const cut = words.flatMap((text) => {
					const parts: string[] = [];
					for (let rest = ` ${text}`; rest !== ''; ) {
						const length = lengths.next().value + 1;
						parts.push(rest.slice(0, length));
						rest = rest.slice(length);
					}
					return parts;
				});
				expect(textsOf(...cut)).toEqual(words);
			}),
		);
	});
});

describe('words become utterances:', () => {
	const utterances = (...given: Array<string | Partial<Token>>) => toUtterances(toWords(tokens(...given)));

	it('a new one where the speaker changes', () => {
		expect(utterances(...by('1', 'Hel', 'lo', '.'), ...by('2', ' Hi', ' Ada', '.'), ...by('1', ' So'))).toEqual([
			{ text: 'Hello.', start: 0, end: 0.28, speaker: '1' },
			{ text: 'Hi Ada.', start: 0.3, end: 0.58, speaker: '2' },
			{ text: 'So', start: 0.6, end: 0.68, speaker: '1' },
		]);
	});

	it('none where nobody was told apart', () => {
		expect(utterances('Hello', ' there')).toBeUndefined();
	});

	it('without spaces where the language has none', () => {
		expect(utterances(...by('1', '今日', 'は', '。', 'はい'))?.[0]?.text).toBe('今日は。はい');
	});

	it('with the spaces that Soniox gave, also around other scripts and in front of punctuation', () => {
		expect(utterances(...by('1', '我', '用', 'iPhone', '吧', '！', '好'))?.[0]?.text).toBe('我用iPhone吧！好');
		expect(utterances(...by('1', 'Ça', ' va', ' ?', ' Oui'))?.[0]?.text).toBe('Ça va ? Oui');
	});

	it('a noise that nobody made does not end one', () => {
		const given = [...by('1', 'Well'), { text: '[door]', is_audio_event: true }, ...by('1', ' yes')];
		expect(utterances(...given)?.map(({ text }) => text)).toEqual(['Well [door] yes']);
	});

	it('with a space where a translation stood between two words', () => {
		const given = [...original('en', 'Hello'), ...translated('de', 'Hallo'), ...original('en', 'friend')].map((token) => ({ ...token, speaker: '1' }));
		expect(utterances(...given)?.map(({ text }) => text)).toEqual(['Hello friend']);
	});
});

describe('the text of what was said', () => {
	it('is all original pieces together', () => {
		const given = tokens(...original('en', 'Hello', ' all', ','), ...translated('fr', 'Bonjour', ','), ...original('en', ' bye', '.'));
		expect(textOfOriginals(given)).toBe('Hello all, bye.');
	});

	it('has a space where only the translation had one', () => {
		const given = tokens(...original('en', 'Hello,'), ...translated('fr', ' Bonjour,'), ...original('en', 'bye'));
		expect(textOfOriginals(given)).toBe('Hello, bye');
	});

	it('has none where the language has none', () => {
		const given = tokens(...original('ja', '今日', '。'), ...translated('en', 'Today.'), ...original('ja', 'はい'));
		expect(textOfOriginals(given)).toBe('今日。はい');
	});
});

describe('translations', () => {
	it('stand by their language', () => {
		const given = tokens(...original('en', 'Good', ' day', '.'), ...translated('de', 'Guten', ' Tag', '.'));
		expect(translationsOf(given)).toEqual({ de: 'Guten Tag.' });
	});

	it('go into both languages of a conversation', () => {
		const given = tokens(
			...original('en', 'Hello.'), ...translated('es', 'Hola.'),
			...original('es', ' Adiós.'), ...translated('en', ' Goodbye.'),
			...original('en', ' Yes.'), ...translated('es', 'Sí.'),
		);
		expect(translationsOf(given)).toEqual({ es: 'Hola. Sí.', en: 'Goodbye.' });
	});

	it('are absent where nothing was translated', () => {
		expect(translationsOf(tokens('Hello', { text: ' you', translation_status: 'none' }))).toBeUndefined();
	});

	it('do not count for the language of the recording', () => {
		expect(dominantLanguage(tokens(...original('en', 'Yes'), ...translated('de', 'Ja', ',', ' ja')))).toBe('en');
	});
});

describe('the language of a recording', () => {
	it('is that of most tokens', () => {
		expect(dominantLanguage(tokens(...original('en', 'Hi'), ...original('de', 'Gu', 'ten', ' Tag'), ...original('en', ' you')))).toBe('de');
	});

	it('is the first of two that are equal', () => {
		expect(dominantLanguage(tokens(...original('es', 'Sí'), ...original('en', ' yes')))).toBe('es');
	});

	it('is absent where it was not asked for', () => {
		expect(dominantLanguage(tokens('Hi'))).toBeUndefined();
	});
});
