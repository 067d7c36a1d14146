import type { Transcript } from '../../../nodes/Transcription/transcript/model';
import { atLevel } from '../../../nodes/Transcription/transcript/output';

const BASE: Transcript = {
	eventId: 'p:1:completed',
	provider: 'p',
	id: '1',
	status: 'completed',
	text: 'Hi',
	summary: 'A greeting.',
	chapters: [{ title: 'Hello', start: 0, end: 1 }],
	actionItems: [{ text: 'Say hi.', start: 0 }],
	warnings: ['The domain was skipped.'],
	speakers: ['A'],
	unredactedText: 'Hi',
};
const utterances = [{ text: 'Hi', start: 0, end: 1 }];
const words = [{ text: 'Hi', start: 0, end: 1, kind: 'word' as const }];
const found = {
	entities: [{ type: 'name', text: 'Hi' }],
	sentiments: [{ text: 'Hi', sentiment: 'positive' }],
	topics: [{ text: 'Hi', start: 0, end: 1, topics: [{ name: 'Events' }] }],
	audioEvents: [{ type: 'music', start: 0, end: 1 }],
};
const raw = { id: '1' };
const FULL: Transcript = { ...BASE, utterances, ...found, words, raw };

describe('atLevel', () => {
	it.each([
		['simplified', BASE],
		['utterances', { ...BASE, utterances, ...found }],
		['words', { ...BASE, utterances, ...found, words }],
		['raw', { ...BASE, raw }],
	] as const)('%s contains exactly the fields of its level', (level, expected) => {
		expect(atLevel(FULL, level)).toStrictEqual(expected);
	});

	it.each(['simplified', 'utterances', 'words', 'raw'] as const)('%s adds no absent fields', (level) => {
		expect(atLevel(BASE, level)).toStrictEqual(BASE);
	});

	it.each(['simplified', 'utterances', 'words', 'raw'] as const)('%s contains the text with speakers', (level) => {
		const spoken = [
			{ text: 'Hi', start: 0, end: 1, speaker: 'Ada' },
			{ text: 'Hello', start: 1, end: 2, speaker: 'Ben' },
		];
		const { text, textWithSpeakers } = atLevel({ ...FULL, utterances: spoken }, level);
		expect({ text, textWithSpeakers }).toEqual({ text: 'Hi', textWithSpeakers: 'Ada: Hi\nBen: Hello' });
	});

	it('doesn’t modify the transcript', () => {
		atLevel(FULL, 'simplified');
		expect(FULL.words).toBe(words);
	});
});
