import fc from 'fast-check';
import {
	dominantLanguage,
	textOfOriginals,
	type Token,
	toUtterances,
	toWords,
	translationsOf,
} from '../../../../nodes/Transcription/providers/soniox/transcript/tokens';

/** Consecutive tokens of 100 ms each. A piece may override any field. */
function tokens(...pieces: Array<string | Partial<Token>>): Token[] {
	return pieces.map((piece, index) => {
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
const wordsOf = (...pieces: Array<string | Partial<Token>>) => toWords(tokens(...pieces)).map(({ word }) => word);
const textsOf = (...pieces: Array<string | Partial<Token>>) => wordsOf(...pieces).map(({ text }) => text);
const by = (speaker: string, ...texts: string[]) => texts.map((text) => ({ text, speaker }));
const translated = (language: string, ...texts: string[]) =>
	texts.map((text) => ({ text, language, translation_status: 'translation', start_ms: undefined, end_ms: undefined }));
const original = (language: string, ...texts: string[]) =>
	texts.map((text) => ({ text, language, translation_status: 'original' }));

describe('toWords', () => {
	it.each([
		['pieces of one word', ['Beau', 'ti', 'ful'], ['Beautiful']],
		['a word after a leading space', ['How', ' are', ' you'], ['How', 'are', 'you']],
		['a word after a trailing space', ['How ', 'are'], ['How', 'are']],
		['words separated by a space token', ['How', ' ', 'are'], ['How', 'are']],
		['punctuation after a word', ['Hi', ',', ' there', '.'], ['Hi,', 'there.']],
		['several punctuation marks', ['What', '?', '!', '”', ' Yes'], ['What?!”', 'Yes']],
		['an apostrophe', ['don', '’', 't', ' you'], ['don’t', 'you']],
		['a hyphen', ['well', '-', 'known'], ['well-known']],
		['a decimal number', ['3', '.', '14'], ['3.14']],
		['opening marks', [' (', 'so', ')', ' ¿', 'qué'], ['(so)', '¿qué']],
		['a bracket within a word', ['word', '(', 's', ')'], ['word(s)']],
		['a combining accent', ['caf', 'e', '\u0301'], ['cafe\u0301']],
		['Korean, which has spaces', ['안녕', '하세요', ' 여러분'], ['안녕하세요', '여러분']],
		['an empty piece', ['Hi', '', ' there'], ['Hi', 'there']],
		['no pieces', [], []],
	])('joins %s', (_what, pieces, words) => {
		expect(textsOf(...pieces)).toEqual(words);
	});

	it.each([
		['Chinese', ['你好', '世界', '。', '再见'], ['你好', '世界。', '再见']],
		['Chinese quotation marks', ['他', '说', '「', '你好', '」', '。'], ['他', '说', '「你好」。']],
		['Japanese', ['今日', 'は', 'いい', '天気', 'です', '。'], ['今日', 'は', 'いい', '天気', 'です。']],
		['Japanese with a separate long vowel mark', ['スパ', 'ー', 'は'], ['スパー', 'は']],
		['Thai', ['สวัสดี', 'ครับ'], ['สวัสดี', 'ครับ']],
		['Thai with a separate vowel sign', ['ส', 'ี', 'แดง'], ['สี', 'แดง']],
		['Latin within Chinese', ['我', '用', 'i', 'Phone', '打', '。', 'OK'], ['我', '用', 'iPhone', '打。', 'OK']],
		['numbers within Chinese', ['第', '2', '0', '章'], ['第', '20', '章']],
	])('treats each token as a word in %s', (_what, pieces, words) => {
		expect(textsOf(...pieces)).toEqual(words);
	});

	it('begins a new word if the speaker changes at a space or after a sentence', () => {
		expect(textsOf(...by('1', 'Hello'), ...by('2', ' you'))).toEqual(['Hello', 'you']);
		expect(textsOf(...by('1', 'Hello', '.'), ...by('2', 'Hi'))).toEqual(['Hello.', 'Hi']);
	});

	it('keeps a word in which the speaker changes with its first speaker', () => {
		expect(wordsOf(...by('1', 'Fi'), ...by('2', 'ne'))).toMatchObject([{ text: 'Fine', speaker: '1' }]);
	});

	it('keeps a mark of another speaker with its word', () => {
		expect(wordsOf(...by('1', 'you'), ...by('2', '?'))).toMatchObject([{ text: 'you?', speaker: '1' }]);
	});

	it('assigns a mark after a space to the speaker of the previous word', () => {
		expect(wordsOf(...by('1', ' va'), ...by('2', ' ?', ' Oui'))).toMatchObject([
			{ text: 'va', speaker: '1' },
			{ text: '?', speaker: '1' },
			{ text: 'Oui', speaker: '2' },
		]);
	});

	it('assigns an opening mark to the speaker of its word', () => {
		expect(wordsOf(...by('1', ' ¿'), ...by('2', 'qué'))).toMatchObject([{ text: '¿qué', speaker: '2' }]);
	});

	it('keeps a word in which the language changes', () => {
		expect(textsOf(...original('en', 'App'), ...original('de', 'le'))).toEqual(['Apple']);
	});

	it('begins a new word if the speaker changes in a script without spaces', () => {
		expect(wordsOf(...by('1', 'はい'), ...by('2', 'ええ'))).toMatchObject([{ speaker: '1' }, { speaker: '2' }]);
	});

	it('joins punctuation without a language', () => {
		expect(textsOf(...original('en', 'Hello'), '.', ...original('en', ' Bye'))).toEqual(['Hello.', 'Bye']);
	});

	it('returns times from the first start to the last end in seconds', () => {
		expect(wordsOf(' Beau', 'ti', 'ful', '.')).toEqual([
			{ text: 'Beautiful.', start: 0, end: 0.38, confidence: 0.9, kind: 'word' },
		]);
	});

	it('uses the lowest confidence of all pieces', () => {
		const [word] = wordsOf(
			{ text: 'Beau', confidence: 0.82 },
			{ text: 'ti', confidence: 0.6 },
			{ text: 'ful', confidence: 0.98 },
		);
		expect(word?.confidence).toBe(0.6);
	});

	it('ignores the confidence of punctuation', () => {
		const [word] = wordsOf({ text: 'Yes', confidence: 0.9 }, { text: '.', confidence: 0.2 });
		expect(word?.confidence).toBe(0.9);
	});

	it('omits a missing confidence', () => {
		expect(wordsOf({ text: 'Yes', confidence: undefined })[0]).not.toHaveProperty('confidence');
	});

	it('separates audio events from words', () => {
		const pieces = ['Hi', { text: '[laughter]', is_audio_event: true }, 'there'];
		expect(wordsOf(...pieces).map(({ text, kind }) => [text, kind])).toEqual([
			['Hi', 'word'],
			['[laughter]', 'audioEvent'],
			['there', 'word'],
		]);
	});

	it('omits translations', () => {
		expect(
			textsOf(...original('en', 'Good', ' day'), ...translated('de', 'Guten', ' Tag'), ...original('en', ' all')),
		).toEqual(['Good', 'day', 'all']);
	});

	it('begins a new word after a translation', () => {
		expect(textsOf(...original('en', 'Hello'), ...translated('de', 'Hallo'), ...original('en', 'friend'))).toEqual([
			'Hello',
			'friend',
		]);
	});

	it('joins punctuation after a translation to the previous word', () => {
		expect(textsOf(...original('en', 'Hello'), ...translated('de', 'Hallo'), ...original('en', '.'))).toEqual([
			'Hello.',
		]);
	});

	it('places words without times between their neighbors', () => {
		expect(wordsOf('Hi', { text: ' you', start_ms: undefined, end_ms: undefined }, ' there')).toMatchObject([
			{ text: 'Hi', end: 0.08 },
			{ text: 'you', start: 0.08, end: 0.2 },
			{ text: 'there', start: 0.2 },
		]);
	});

	it('loses no letter of arbitrary pieces', () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(' ', '你', 'は', ' a', '.', '「', '(', 'b')),
				),
				(texts) => {
					expect(
						textsOf(...texts)
							.join('')
							.replace(/\s/g, ''),
					).toBe(texts.join('').replace(/\s/g, ''));
				},
			),
		);
	});

	it('returns the same words regardless of how they are split', () => {
		const word = fc.stringMatching(/^[a-zäß]{1,12}[,.?]?$/);
		fc.assert(
			fc.property(
				fc.array(word, { minLength: 1 }),
				fc.infiniteStream(fc.integer({ min: 1, max: 5 })),
				(words, lengths) => {
					const cut = words.flatMap((text) => {
						const parts: string[] = [];
						for (let rest = ` ${text}`; rest !== '';) {
							const length = lengths.next().value + 1;
							parts.push(rest.slice(0, length));
							rest = rest.slice(length);
						}
						return parts;
					});
					expect(textsOf(...cut)).toEqual(words);
				},
			),
		);
	});
});

describe('toUtterances', () => {
	const utterances = (...pieces: Array<string | Partial<Token>>) => toUtterances(toWords(tokens(...pieces)));

	it('begins a new utterance if the speaker changes', () => {
		expect(utterances(...by('1', 'Hel', 'lo', '.'), ...by('2', ' Hi', ' Ada', '.'), ...by('1', ' So'))).toEqual([
			{ text: 'Hello.', start: 0, end: 0.28, speaker: '1' },
			{ text: 'Hi Ada.', start: 0.3, end: 0.58, speaker: '2' },
			{ text: 'So', start: 0.6, end: 0.68, speaker: '1' },
		]);
	});

	it('keeps a mark of another speaker in the utterance of its word', () => {
		expect(
			utterances(...by('1', 'How', ' are', ' you'), ...by('2', '?', ' Fi'), ...by('1', 'ne'))?.map(({ text }) => text),
		).toEqual(['How are you?', 'Fine']);
	});

	it('adds no space after a long vowel', () => {
		expect(utterances(...by('1', 'サーバ', 'ー', 'iPhone'))?.[0]?.text).toBe('サーバーiPhone');
	});

	it('returns undefined without diarization', () => {
		expect(utterances('Hello', ' there')).toBeUndefined();
	});

	it('adds no spaces if the language has none', () => {
		expect(utterances(...by('1', '今日', 'は', '。', 'はい'))?.[0]?.text).toBe('今日は。はい');
	});

	it('keeps the service’s spaces around other scripts and before punctuation', () => {
		expect(utterances(...by('1', '我', '用', 'iPhone', '吧', '！', '好'))?.[0]?.text).toBe('我用iPhone吧！好');
		expect(utterances(...by('1', 'Ça', ' va', ' ?', ' Oui'))?.[0]?.text).toBe('Ça va ? Oui');
	});

	it('doesn’t end an utterance at an audio event without a speaker', () => {
		const pieces = [...by('1', 'Well'), { text: '[door]', is_audio_event: true }, ...by('1', ' yes')];
		expect(utterances(...pieces)?.map(({ text }) => text)).toEqual(['Well [door] yes']);
	});

	it('adds a space between words separated by a translation', () => {
		const pieces = [...original('en', 'Hello'), ...translated('de', 'Hallo'), ...original('en', 'friend')].map(
			(token) => ({ ...token, speaker: '1' }),
		);
		expect(utterances(...pieces)?.map(({ text }) => text)).toEqual(['Hello friend']);
	});
});

describe('textOfOriginals', () => {
	it('joins all original pieces', () => {
		const pieces = tokens(
			...original('en', 'Hello', ' all', ','),
			...translated('fr', 'Bonjour', ','),
			...original('en', ' bye', '.'),
		);
		expect(textOfOriginals(pieces)).toBe('Hello all, bye.');
	});

	it('adds a space if only the translation has one', () => {
		const pieces = tokens(...original('en', 'Hello,'), ...translated('fr', ' Bonjour,'), ...original('en', 'bye'));
		expect(textOfOriginals(pieces)).toBe('Hello, bye');
	});

	it('adds no space if the language has none', () => {
		const pieces = tokens(...original('ja', '今日', '。'), ...translated('en', 'Today.'), ...original('ja', 'はい'));
		expect(textOfOriginals(pieces)).toBe('今日。はい');
	});
});

describe('translationsOf', () => {
	it('groups translations by language', () => {
		const pieces = tokens(...original('en', 'Good', ' day', '.'), ...translated('de', 'Guten', ' Tag', '.'));
		expect(translationsOf(pieces)).toEqual({ de: 'Guten Tag.' });
	});

	it('returns both languages of a two-way translation', () => {
		const pieces = tokens(
			...original('en', 'Hello.'),
			...translated('es', 'Hola.'),
			...original('es', ' Adiós.'),
			...translated('en', ' Goodbye.'),
			...original('en', ' Yes.'),
			...translated('es', 'Sí.'),
		);
		expect(translationsOf(pieces)).toEqual({ es: 'Hola. Sí.', en: 'Goodbye.' });
	});

	it('returns undefined without translations', () => {
		expect(translationsOf(tokens('Hello', { text: ' you', translation_status: 'none' }))).toBeUndefined();
	});

	it('doesn’t affect the dominant language', () => {
		expect(dominantLanguage(tokens(...original('en', 'Yes'), ...translated('de', 'Ja', ',', ' ja')))).toBe('en');
	});
});

describe('dominantLanguage', () => {
	it('returns the language of most tokens', () => {
		expect(
			dominantLanguage(
				tokens(...original('en', 'Hi'), ...original('de', 'Gu', 'ten', ' Tag'), ...original('en', ' you')),
			),
		).toBe('de');
	});

	it('returns the first language in a tie', () => {
		expect(dominantLanguage(tokens(...original('es', 'Sí'), ...original('en', ' yes')))).toBe('es');
	});

	it('returns undefined without language identification', () => {
		expect(dominantLanguage(tokens('Hi'))).toBeUndefined();
	});
});
