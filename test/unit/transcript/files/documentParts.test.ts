import { paragraphAt } from '../../../../nodes/Transcription/transcript/files/documentParts';

describe('paragraphAt', () => {
	const at = (time: number, ...starts: Array<number | undefined>) =>
		paragraphAt(
			time,
			starts.map((start) => (start === undefined ? {} : { start })),
		);

	it('returns the paragraph that starts last before a time, or at most half a second later', () => {
		expect(at(10, 0, 5, 12)).toBe(1);
		expect(at(11.5, 0, 5, 12)).toBe(2);
		expect(at(11.4, 0, 5, 12)).toBe(1);
	});

	it('returns the same if paragraphs overlap', () => expect(at(80, 0, 60, 78, 90, 5)).toBe(2));

	it('returns the earliest paragraph for a time before all of them', () => {
		expect(at(1, undefined, 7, 3)).toBe(2);
		expect(at(1, undefined)).toBeUndefined();
	});
});
