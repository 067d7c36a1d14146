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
		`“${name}” is ${JSON.stringify(value)}, which isn’t a valid date`,
		'Choose a date, or use an expression such as {{ $now.minus(1, "day") }} or a date such as 2026-01-31T09:00:00Z.',
	);
}

function parseDate(value: unknown, zone: string): Date | undefined {
	// A plain number could be seconds, milliseconds or a year.
	if (/^[\d.]+$/.test(String(value).trim())) return undefined;
	try {
		return tryToParseDateTime(value, zone).toJSDate();
	} catch {
		return undefined;
	}
}
