import { UserError, userError } from '../../core/userError';
import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import { type Provider } from '../../providers/provider';
import { REMEMBERED_EVENTS } from '../../deduplication';
import { toNodeError } from '../../shared/errors';
import type { Failure } from './candidates';
import type { MissedJobs } from './fetchMissed';
import { readSince } from './settings';

/** Maximum number of jobs listed in a message. */
const MAX_LISTED = 10;

/**
 * Reports everything the user needs to know besides the items, as execution hints and in n8n's log.
 * @param problem why n8n didn't report execution statuses
 */
export function reportMissed(
	context: IExecuteFunctions,
	{ displayName }: Provider,
	missed: MissedJobs,
	failures: readonly Failure[],
	isListed: boolean,
	problem = '',
): void {
	const { fetched, foreign, unattributed, hidden, withoutExecution, withoutStatus, remaining } = missed;
	if (failures.length > 0) {
		const reasons = failures.map((failure) => `${nameOf(failure)}: ${messageOf(failure.error)}`);
		hint(
			context,
			'warning',
			`${jobs(failures.length)} couldn’t be recovered and will be retried in the next run. ${listed(reasons, '; ')}`,
		);
	}
	if (unattributed.length > 0) {
		hint(
			context,
			'warning',
			`Skipped ${jobs(unattributed.length)}, because ${displayName} doesn’t report which workflow they were submitted for: ${listed(unattributed)}. Provide the IDs of this workflow’s jobs (From: IDs of Input Items), or, if nothing else uses this account, add the “Include Unattributed Jobs” option.`,
		);
	}
	const uncertain = withoutExecution.length + withoutStatus.length;
	if (uncertain > 0) {
		const reasons = [
			withoutExecution.length > 0
				? `n8n no longer has the execution that submitted ${listed(withoutExecution)} (it was pruned, deleted, or succeeded without being saved). If a transcript is missing, fetch it by its ID.`
				: [],
			withoutStatus.length > 0
				? `n8n couldn’t be reached at its own address (${problem}) to check the execution that submitted ${listed(withoutStatus)}. The next run tries again. n8n must be able to reach its own WEBHOOK_URL, including the path /form-waiting/.`
				: [],
		].flat();
		hint(
			context,
			'warning',
			`Skipped ${jobs(uncertain)} from Submit and Wait, because it’s unknown whether the execution crashed: ${reasons.join(' ')}`,
		);
	}
	const crashed = fetched.flatMap(({ candidate: { id }, crashedExecution }) =>
		crashedExecution === undefined ? [] : `${id} (execution ${crashedExecution})`,
	);
	if (crashed.length > 0)
		hint(context, 'info', `Recovered ${jobs(crashed.length)} from crashed executions: ${listed(crashed)}.`);
	// The service's list is expected to contain other triggers' jobs.
	if (!isListed && foreign.length > 0) {
		hint(
			context,
			'info',
			`Skipped ${jobs(foreign.length)}, because ${displayName} reports a different callback URL than this workflow’s trigger: ${listed(foreign)}. Fetch them with Get, or recover them in the workflow they were submitted for.`,
		);
	}
	if (hidden.length > 0) {
		hint(
			context,
			'info',
			`${displayName} didn’t find ${jobs(hidden.length)} (unfinished, failed, deleted, or in another account): ${listed(hidden.map(nameOf))}.`,
		);
	}
	if (remaining > 0) {
		const reason =
			fetched.length > 0
				? `this run reached its limit of ${fetched.length} (Max Transcripts)`
				: 'too many consecutive jobs couldn’t be fetched';
		const manualNote =
			context.getMode() === 'manual'
				? ' Manual executions don’t record anything, so the next one starts with the same jobs. To recover the rest, publish the workflow and let its schedule run.'
				: '';
		hint(context, 'info', `${jobs(remaining)} left for the next run: ${reason}.${manualNote}`);
	}
}

/**
 * Reports that a run returns nothing, since the output panel would otherwise only be empty.
 * @param checkedCount number of jobs, see `Candidates`
 */
export function reportNothing(
	context: IExecuteFunctions,
	{ displayName }: Provider,
	checkedCount: number,
	isListed: boolean,
): void {
	const checkedJobs = isListed
		? `${displayName} lists ${jobs(checkedCount)} ${periodOf(context)}.`
		: `Checked ${jobs(checkedCount)} from the input items.`;
	hint(
		context,
		'info',
		`Nothing was recovered. ${checkedJobs} Jobs that are still running, were submitted elsewhere, or already arrived at this workflow’s trigger aren’t returned.`,
	);
}

/** Returns the period in which jobs are looked for, in the workflow's time zone. */
function periodOf(context: IExecuteFunctions): string {
	const format = new Intl.DateTimeFormat('en-US', {
		dateStyle: 'medium',
		timeStyle: 'short',
		timeZone: context.getTimezone(),
	});
	return `from ${format.format(readSince(context))} (Since) to ${format.format(new Date())}`;
}

/**
 * Warns if there are more jobs than n8n remembers: it drops old deduplication records, so jobs that were received long
 * ago would be returned again.
 */
export function warnIfTooMany(context: IExecuteFunctions, count: number, isListed: boolean): void {
	if (count <= REMEMBERED_EVENTS) return;
	const remedy = isListed
		? 'choose a later “Since”'
		: 'only provide the latest IDs, for example by adding a condition on createdAt in the Data Table node';
	hint(
		context,
		'warning',
		`This run checks ${count} jobs, but n8n is only guaranteed to remember ${REMEMBERED_EVENTS} received events. Older jobs may be returned again. To avoid this, ${remedy}.`,
	);
}

function hint(context: IExecuteFunctions, type: NonNullable<NodeExecutionHint['type']>, message: string): void {
	context.logger[type === 'warning' ? 'warn' : 'info'](
		`“${context.getNode().name}” (workflow ${context.getWorkflow().id}): ${message}`,
	);
	context.addExecutionHints({ message, type, location: 'outputPane' });
}

const jobs = (count: number) => (count === 1 ? '1 job' : `${count} jobs`);
const nameOf = ({ id, itemIndex }: { id: string; itemIndex: number }) =>
	id === '' ? `item ${itemIndex}` : `${id.slice(0, 128)} (item ${itemIndex})`;
const messageOf = (error: unknown) => (error as Error).message;

function listed(names: readonly string[], separator = ', '): string {
	const more = names.length > MAX_LISTED ? `${separator}and ${names.length - MAX_LISTED} more` : '';
	return names.slice(0, MAX_LISTED).join(separator) + more;
}

/** Returns a failure's error, with the item and the job ID in its text. */
export function toItemError(
	context: IExecuteFunctions,
	{ error, id, itemIndex }: Failure,
): ReturnType<typeof toNodeError> {
	const { message = '', description = '' } = error instanceof UserError ? error.explanation : {};
	const containsId = id === '' || `${message} ${description}`.includes(id);
	const errorWithId =
		error instanceof UserError && !containsId ? error.withNote(`(Transcript ID ${id.slice(0, 128)})`) : error;
	return toNodeError(context.getNode(), errorWithId, itemIndex);
}

/** Returns the error to throw if nothing could be fetched. */
export function toNodeFailure(
	context: IExecuteFunctions,
	failures: readonly Failure[],
): ReturnType<typeof toNodeError> {
	const [first, ...others] = failures as [Failure, ...Failure[]];
	const error = toItemError(context, first);
	if (others.length > 0)
		error.description = `${error.description ?? ''} Also not recovered: ${listed(others.map(nameOf))}.`.trim();
	return error;
}

/** @throws UserError for an unknown value of From */
export function assertKnownSource(from: string): void {
	if (from === 'list' || from === 'ids') return;
	throw userError(
		`“From” is “${from.slice(0, 60)}”, which isn’t a valid option`,
		'Choose from the list, or use an expression that returns one of: list, ids.',
	);
}
