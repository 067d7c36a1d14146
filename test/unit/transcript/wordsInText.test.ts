import type { Utterance, Word } from '../../../nodes/Transcription/transcript/model';
import { wordsByUtterance } from '../../../nodes/Transcription/transcript/wordsInText';

const word = (text: string, start: number, end: number, more: Partial<Word> = {}): Word => ({
	text,
	start,
	end,
	kind: 'word',
	...more,
});
const utterance = (text: string, start: number, end: number, speaker: string): Utterance => ({
	text,
	start,
	end,
	speaker,
});

describe('wordsByUtterance', () => {
	it('doesn’t move a stretched sound to a later utterance', () => {
		const words = [
			word('Hi', 0, 0.5, { speaker: 'A' }),
			word('(music)', 0.5, 64, { kind: 'audioEvent' }),
			word('Bye', 2, 2.5, { speaker: 'B' }),
		];
		const assigned = wordsByUtterance(words, [utterance('Hi', 0, 1, 'A'), utterance('Bye', 2, 2.5, 'B')]);
		expect(assigned.map((own) => own.words.map(({ text }) => text))).toEqual([['Hi', '(music)'], ['Bye']]);
	});

	it('doesn’t repeat words that were assigned to another utterance', () => {
		const words = ['one', 'two', 'five', 'six', 'seven', 'three'].map((text, index) => word(text, index, index + 1));
		const utterances = [
			utterance('one two', 0, 2, 'A'),
			utterance('three', 2, 2.1, 'B'),
			utterance('five six seven', 2.2, 5, 'A'),
		];
		const shown = wordsByUtterance(words, utterances).flatMap((own) =>
			own.isUnmatched ? own.utterance.text : own.words.map(({ text }) => text),
		);
		expect(shown.filter((text) => text === 'three')).toHaveLength(1);
	});
});
