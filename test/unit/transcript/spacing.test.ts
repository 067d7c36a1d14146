import { makeFile } from '../../../nodes/Transcription/transcript/files';
import { search } from '../../../nodes/Transcription/transcript/search';
import { cuesIn, CUE_SETTINGS, spokenIn } from '../../../nodes/Transcription/transcript/segments';
import { textOf } from '../../../nodes/Transcription/transcript/segments/tokens';
import { aTranscript, wordsOf } from './transcripts';

const JAPANESE = wordsOf('サーバー を コーヒー ショップ で 3 月');
const japanese = aTranscript({ text: 'サーバーをコーヒーショップで3月', words: JAPANESE, language: 'ja' });
const txt = (words: string, text?: string) => makeFile('txt', aTranscript({ text, words: wordsOf(words) })).trim();

describe('spacing', () => {
	it('is that of the service’s text', () => {
		expect(makeFile('txt', japanese)).toBe('サーバーをコーヒーショップで3月\n');
		expect(txt('and/ or not', 'and/or not')).toBe('and/or not');
		expect(txt('我 用 iPhone 打', '我用 iPhone 打')).toBe('我用 iPhone 打');
	});

	it('is that of each utterance’s text', () => {
		const words = [...wordsOf('and/ or', { speaker: 'A' }), ...wordsOf('3 月', { from: 2, speaker: 'B' })];
		const utterances = [
			{ text: 'and/or', start: 0, end: 0.8, speaker: 'A' },
			{ text: '3月', start: 2, end: 2.8, speaker: 'B' },
		];
		expect(makeFile('txt', aTranscript({ words, utterances }))).toBe('A: and/or\n\nB: 3月\n');
	});

	it('depends on the script without a text', () => {
		expect(txt('サーバー を コーヒー ショップ で 3 月')).toBe('サーバーをコーヒーショップで3月');
		expect(txt('人 々 は ・ スキー を')).toBe('人々は・スキーを');
		expect(txt('I have 3 of 4')).toBe('I have 3 of 4');
	});

	it('isn’t affected by words that differ from the text', () => {
		expect(txt('Nortwind und/ oder so', 'Northwind und/oder so')).toBe('Nortwind und/oder so');
	});
});

describe('word search', () => {
	it.each(['コーヒーショップ', '3月', 'サーバー'])('finds %s across words without spaces', (term) => {
		expect(search(spokenIn(japanese), [term])).toHaveLength(1);
	});
});

describe('words and utterances', () => {
	it('are matched by text if their times differ', () => {
		const words = [...wordsOf('One two three'), ...wordsOf('Four five', { from: 9 })];
		const utterances = [
			{ text: 'One two', start: 0, end: 0.1, speaker: 'A' },
			{ text: 'three', start: 5, end: 6, speaker: 'B' },
			{ text: 'Four five', start: 9, end: 10, speaker: 'A' },
		];
		expect(makeFile('txt', aTranscript({ words, utterances }))).toBe('A: One two\n\nB: three\n\nA: Four five\n');
	});

	it('are both in files if an utterance has no words', () => {
		const words = [...wordsOf('One two.', { speaker: 'A' }), ...wordsOf('Four five.', { from: 9, speaker: 'A' })];
		const utterances = [
			{ text: 'One two.', start: 0, end: 0.8, speaker: 'A' },
			{ text: 'And three.', start: 5, end: 6, speaker: 'A' },
			{ text: 'Four five.', start: 9, end: 10, speaker: 'A' },
		];
		expect(makeFile('txt', aTranscript({ words, utterances }))).toBe('A: One two.\n\nAnd three.\n\nFour five.\n');
	});
});

describe('cues in Japanese', () => {
	const begins = (text: string) =>
		cuesIn(
			spokenIn(aTranscript({ words: wordsOf(text, { step: 0.3 }), text: text.replaceAll(' ', ''), language: 'ja' })),
			{ ...CUE_SETTINGS, charactersPerLine: 12, linesPerCue: 1 },
		).map(({ lines }) => lines.map((line) => textOf(line)).join(''));

	it('never begin with a small kana, a long vowel mark, or a closing mark', () => {
		const characters = [
			...'サーバーをコーヒーショップで買って、ちょっと待ったら「はい」と言った。そしてシャッターを閉めました。',
		];
		const cues = begins(characters.join(' '));
		expect(cues.join('')).toBe(characters.join(''));
		expect(cues.length).toBeGreaterThan(3);
		for (const cue of cues) expect(cue).not.toMatch(/^[っッょョャー、。」]/u);
	});

	it('don’t cut a word or a number from its unit', () => {
		const cues = begins([...'今年は3月にコーヒーを飲みました。来年は10月に日本へ行きたいです。'].join(' '));
		for (const cue of cues) expect(cue).not.toMatch(/^月|^ヒー|^ーヒ|^本/u);
	});

	it('don’t begin with a mark in text wider than a line', () => {
		const words = [{ text: 'カー'.repeat(40), start: 0, end: 9, kind: 'word' as const }];
		for (const { lines } of cuesIn(spokenIn(aTranscript({ words })), { ...CUE_SETTINGS, charactersPerLine: 15 }))
			for (const line of lines) expect(textOf(line)).not.toMatch(/^ー/);
	});
});
