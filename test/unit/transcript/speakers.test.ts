import { readableLabel, speakerLabels } from '../../../nodes/Transcription/transcript/speakers';

describe('readableLabel', () => {
	it.each([
		['A', 'Speaker A'],
		['a', 'Speaker a'],
		['S1', 'Speaker S1'],
		['0', 'Speaker 0'],
		['12', 'Speaker 12'],
		['speaker_0', 'Speaker 0'],
		['SPEAKER-01', 'Speaker 01'],
		['Speaker B', 'Speaker B'],
	])('shows the code “%s” as “%s”', (label, shown) => expect(readableLabel(label)).toBe(shown));

	it.each(['JD', 'Al', 'Jo', 'Ada', '林', '田中', 'Agent', 'speaker', 'Speaker of the House', ''])(
		'keeps “%s” unchanged',
		(label) => expect(readableLabel(label)).toBe(label),
	);
});

describe('speakerLabels', () => {
	it.each<[Array<string | undefined>, Array<string | undefined>]>([
		[
			['A', 'A', 'B', 'A'],
			['A', undefined, 'B', 'A'],
		],
		[
			[undefined, 'A', undefined, undefined, 'A'],
			[undefined, 'A', 'Unknown speaker', undefined, 'A'],
		],
		[
			[undefined, undefined],
			[undefined, undefined],
		],
	])('labels changes of speakers in %j as %j', (names, labels) => {
		expect(names.map(speakerLabels())).toEqual(labels);
	});
});
