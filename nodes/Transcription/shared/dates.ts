import { userError } from '../core/userError';
import { type IExecuteFunctions, tryToParseDateTime } from 'n8n-workflow';

/**
 * Reads a date field. A date without a time zone is in the workflow's time zone.
 * @param name display name of the field, for the error message
 * @returns undefined if the field is empty
 * @throws UserError
 */
export function readDate(context: IExecuteFunctions, value: unknown, name: string): Date | undefined {
	if (value === undefined || value === null || String(value).trim() === '') return undefined;
	const date = parseDate(value, context.getTimezone());
	if (date) return date;
	throw userError(
		`“${name}” is ${JSON.stringify(value)}, which ${meaningsOf(value) ?? 'isn’t a valid date'}`,
		'Choose a date, or use an expression such as {{ $now.minus(1, "day") }} or a date such as 2026-01-31T09:00:00Z.',
	);
}

/**
 * @param zone IANA name of the time zone for dates that don't specify one
 * @returns undefined if the value isn't a date, or if it is ambiguous, see {@link meaningsOf}
 */
export function parseDate(value: unknown, zone: string): Date | undefined {
	if (typeof value === 'object') return n8nDate(value, zone);
	const text = String(value).trim();
	// A plain number could be seconds, milliseconds, or a year.
	if (/^\d+(\.\d+)?$/.test(text) || meaningsOf(text) !== undefined) return undefined;
	const date = n8nDate(text, zone);
	if (date && (ZONE.test(text) || dependsOnZone(text))) return date;
	return localDate(text, zone);
}

const NUMERIC = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/;

/**
 * Describes both readings of an ambiguous date such as 03/04/2026: “could be March 4 or April 3”. Returns undefined for
 * any other date.
 */
export function meaningsOf(value: unknown): string | undefined {
	const [, first = '', , second = ''] = NUMERIC.exec(String(value).trim()) ?? [];
	const [a, b] = [Number(first), Number(second)];
	if (a === b || a < 1 || b < 1 || a > 12 || b > 12) return undefined;
	const format = new Intl.DateTimeFormat('en-US', { month: 'long', timeZone: 'UTC' });
	const month = (number: number) => format.format(Date.UTC(2000, number - 1));
	return `could be ${month(a)} ${b} or ${month(b)} ${a}`;
}

/** The time zone at the end of a date: `Z`, `+01:00`, `GMT+0100 (Central European Time)`, or an abbreviation. */
const ZONE =
	/(?:\dZ|(?::\d\d(?:\.\d+)?|T\d\d)(?: ?[AP]M)? ?(?:GMT|UTC)?[+-]\d\d(?::?\d\d)?|\b(?:Z|GMT|UTC?|[ECMP][SD]T))(?: \([^)]*\))?$/i;

/**
 * Reads a date in a nonstandard format, such as 11/28/2026 or Nov 28, 2026. n8n would read it in the server's time
 * zone.
 */
function localDate(text: string, zone: string): Date | undefined {
	const [start = '', first = '', , second = '', year = ''] = NUMERIC.exec(text) ?? [];
	const isDayFirst = Number(first) > 12 && year.length === 4;
	const [month, day] = isDayFirst ? [second, first] : [first, second];
	const monthFirst = start === '' ? text : `${month}/${day}/${year}${text.slice(start.length)}`;
	// Without a year, JavaScript assumes 2001.
	if (start === '' && !/\d{4}/.test(text)) return undefined;
	const local = Date.parse(`${monthFirst} UTC`);
	if (Number.isNaN(local)) return undefined;
	// JavaScript reads February 31 as March 3.
	const days = day === '' ? (text.replace(/^\d{4}\D\d+\D/, '').match(/\d+/g) ?? []) : [day];
	return days.map(Number).includes(new Date(local).getUTCDate())
		? n8nDate(new Date(local).toISOString().slice(0, -1), zone)
		: undefined;
}

function n8nDate(value: unknown, zone: string): Date | undefined {
	try {
		return tryToParseDateTime(value, zone).toJSDate();
	} catch {
		return undefined;
	}
}

/** Whether n8n interprets a date in the given time zone, as it does for ISO 8601 dates, rather than in the server's. */
function dependsOnZone(text: string): boolean {
	return n8nDate(text, 'Etc/GMT+12')?.getTime() !== n8nDate(text, 'Etc/GMT-12')?.getTime();
}
