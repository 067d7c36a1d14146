import type { Utterance } from '../../../nodes/Transcription/transcript/model';
import { textWithSpeakersOf } from '../../../nodes/Transcription/transcript/textWithSpeakers';

const textOf = (...utterances: Array<Omit<Utterance, 'start' | 'end'>>) =>
	textWithSpeakersOf({
		utterances: utterances.map((utterance, index) => ({ ...utterance, start: index, end: index + 1 })),
	});

describe('textWithSpeakersOf', () => {
	it('puts each turn on its own line', () => {
		expect(textOf({ speaker: 'Daniel', text: 'Hello.' }, { speaker: 'Maria', text: 'Hi.\nHow are you?' })).toBe(
			'Daniel: Hello.\nMaria: Hi. How are you?',
		);
	});

	it('joins consecutive utterances of a speaker', () => {
		expect(textOf({ speaker: 'A', text: 'One.' }, { speaker: 'A', text: 'Two.' })).toBe('A: One. Two.');
		expect(textOf({ speaker: 'A', text: '今日は。' }, { speaker: 'A', text: '元気ですか' })).toBe(
			'A: 今日は。元気ですか',
		);
		expect(textOf({ speaker: 'A', text: '3' }, { speaker: 'A', text: '月' }, { speaker: 'A', text: 'です' })).toBe(
			'A: 3月です',
		);
		expect(textOf({ speaker: 'А', text: 'Раз' }, { speaker: 'А', text: ',' }, { speaker: 'А', text: 'два' })).toBe(
			'А: Раз, два',
		);
	});

	it('names channels if there are no speakers', () => {
		expect(textOf({ channel: '1', text: 'Support.' }, { channel: '2', text: 'Hello.' })).toBe(
			'Channel 1: Support.\nChannel 2: Hello.',
		);
	});

	it('doesn’t attribute the text of unknown speakers to the previous speaker', () => {
		expect(
			textOf(
				{ text: 'Zero.' },
				{ speaker: 'A', text: 'One.' },
				{ text: 'Two.' },
				{ text: 'Three.' },
				{ speaker: 'A', text: 'Four.' },
			),
		).toBe('Zero.\nA: One.\nUnknown speaker: Two. Three.\nA: Four.');
	});

	it('tells people apart who have the same label on different channels', () => {
		const utterances = [
			{ speaker: '0', channel: '1', text: 'Hello there.', start: 0, end: 5 },
			{ speaker: '0', channel: '2', text: 'Fine, thanks.', start: 1, end: 6 },
			{ speaker: '1', channel: '2', text: 'Hi.', start: 6, end: 7 },
		];
		expect(textWithSpeakersOf({ utterances })).toBe(
			'0 (channel 1): Hello there.\n0 (channel 2): Fine, thanks.\n1: Hi.',
		);
	});

	it('skips empty utterances', () => {
		expect(textOf({ speaker: 'A', text: 'One.' }, { speaker: 'B', text: ' ' }, { speaker: 'A', text: 'Two.' })).toBe(
			'A: One. Two.',
		);
	});

	it.each([
		['without utterances', textWithSpeakersOf({})],
		['if no utterance has a speaker', textOf({ text: 'Hello.' })],
	])('returns undefined %s', (_, text) => {
		expect(text).toBeUndefined();
	});
});
