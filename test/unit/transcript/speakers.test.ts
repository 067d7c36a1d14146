import {
	readableLabel,
	sharedLabels,
	speakerLabels,
	speakerName,
} from '../../../nodes/Transcription/transcript/speakers';

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

describe('speakerName', () => {
	const shared = new Set(['0']);

	it.each([
		[{ speaker: '0', channel: '1' }, '0 (channel 1)'],
		[{ speaker: '1', channel: '1' }, '1'],
		[{ speaker: '0' }, '0'],
		[{ channel: '0' }, 'Channel 0'],
		[{ speaker: ' ', channel: '1' }, undefined],
		[{}, undefined],
	])('names %j if the label 0 stands for several people', (who, name) => {
		expect(speakerName(who, { shared })).toBe(name);
	});
});

describe('sharedLabels', () => {
	const said = (speaker: string | undefined, channel: string | undefined, start: number, end: number) => ({
		speaker,
		channel,
		start,
		end,
	});

	it('returns the labels of people who talk on different channels at the same time', () => {
		const parts = [said('0', '1', 0, 5), said('1', '1', 2, 4), said('2', '2', 4, 6), said('0', '2', 3, 4)];
		expect([...sharedLabels(parts)]).toEqual(['0']);
	});

	it.each([
		['one after the other', [said('0', '1', 0, 5), said('0', '2', 5, 9), said('0', '1', 9, 12)]],
		['with an overlap that is within the imprecision', [said('0', '1', 0, 5), said('0', '2', 4.9, 9)]],
		['on one channel', [said('0', '1', 0, 5), said('0', '1', 1, 4)]],
		['without channels', [said('0', undefined, 0, 5), said('0', undefined, 1, 4)]],
		['without speakers', [said(undefined, '1', 0, 5), said(undefined, '2', 1, 4)]],
	])('returns none if a person talks %s', (_, parts) => expect(sharedLabels(parts).size).toBe(0));
});
