import { userError } from '../../core/userError';
import { tryToParseDateTime } from 'n8n-workflow';
import { readText } from '../../core/optionReaders';
/** When an execution goes on at the latest: a time after the last recording was submitted, or a point in time. */
export type Deadline = { afterMs: number } | { at: Date };

/** What Deadline and its fields say. Anything may stand there where expressions decide. */
export interface DeadlineFields {
	kind: unknown;
	amount: unknown;
	unit: unknown;
	at: unknown;
	/** IANA name, for times that name none. */
	timezone: string;
}

const UNITS_MS = new Map([
	['minutes', 60_000],
	['hours', 3_600_000],
	['days', 86_400_000],
]);

/** Services keep no job that long, and n8n would keep the execution all the while. */
const LONGEST_MS = 366 * 86_400_000;

/**
 * @param now Unix time in ms
 * @throws InputError
 */
export function deadlineOf(fields: DeadlineFields, now: number): Deadline {
	if (fields.kind === 'afterTime') return { afterMs: durationOf(fields) };
	if (fields.kind === 'atTime') return { at: pointInTime(fields, now) };
	throw userError(
		`“Deadline” is ${JSON.stringify(fields.kind)}, which is no choice`,
		'Choose from the list, or let the expression give one of: afterTime, atTime. Nothing was submitted.',
	);
}

/** The latest of several deadlines. @param now Unix time in ms */
export function latest(deadlines: readonly Deadline[], now: number): Date {
	return new Date(Math.max(...deadlines.map((deadline) => ('at' in deadline ? deadline.at.getTime() : now + deadline.afterMs))));
}

function durationOf({ amount, unit }: DeadlineFields): number {
	const unitMs = UNITS_MS.get(String(unit));
	if (unitMs === undefined) {
		throw userError(
			`The unit of the deadline is ${JSON.stringify(unit)}, which is no choice`,
			`Choose from the list, or let the expression give one of: ${[...UNITS_MS.keys()].join(', ')}. Nothing was submitted.`,
		);
	}
	// `Number` takes blanks and null for zero.
	const given = readText(amount);
	const ms = given === undefined ? Number.NaN : Number(given) * unitMs;
	if (Number.isNaN(ms)) {
		throw userError(
			`The deadline is ${given === undefined ? 'empty' : JSON.stringify(amount)}, not a number of ${String(unit)}`,
			'Enter how long to wait at most, such as 2 hours. Nothing was submitted.',
		);
	}
	if (ms <= 0) {
		throw userError(
			`The deadline is ${given} ${String(unit)}: it would be over before the service can answer`,
			'Enter how long to wait at most, such as 2 hours. Nothing was submitted.',
		);
	}
	if (ms > LONGEST_MS) throw tooFar(`${given} ${String(unit)}`);
	return ms;
}

function pointInTime({ at, timezone }: DeadlineFields, now: number): Date {
	const text = at instanceof Date ? at.toISOString() : (readText(at) ?? '');
	const date = text === '' ? undefined : dateIn(at, timezone);
	if (!date) {
		throw userError(
			text === '' ? 'The deadline is empty' : `The deadline is “${text.slice(0, 60)}”, which is no date and time`,
			'Enter a date and time, such as 2030-01-31T18:00. Nothing was submitted.',
		);
	}
	if (date.getTime() <= now) {
		throw userError(
			`The deadline ${date.toISOString()} is in the past`,
			`Enter a time to come. Times without a time zone are taken in that of the workflow, ${timezone}. Nothing was submitted.`,
		);
	}
	if (date.getTime() > now + LONGEST_MS) throw tooFar(date.toISOString());
	return date;
}

function dateIn(value: unknown, timezone: string): Date | undefined {
	try {
		return tryToParseDateTime(value, timezone).toJSDate();
	} catch {
		return undefined;
	}
}

function tooFar(given: string) {
	return userError(
		`The deadline ${given} is more than a year away`,
		'Enter one within a year. Services usually answer within minutes. Nothing was submitted.',
	);
}
