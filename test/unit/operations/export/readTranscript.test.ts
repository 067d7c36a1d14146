import { readTranscript } from '../../../../nodes/Transcription/operations/export/readTranscript';

const word = (start: unknown) => ({ text: 'Hi', start, end: 1, kind: 'word' });
const read = (value: unknown) => readTranscript(value, 'Item 0');

describe('readTranscript', () => {
	it('accepts times that were converted to text', () => {
		expect(read({ id: 'a', words: [word('0.5')] }).words?.[0]?.start).toBe(0.5);
	});

	it.each([undefined, null, '', true, [], 'soon', -1, { valueOf: 'no function' }])(
		'rejects the time %p and names its path',
		(start) => {
			expect(() => read({ id: 'a', words: [word(start)] })).toThrow(
				'Item 0 doesn’t contain a valid transcript: “words.0.start” isn’t valid',
			);
		},
	);

	it('rejects an ID that isn’t text and names its path', () => {
		expect(() => read({ id: { toString: 'no function' }, text: 'Hi' })).toThrow(
			'Item 0 doesn’t contain a valid transcript: “id” isn’t valid',
		);
	});

	it('ignores an empty duration', () => {
		expect(read({ id: 'a', text: 'Hello.', durationSeconds: '' })).toEqual({ id: 'a', text: 'Hello.' });
	});

	it('accepts a number as ID', () => {
		expect(read({ id: 7, text: 'Hi' }).id).toBe('7');
	});
});
