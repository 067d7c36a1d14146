import { readTranscript } from '../../../../nodes/Transcription/operations/export/readTranscript';

const word = (start: unknown) => ({ text: 'Hi', start, end: 1, kind: 'word' });
const read = (value: unknown) => readTranscript(value, 'Item 0');

describe('a transcript from the workflow', () => {
	it('may have times that a node in between turned into text', () => {
		expect(read({ id: 'a', words: [word('0.5')] }).words?.[0]?.start).toBe(0.5);
	});

	it.each([undefined, null, '', true, [], 'soon', -1, { valueOf: 'no function' }])('is refused with a clear message where a time is %p', (start) => {
		expect(() => read({ id: 'a', words: [word(start)] })).toThrow('Item 0 doesn’t contain a valid transcript: error at “words.0.start”');
	});

	it('is refused with a clear message where its ID is no text', () => {
		expect(() => read({ id: { toString: 'no function' }, text: 'Hi' })).toThrow('Item 0 doesn’t contain a valid transcript: error at “id”');
	});

	it('may have an empty cell for its duration', () => {
		expect(read({ id: 'a', text: 'Hello.', durationSeconds: '' })).toEqual({ id: 'a', text: 'Hello.' });
	});

	it('may have a number for an ID', () => {
		expect(read({ id: 7, text: 'Hi' }).id).toBe('7');
	});
});
