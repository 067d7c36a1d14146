import type { IExecuteFunctions } from 'n8n-workflow';
import type { UserError } from '../../../nodes/Transcription/core/userError';
import { readDate } from '../../../nodes/Transcription/shared/dates';

// The results can't depend on the server's time zone, because no server uses this offset.
const ZONE = 'Pacific/Chatham';
const read = (value: unknown, zone = ZONE) =>
	readDate({ getTimezone: () => zone } as IExecuteFunctions, value, 'Created After');
const refusal = (value: unknown) => {
	try {
		return read(value)?.toISOString();
	} catch (error) {
		return (error as UserError).explanation;
	}
};

/** Midnight on November 28, 2026, in the Chatham Islands, where summer time is UTC+13:45. */
const MIDNIGHT = '2026-11-27T10:15:00.000Z';

it.each([
	'2026-11-28',
	'2026-11-28 00:00',
	'2026-11-28T00:00:00',
	'11/28/2026',
	' 11/28/2026 ',
	'11/28/2026 00:00',
	'11/28/2026, 12:00:00 AM',
	'11-28-2026',
	'11/28/26',
	'28/11/2026',
	'28.11.2026',
	'28.11.2026 00:00',
	'28-11-2026',
	'2026/11/28',
	'2026-11-28 12:00 AM',
	'Nov 28, 2026',
	'28 November 2026',
	'Saturday, November 28, 2026 12:00 AM',
])('reads “%s” in the workflow’s time zone', (text) => {
	expect(read(text)?.toISOString()).toBe(MIDNIGHT);
	expect(read(text, 'UTC')?.toISOString()).toBe('2026-11-28T00:00:00.000Z');
	expect(read(text, 'America/New_York')?.toISOString()).toBe('2026-11-28T05:00:00.000Z');
});

it.each([
	MIDNIGHT,
	'2026-11-27T11:15:00+01:00',
	'Fri, 27 Nov 2026 10:15:00 GMT',
	'11/27/2026 10:15 UTC',
	'11/27/2026 10:15:00 GMT+0000 (Coordinated Universal Time)',
	'Nov 27, 2026 5:15 AM EST',
	'2026/11/27 10:15Z',
	new Date(MIDNIGHT),
])('keeps the time zone of “%s”', (value) => {
	expect(read(value)?.toISOString()).toBe(MIDNIGHT);
});

it('reads a day and a month that are the same number', () => {
	expect(read('03/03/2026', 'UTC')?.toISOString()).toBe('2026-03-03T00:00:00.000Z');
});

it.each([
	['03/04/2026', 'March 4 or April 3'],
	['3-4-2026', 'March 4 or April 3'],
	['03.04.2026 10:00', 'March 4 or April 3'],
	['12/1/26', 'December 1 or January 12'],
])('refuses “%s”, which has two meanings, and advises on the format', (text, meanings) => {
	expect(refusal(text)).toEqual({
		message: `“Created After” is "${text}", which could be ${meanings}`,
		description: expect.stringContaining('2026-01-31T09:00:00Z'),
	});
});

it.each([
	'yesterday',
	'1',
	'1764547200',
	1764547200,
	'31/31/2026',
	'11/28',
	'2026-02-31',
	'30.02.2026',
	'2026/02/30',
	'Feb 31, 2026',
	{},
	'GMT',
])('refuses %j', (value) => {
	expect(refusal(value)).toEqual({
		message: expect.stringMatching(/^“Created After” is .*, which isn’t a valid date$/),
		description: expect.any(String),
	});
});

it.each([undefined, null, '', ' '])('reads %j as no date', (value) => expect(read(value)).toBeUndefined());
