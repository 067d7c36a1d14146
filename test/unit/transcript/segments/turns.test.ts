import { spokenIn } from '../../../../nodes/Transcription/transcript/segments';
import { textOf } from '../../../../nodes/Transcription/transcript/segments/tokens';
import type { Transcript } from '../../../../nodes/Transcription/transcript/model';
import { aTranscript, transcriptOf, wordsOf } from '../transcripts';

const turnsOf = (transcript: Transcript, offset?: number) =>
	spokenIn(transcript, offset).turns.map(
		({ speaker, channel, tokens }) => `${[speaker, channel].filter(Boolean).join('/')}: ${textOf(tokens)}`,
	);

describe('turns are built', () => {
	it('from the words, by speaker', () => {
		const words = [...wordsOf('How much?', { speaker: 'A' }), ...wordsOf('Ten.', { from: 1, speaker: 'B' })];
		expect(turnsOf(aTranscript({ words }))).toEqual(['A: How much?', 'B: Ten.']);
	});

	it('from the words, split at silence without speakers', () => {
		expect(turnsOf(aTranscript({ words: [...wordsOf('One two.'), ...wordsOf('Three.', { from: 5 })] }))).toEqual([
			': One two.',
			': Three.',
		]);
	});

	it('from the provider’s utterances, even if the speaker continues', () => {
		const utterances = [
			{ text: 'One.', start: 0, end: 0.4, speaker: 'A' },
			{ text: 'Two.', start: 0.4, end: 0.8, speaker: 'A' },
		];
		expect(turnsOf(aTranscript({ utterances, words: wordsOf('One. Two.', { speaker: 'A' }) }))).toEqual([
			'A: One.',
			'A: Two.',
		]);
	});

	it('with the speakers of the utterances if the words have none', () => {
		const utterances = [
			{ text: 'One.', start: 0, end: 0.4, speaker: 'A' },
			{ text: 'Two.', start: 0.4, end: 0.8, speaker: 'B' },
		];
		expect(turnsOf(aTranscript({ utterances, words: wordsOf('One. Two.') }))).toEqual(['A: One.', 'B: Two.']);
	});

	it('from two channels that overlap, each with its own words', () => {
		const words = [...wordsOf('I think so', { channel: '1' }), ...wordsOf('mhm', { from: 0.5, channel: '2' })];
		const utterances = [
			{ text: 'I think so', start: 0, end: 1.15, channel: '1' },
			{ text: 'mhm', start: 0.5, end: 0.85, channel: '2' },
		];
		expect(turnsOf(aTranscript({ utterances, words }))).toEqual(['1: I think so', '2: mhm']);
	});

	it('from the utterances if there are no words, with proportional times', () => {
		const spoken = spokenIn(aTranscript({ utterances: [{ text: 'abcd ef gh', start: 10, end: 18, speaker: 'A' }] }));
		expect(spoken.timed).toBe(true);
		expect(spoken.turns[0]?.tokens).toEqual([
			{ text: 'abcd', start: 10, end: 14, noSpaceBefore: false },
			{ text: 'ef', start: 14, end: 16, noSpaceBefore: false },
			{ text: 'gh', start: 16, end: 18, noSpaceBefore: false },
		]);
	});

	it('from the paragraphs of the text, without times', () => {
		const spoken = spokenIn(aTranscript({ text: 'One.\n\nTwo.' }));
		expect(spoken.timed).toBe(false);
		expect(spoken.turns.map(({ tokens }) => textOf(tokens))).toEqual(['One.', 'Two.']);
	});

	it('from nothing, without an error for subtitles', () => {
		expect(spokenIn(aTranscript({ text: '', words: [] }))).toEqual({ turns: [], timed: true });
	});
});

describe('tokens of a turn', () => {
	const pieces = (transcript: Transcript) =>
		spokenIn(transcript).turns.flatMap(({ tokens }) => tokens.map(({ text }) => text));

	it('are words with their punctuation, even if the provider returns it as a word', () => {
		expect(pieces(transcriptOf('Well , (yes) !'))).toEqual(['Well,', '(yes)!']);
	});

	it('are the words of a sentence that is returned as one word in a script without spaces', () => {
		expect(
			pieces(aTranscript({ language: 'ja', utterances: [{ text: '今日は良い天気です。', start: 0, end: 2 }] })),
		).toEqual(['今日', 'は', '良い', '天気', 'です。']);
	});

	it('are joined if the provider reports no spacing', () => {
		const words = [
			{ text: 'rock', start: 0, end: 1, kind: 'word' as const },
			{ text: '-n-roll', start: 1, end: 2, kind: 'word' as const },
			{ text: ' ', start: 2, end: 2, kind: 'spacing' as const },
			{ text: 'now', start: 2, end: 3, kind: 'word' as const },
		];
		expect(pieces(aTranscript({ words }))).toEqual(['rock-n-roll', 'now']);
	});

	it('are joined across empty spacing', () => {
		const words = [
			{ text: '日本', start: 0, end: 1, kind: 'word' as const },
			{ text: '', start: 1, end: 1, kind: 'spacing' as const },
			{ text: '語', start: 1, end: 2, kind: 'word' as const },
		];
		expect(turnsOf(aTranscript({ words }))).toEqual([': 日本語']);
	});

	it('stay separate if the only spacing is punctuation', () => {
		const words = [
			...wordsOf('We decided'),
			{ text: '–', start: 0.8, end: 0.8, kind: 'spacing' as const },
			...wordsOf('to wait.', { from: 0.8 }),
		];
		expect(turnsOf(aTranscript({ words }))).toEqual([': We decided – to wait.']);
	});

	it('stay separate on overlapping channels with spacing from the provider', () => {
		const channel = (name: string, from: number) =>
			['one', 'two', 'three'].flatMap((text, index) => {
				const start = from + index;
				const who = { channel: name };
				return [
					{ text, start, end: start + 0.9, kind: 'word' as const, ...who },
					{ text: ' ', start: start + 0.9, end: start + 1, kind: 'spacing' as const, ...who },
				];
			});
		const words = [...channel('0', 0), ...channel('1', 0.3)];
		const utterances = [
			{ text: 'one two three', start: 0, end: 3, channel: '0' },
			{ text: 'one two three', start: 0.3, end: 3.3, channel: '1' },
		];
		expect(turnsOf(aTranscript({ words, utterances }))).toEqual(['0: one two three', '1: one two three']);
	});

	it('have times that never decrease', () => {
		const words = [
			{ text: 'a', start: 1, end: 0.5, kind: 'word' as const },
			{ text: 'b', start: 0.9, end: 1.2, kind: 'word' as const, speaker: undefined },
		];
		const [turn] = spokenIn(aTranscript({ utterances: [{ text: 'a b', start: 0, end: 2 }], words })).turns;
		for (const { start, end } of turn?.tokens ?? []) expect(end).toBeGreaterThanOrEqual(start);
	});
});

describe('time offset', () => {
	it('is added to all times', () => {
		expect(spokenIn(transcriptOf('One two'), 10).turns[0]?.tokens.map(({ start }) => start)).toEqual([10, 10.4]);
	});

	it('drops words before 0 and trims a word across 0', () => {
		expect(spokenIn(transcriptOf('One two three', { step: 1 }), -1.5).turns[0]?.tokens).toEqual([
			expect.objectContaining({ text: 'two', start: 0 }),
			expect.objectContaining({ text: 'three', start: 0.5 }),
		]);
	});
});
