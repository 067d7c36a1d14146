import type { UserError } from '../../../../nodes/Transcription/core/userError';
import {
	type DeadlineFields,
	deadlineOf,
	latest,
} from '../../../../nodes/Transcription/operations/submitAndWait/deadline';

const NOW = Date.parse('2030-01-31T12:00:00Z');
const HOUR = 3_600_000;

const after = (amount: unknown, unit: unknown = 'hours') =>
	deadlineOf({ kind: 'afterTime', amount, unit, at: '', timezone: 'UTC' }, NOW);
const at = (when: unknown, timezone = 'UTC') =>
	deadlineOf({ kind: 'atTime', amount: 2, unit: 'hours', at: when, timezone }, NOW);

function errorText(fields: Partial<DeadlineFields>): string {
	try {
		deadlineOf({ kind: 'afterTime', amount: 2, unit: 'hours', at: '', timezone: 'Europe/Berlin', ...fields }, NOW);
	} catch (error) {
		const { message, description } = (error as UserError).explanation;
		return `${message}. ${description}`;
	}
	return 'none';
}

it.each([
	['minutes', 60_000],
	['hours', HOUR],
	['days', 24 * HOUR],
])('accepts an amount of %s', (unit, ms) => {
	expect(after(3, unit)).toEqual({ afterMs: 3 * ms });
	expect(after(' 1.5 ', unit)).toEqual({ afterMs: 1.5 * ms });
});

it('interprets a time without a zone in the workflow’s time zone', () => {
	expect(at('2030-02-01T00:00:00', 'America/New_York')).toEqual({ at: new Date('2030-02-01T05:00:00Z') });
	expect(at('2030-02-01T00:00:00Z', 'America/New_York')).toEqual({ at: new Date('2030-02-01T00:00:00Z') });
	expect(at(new Date(NOW + HOUR))).toEqual({ at: new Date(NOW + HOUR) });
});

it('interprets a date in the US format in the workflow’s time zone', () => {
	expect(at('02/28/2030 10:00', 'America/New_York')).toEqual({ at: new Date('2030-02-28T15:00:00Z') });
});

it.each([
	['an amount of zero', { amount: 0 }, /“Wait at Most” is 0 hours.*such as 2 hours/s],
	['an amount of zero as text', { amount: '0' }, /“Wait at Most” is 0 hours/],
	['a negative amount', { amount: -3, unit: 'days' }, /“Wait at Most” is -3 days/],
	['a text as amount', { amount: 'soon' }, /“Wait at Most” must be a number of .*, but it’s "soon"/],
	['an empty amount', { amount: '' }, /“Wait at Most” must be a number of .*, but it’s empty/],
	['null as amount', { amount: null }, /“Wait at Most” must be a number of .*, but it’s empty/],
	['an infinite amount', { amount: Number.POSITIVE_INFINITY }, /more than a year/],
	['more than a year', { amount: 400, unit: 'days' }, /400 days is more than a year away/],
	['an unknown unit', { unit: 'fortnights' }, /The deadline’s “Unit” is "fortnights".*minutes, hours, days/s],
	['an unknown kind', { kind: 'never' }, /“Deadline” is "never".*afterTime, atTime/s],
	[
		'a time in the past',
		{ kind: 'atTime', at: '2030-01-31T12:59:00' },
		/2030-01-31T11:59:00.000Z is in the past.*Europe\/Berlin/s,
	],
	['the current time', { kind: 'atTime', at: '2030-01-31T12:00:00Z' }, /is in the past/],
	['an empty time', { kind: 'atTime', at: '' }, /“Wait Until” is empty/],
	['an undefined time', { kind: 'atTime', at: undefined }, /“Wait Until” is empty/],
	['a word as time', { kind: 'atTime', at: 'tomorrow' }, /“tomorrow”, which isn’t a valid date and time/],
	['a bare number as time', { kind: 'atTime', at: '2031' }, /“2031”, which isn’t a valid date and time/],
	[
		'a date with two meanings',
		{ kind: 'atTime', at: '03/04/2030' },
		/“03\/04\/2030”, which could be March 4 or April 3/,
	],
	['a time more than a year away', { kind: 'atTime', at: '2031-02-28' }, /more than a year away/],
])('rejects %s and says that nothing was submitted', (_what, fields, pattern) => {
	expect(errorText(fields)).toMatch(pattern);
	expect(errorText(fields)).toContain('Nothing was submitted');
});

it('returns the latest of several deadlines', () => {
	const point = new Date(NOW + 3 * HOUR);
	expect(latest([{ afterMs: HOUR }, { at: point }], NOW)).toEqual(point);
	expect(latest([{ afterMs: 5 * HOUR }, { at: point }], NOW)).toEqual(new Date(NOW + 5 * HOUR));
});
