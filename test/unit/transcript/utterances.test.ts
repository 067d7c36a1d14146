import type { Word } from '../../../nodes/Transcription/transcript/model';
import { turnsIn, utterancesOf } from '../../../nodes/Transcription/transcript/utterances';

const word = (text: string, start: number, more: Partial<Word> = {}): Word => ({
	text,
	start,
	end: start + 0.4,
	kind: 'word',
	...more,
});

describe('utterances from words', () => {
	it('returns undefined without speakers or channels', () => expect(utterancesOf([word('hello', 0)])).toBeUndefined());

	it('returns undefined without words', () => expect(utterancesOf([])).toBeUndefined());

	it('starts an utterance when the speaker changes', () => {
		const words = [
			word('How', 0, { speaker: 'A' }),
			word('much?', 0.5, { speaker: 'A' }),
			word('Ten.', 1, { speaker: 'B' }),
		];
		expect(utterancesOf(words)).toEqual([
			{ text: 'How much?', start: 0, end: 0.9, speaker: 'A' },
			{ text: 'Ten.', start: 1, end: 1.4, speaker: 'B' },
		]);
	});

	it('continues an utterance across a pause of the same speaker', () => {
		const words = [word('Well', 0, { speaker: 'A' }), word('yes', 9, { speaker: 'A' })];
		expect(utterancesOf(words)?.map(({ text }) => text)).toEqual(['Well yes']);
	});

	it('omits spacing between utterances', () => {
		const words = [
			word('Hi.', 0, { speaker: 'A' }),
			word(' ', 0.4, { kind: 'spacing', speaker: 'A' }),
			word('Hi!', 1, { speaker: 'B' }),
		];
		expect(utterancesOf(words)?.map(({ text, end }) => ({ text, end }))).toEqual([
			{ text: 'Hi.', end: 0.4 },
			{ text: 'Hi!', end: 1.4 },
		]);
	});

	it('keeps sounds without a speaker in the turn where they occur', () => {
		const door = (start: number) => word('[door]', start, { kind: 'audioEvent' });
		const words = [
			door(0),
			word('Well', 1, { speaker: 'A' }),
			door(2),
			word('yes', 3, { speaker: 'A' }),
			door(4),
			word('No.', 5, { speaker: 'B' }),
		];
		expect(utterancesOf(words)?.map(({ text, speaker }) => [speaker, text])).toEqual([
			[undefined, '[door]'],
			['A', 'Well [door] yes [door]'],
			['B', 'No.'],
		]);
	});

	it('starts an utterance at a sound of another speaker', () => {
		const words = [
			word('Well', 0, { speaker: 'A' }),
			word('[laughs]', 1, { speaker: 'B', kind: 'audioEvent' }),
			word('yes', 2, { speaker: 'A' }),
		];
		expect(utterancesOf(words)?.map(({ text }) => text)).toEqual(['Well', '[laughs]', 'yes']);
	});

	it('starts an utterance at speech without a speaker', () => {
		const words = [word('Well', 0, { speaker: 'A' }), word('no', 1), word('yes', 2, { speaker: 'A' })];
		expect(utterancesOf(words)?.map(({ text }) => text)).toEqual(['Well', 'no', 'yes']);
	});

	it('keeps a sound without a speaker in its turn', () => {
		const sound = word('(laughter)', 0.5, { kind: 'audioEvent' });
		const words = [
			word('Ha', 0, { speaker: 'A' }),
			sound,
			word('ha.', 1, { speaker: 'A' }),
			word('Yes.', 2, { speaker: 'B' }),
		];
		expect(utterancesOf(words)?.map(({ speaker, text }) => `${speaker}: ${text}`)).toEqual([
			'A: Ha (laughter) ha.',
			'B: Yes.',
		]);
	});

	it('doesn’t assign a sound before any speech to the next speaker', () => {
		const words = [word('(music)', 0, { kind: 'audioEvent' }), word('Hi.', 1, { speaker: 'A' })];
		expect(utterancesOf(words)).toEqual([
			{ text: '(music)', start: 0, end: 0.4 },
			{ text: 'Hi.', start: 1, end: 1.4, speaker: 'A' },
		]);
	});

	it('assigns a sound to its speaker', () => {
		const words = [word('Hi.', 0, { speaker: 'A' }), word('(cough)', 1, { kind: 'audioEvent', speaker: 'B' })];
		expect(utterancesOf(words)?.map(({ speaker }) => speaker)).toEqual(['A', 'B']);
	});

	it('separates channels that overlap', () => {
		const words = [
			word('I', 0, { channel: '1' }),
			word('mhm', 0.2, { channel: '2' }),
			word('think', 0.5, { channel: '1' }),
			word('so', 1, { channel: '1' }),
		];
		expect(utterancesOf(words)?.map(({ text, channel }) => `${channel}: ${text}`)).toEqual(['1: I think so', '2: mhm']);
	});

	it('starts an utterance when the channel changes', () => {
		const words = [
			word('Yes?', 0, { channel: '1' }),
			word('No.', 2, { channel: '2' }),
			word('Oh.', 4, { channel: '1' }),
		];
		expect(utterancesOf(words)?.map(({ text, channel }) => `${channel}: ${text}`)).toEqual([
			'1: Yes?',
			'2: No.',
			'1: Oh.',
		]);
	});

	it('sorts utterances by start if the words are grouped by channel', () => {
		const words = [
			word('Yes?', 0, { channel: '1' }),
			word('Oh.', 4, { channel: '1' }),
			word('No.', 2, { channel: '2' }),
		];
		expect(utterancesOf(words)?.map(({ text }) => text)).toEqual(['Yes?', 'No.', 'Oh.']);
	});
});

describe('turns without speakers', () => {
	it('end after a silence', () => {
		expect(
			turnsIn([word('One', 0), word('two', 1), word('three', 4)]).map((turn) => turn.map(({ text }) => text)),
		).toEqual([['One', 'two'], ['three']]);
	});

	it('can be as long as an audiobook', () => {
		const words = Array.from({ length: 200_000 }, (_, index) => word('on', index * 0.5, { speaker: 'A' }));
		expect(utterancesOf(words)).toEqual([expect.objectContaining({ start: 0, end: 99_999.9 })]);
	});
});
