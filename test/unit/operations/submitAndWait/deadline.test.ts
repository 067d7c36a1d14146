import type { UserError } from '../../../../nodes/Transcription/core/userError';
import { type DeadlineFields, deadlineOf, latest } from '../../../../nodes/Transcription/operations/submitAndWait/deadline';
const NOW = Date.parse('2030-01-31T12:00:00Z');
const HOUR = 3_600_000;

const after = (amount: unknown, unit: unknown = 'hours') => deadlineOf({ kind: 'afterTime', amount, unit, at: '', timezone: 'UTC' }, NOW);
const at = (when: unknown, timezone = 'UTC') => deadlineOf({ kind: 'atTime', amount: 2, unit: 'hours', at: when, timezone }, NOW);

function complaint(fields: Partial<DeadlineFields>): string {
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
])('takes an amount of %s', (unit, ms) => {
	expect(after(3, unit)).toEqual({ afterMs: 3 * ms });
	expect(after(' 1.5 ', unit)).toEqual({ afterMs: 1.5 * ms });
});

it('takes a time without zone in that of the workflow, and one with a zone as it stands', () => {
	expect(at('2030-02-01T00:00:00', 'America/New_York')).toEqual({ at: new Date('2030-02-01T05:00:00Z') });
	expect(at('2030-02-01T00:00:00Z', 'America/New_York')).toEqual({ at: new Date('2030-02-01T00:00:00Z') });
	expect(at(new Date(NOW + HOUR))).toEqual({ at: new Date(NOW + HOUR) });
});

it.each([
	['zero', { amount: 0 }, /deadline is 0 hours.*such as 2 hours/s],
	['zero as text', { amount: '0' }, /deadline is 0 hours/],
	['a negative one', { amount: -3, unit: 'days' }, /deadline is -3 days/],
	['text', { amount: 'soon' }, /deadline is "soon", not a number/],
	['nothing', { amount: '' }, /deadline is empty, not a number/],
	['null', { amount: null }, /deadline is empty, not a number/],
	['infinity', { amount: Number.POSITIVE_INFINITY }, /more than a year/],
	['more than a year', { amount: 400, unit: 'days' }, /400 days is more than a year away/],
	['an unknown unit', { unit: 'fortnights' }, /unit of the deadline is "fortnights".*minutes, hours, days/s],
	['an unknown kind', { kind: 'never' }, /“Deadline” is "never".*afterTime, atTime/s],
	['a time in the past', { kind: 'atTime', at: '2030-01-31T12:59:00' }, /2030-01-31T11:59:00.000Z is in the past.*Europe\/Berlin/s],
	['this very moment', { kind: 'atTime', at: '2030-01-31T12:00:00Z' }, /is in the past/],
	['no time', { kind: 'atTime', at: '' }, /deadline is empty/],
	['no time at all', { kind: 'atTime', at: undefined }, /deadline is empty/],
	['a word for a time', { kind: 'atTime', at: 'tomorrow' }, /“tomorrow”, which is no date and time/],
	['a time after more than a year', { kind: 'atTime', at: '2031-02-28' }, /more than a year away/],
])('refuses %s, and says that nothing was submitted', (_what, fields, words) => {
	expect(complaint(fields)).toMatch(words);
	expect(complaint(fields)).toContain('Nothing was submitted');
});

it('waits until the latest of several', () => {
	const point = new Date(NOW + 3 * HOUR);
	expect(latest([{ afterMs: HOUR }, { at: point }], NOW)).toEqual(point);
	expect(latest([{ afterMs: 5 * HOUR }, { at: point }], NOW)).toEqual(new Date(NOW + 5 * HOUR));
});
