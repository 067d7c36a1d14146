import { userError } from '../core/userError';
import { type IExecuteFunctions, tryToParseDateTime } from 'n8n-workflow';

/**
 * A point in time that the user or an expression gave; undefined where it was left empty. Without a zone it is meant in
 * the time zone of the workflow.
 * @param name display name of the field, for the message
 * @throws InputError
 */
export function readDate(context: IExecuteFunctions, value: unknown, name: string): Date | undefined {
	if (value === undefined || value === null || String(value).trim() === '') return undefined;
	const date = parseDate(value, context.getTimezone());
	if (date) return date;
	throw userError(
		`“${name}” is ${JSON.stringify(value)}, which is no date`,
		'Pick a date, or let the expression give one such as {{ $now.minus(1, "day") }} or 2026-01-31T09:00:00Z.',
	);
}

function parseDate(value: unknown, zone: string): Date | undefined {
	// Bare numbers could be seconds, milliseconds or years.
	if (/^[\d.]+$/.test(String(value).trim())) return undefined;
	try {
		return tryToParseDateTime(value, zone).toJSDate();
	} catch {
		return undefined;
	}
}
