import type { Transcript } from '../../../nodes/Transcription/transcript/model';
import { atLevel } from '../../../nodes/Transcription/transcript/output';

const BASE: Transcript = { eventId: 'p:1:completed', provider: 'p', id: '1', status: 'completed', text: 'Hi', speakers: ['A'] };
const utterances = [{ text: 'Hi', start: 0, end: 1 }];
const words = [{ text: 'Hi', start: 0, end: 1, kind: 'word' as const }];
const raw = { id: '1' };
const FULL: Transcript = { ...BASE, utterances, words, raw };

describe('atLevel', () => {
	it.each([
		['simplified', BASE],
		['utterances', { ...BASE, utterances }],
		['words', { ...BASE, utterances, words }],
		['raw', { ...BASE, raw }],
	] as const)('%s carries exactly its part', (level, expected) => {
		expect(atLevel(FULL, level)).toStrictEqual(expected);
	});

	it.each(['simplified', 'utterances', 'words', 'raw'] as const)('%s invents nothing that is absent', (level) => {
		expect(atLevel(BASE, level)).toStrictEqual(BASE);
	});

	it('does not change the transcript itself', () => {
		atLevel(FULL, 'simplified');
		expect(FULL.words).toBe(words);
	});
});
