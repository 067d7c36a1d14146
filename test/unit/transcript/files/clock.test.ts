import { clock, duration } from '../../../../nodes/Transcription/transcript/files/clock';

it.each([
	[0, '0:00'],
	[59.999, '0:59'],
	[123, '2:03'],
	[3723.5, '1:02:03'],
	[36_000, '10:00:00'],
	[-0.5, '0:00'],
])('shows %p s as %s', (seconds, shown) => {
	expect(clock(seconds)).toBe(shown);
});

it.each([
	[59.4, '0:59'],
	[59.5, '1:00'],
	[3723.5, '1:02:04'],
])('shows a length of %p s as %s', (seconds, shown) => {
	expect(duration(seconds)).toBe(shown);
});
