import fc from 'fast-check';
import {
	lastAtOrBefore,
	momentIn,
	type Span,
	Timeline,
} from '../../../../../nodes/Transcription/transcript/files/page/client/timeline';

const times = fc.integer({ min: 0, max: 50 });
const anySpans: fc.Arbitrary<Span[]> = fc
	.array(fc.record({ start: times, length: times }), { maxLength: 20 })
	.map((list) => list.map(({ start, length }) => ({ start, end: start + length })).sort((a, b) => a.start - b.start));

describe('Timeline', () => {
	it('returns the paragraph that started last among those being spoken, or else the last that started', () => {
		fc.assert(
			fc.property(anySpans, times, (spans, time) => {
				const spoken = spans.findLastIndex(({ start, end }) => start <= time && end > time);
				const started = spans.findLastIndex(({ start }) => start <= time);
				expect(new Timeline(spans).at(time)).toBe(spoken >= 0 ? spoken : started);
			}),
		);
	});
});

describe('lastAtOrBefore', () => {
	it('finds the same index as a linear search', () => {
		fc.assert(
			fc.property(fc.array(times), times, (values, value) => {
				const sorted = values.sort((a, b) => a - b);
				expect(lastAtOrBefore(sorted, value)).toBe(sorted.findLastIndex((candidate) => candidate <= value));
			}),
		);
	});
});

describe('momentIn', () => {
	it.each([
		['#t=12.3', 12.3],
		['#t=0', 0],
		['#t=10,20', 10],
		['#t=npt:1:02', 62],
		['#t=1:02:03.5', 3723.5],
	])('reads %s', (hash, seconds) => expect(momentIn(hash)).toBe(seconds));

	it.each(['', '#', '#t=', '#t=x', '#t=-1', '#t=1e3', '#t=12.3x', '#chapters', '#t=%E0%A4%A', '#xt=1'])(
		'returns undefined for “%s”',
		(hash) => expect(momentIn(hash)).toBeUndefined(),
	);
});
