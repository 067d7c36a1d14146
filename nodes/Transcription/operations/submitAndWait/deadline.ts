import type { IExecuteFunctions } from 'n8n-workflow';
import { userError } from '../../core/userError';
import { readText } from '../../core/optionReaders';
import { meaningsOf, parseDate } from '../../shared/dates';

/** The latest time at which an execution resumes: relative to the last submit, or a point in time. */
export type Deadline = { afterMs: number } | { at: Date };

/** The values of Deadline and its fields. They are `unknown`, since expressions can return anything. */
export interface DeadlineFields {
	kind: unknown;
	amount: unknown;
	unit: unknown;
	at: unknown;
	/** IANA name of the time zone for times that don't specify one. */
	timezone: string;
}

const UNITS_MS = new Map([
	['minutes', 60_000],
	['hours', 3_600_000],
	['days', 86_400_000],
]);

/** No service keeps a job longer than this, and n8n would have to keep the execution just as long. */
const MAX_WAIT_MS = 366 * 86_400_000;

/** Reads the deadline of one item. @throws UserError */
export function readDeadline(context: IExecuteFunctions, itemIndex: number): Deadline {
	const fields = {
		kind: context.getNodeParameter('deadline', itemIndex, 'afterTime'),
		amount: context.getNodeParameter('deadlineAmount', itemIndex, 2),
		unit: context.getNodeParameter('deadlineUnit', itemIndex, 'hours'),
		at: context.getNodeParameter('deadlineAt', itemIndex, ''),
		timezone: context.getTimezone(),
	};
	const deadline = deadlineOf(fields, Date.now());
	assertTimeoutAfterDeadline(context, deadline);
	return deadline;
}

/**
 * Checks that the workflow's timeout is after the deadline. n8n measures the timeout from the start of the execution,
 * and cancels an execution that is still running, or resumes, after it.
 */
function assertTimeoutAfterDeadline(context: IExecuteFunctions, deadline: Deadline): void {
	const timeout = Number(context.getWorkflowSettings().executionTimeout ?? 0);
	const now = Date.now();
	if (!(timeout > 0) || latest([deadline], now).getTime() - now < timeout * 1000) return;
	throw userError(
		`This workflow’s timeout (${timeout} seconds) isn’t longer than the deadline, so n8n would cancel the execution instead of continuing it`,
		'Choose an earlier deadline, or increase or turn off “Timeout Workflow” in the workflow settings. Nothing was submitted.',
	);
}

/**
 * @param now Unix time in ms
 * @throws UserError
 */
export function deadlineOf(fields: DeadlineFields, now: number): Deadline {
	if (fields.kind === 'afterTime') return { afterMs: durationOf(fields) };
	if (fields.kind === 'atTime') return { at: pointInTime(fields, now) };
	throw userError(
		`“Deadline” is ${JSON.stringify(fields.kind)}, which isn’t a valid option`,
		'Choose from the list, or use an expression that returns one of: afterTime, atTime. Nothing was submitted.',
	);
}

/** Returns the latest of several deadlines. @param now Unix time in ms */
export function latest(deadlines: readonly Deadline[], now: number): Date {
	return new Date(
		Math.max(...deadlines.map((deadline) => ('at' in deadline ? deadline.at.getTime() : now + deadline.afterMs))),
	);
}

function durationOf({ amount, unit }: DeadlineFields): number {
	const unitMs = UNITS_MS.get(String(unit));
	if (unitMs === undefined) {
		throw userError(
			`The deadline’s “Unit” is ${JSON.stringify(unit)}, which isn’t a valid option`,
			`Choose from the list, or use an expression that returns one of: ${[...UNITS_MS.keys()].join(', ')}. Nothing was submitted.`,
		);
	}
	// `Number` converts blanks and null to zero.
	const amountText = readText(amount);
	const ms = amountText === undefined ? Number.NaN : Number(amountText) * unitMs;
	if (Number.isNaN(ms)) {
		throw userError(
			`“Wait at Most” must be a number of ${String(unit)}, but it’s ${amountText === undefined ? 'empty' : JSON.stringify(amount)}`,
			'Enter the maximum time to wait, such as 2 hours. Nothing was submitted.',
		);
	}
	if (ms <= 0) {
		throw userError(
			`“Wait at Most” is ${amountText} ${String(unit)}, so the deadline would pass before the provider can respond`,
			'Enter the maximum time to wait, such as 2 hours. Nothing was submitted.',
		);
	}
	if (ms > MAX_WAIT_MS) throw tooFarAway(`${amountText} ${String(unit)}`);
	return ms;
}

function pointInTime({ at, timezone }: DeadlineFields, now: number): Date {
	const text = at instanceof Date ? at.toISOString() : (readText(at) ?? '');
	const date = text === '' ? undefined : parseDate(at, timezone);
	if (!date) {
		throw userError(
			text === ''
				? '“Wait Until” is empty'
				: `“Wait Until” is “${text.slice(0, 60)}”, which ${meaningsOf(at) ?? 'isn’t a valid date and time'}`,
			'Enter a date and time, such as 2030-01-31T18:00. Nothing was submitted.',
		);
	}
	if (date.getTime() <= now) {
		throw userError(
			`The deadline ${date.toISOString()} is in the past`,
			`Enter a time in the future. Times without a time zone are in the workflow’s time zone, ${timezone}. Nothing was submitted.`,
		);
	}
	if (date.getTime() > now + MAX_WAIT_MS) throw tooFarAway(date.toISOString());
	return date;
}

function tooFarAway(deadline: string) {
	return userError(
		`The deadline ${deadline} is more than a year away`,
		'Enter a deadline within a year. Most providers respond within minutes. Nothing was submitted.',
	);
}
