import { UserError, userError } from '../../core/userError';
import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import { type Provider } from '../../providers/provider';
import { REMEMBERED_EVENTS } from '../../deduplication';
import { toNodeError } from '../../shared/errors';
import type { Failure } from './candidates';
import type { MissedJobs } from './fetchMissed';

/** How many jobs a message names. */
const MOST_NAMED = 10;

/**
 * What whoever looks at the execution, or at n8n's log, has to know beside the items.
 * @param trouble why n8n couldn't be asked about executions
 */
export function reportFindings(
	context: IExecuteFunctions,
	{ displayName }: Provider,
	found: MissedJobs,
	failures: readonly Failure[],
	isListed: boolean,
	trouble = '',
): void {
	const { taken, foreign, unclaimed, hidden, withoutExecution, unanswered, left } = found;
	if (failures.length > 0) {
		const reasons = failures.map((failure) => `${nameOf(failure)}: ${messageOf(failure.error)}`);
		hint(context, 'warning', `${jobs(failures.length)} could not be brought back and will be tried again with the next run. ${named(reasons, '; ')}`);
	}
	if (unclaimed.length > 0) {
		hint(
			context,
			'warning',
			`${jobs(unclaimed.length)} of ${displayName} left out, since nothing says for which workflow they were submitted: ${named(unclaimed)}. Hand in the IDs of this workflow’s jobs (From: IDs of Input Items), or, if nothing else uses this account, add the option “Include Unattributed Jobs”.`,
		);
	}
	const uncertain = withoutExecution.length + unanswered.length;
	if (uncertain > 0) {
		const reasons = [
			withoutExecution.length > 0 ? `n8n no longer has the execution (pruned, deleted, or successful and not saved) of ${named(withoutExecution)}. If a transcript is missing, get it by this ID.` : [],
			unanswered.length > 0 ? `n8n couldn’t be asked at its own address (${trouble}) about the execution of ${named(unanswered)}. The next run asks again. n8n must reach its own WEBHOOK_URL, including the path /form-waiting/.` : [],
		].flat();
		hint(context, 'warning', `${jobs(uncertain)} of Submit and Wait left out, since it’s unknown whether the execution crashed: ${reasons.join(' ')}`);
	}
	const crashed = taken.flatMap(({ candidate: { id }, crashedExecution }) => (crashedExecution === undefined ? [] : `${id} (execution ${crashedExecution})`));
	if (crashed.length > 0) hint(context, 'info', `${jobs(crashed.length)} of crashed executions brought back: ${named(crashed)}.`);
	// In a list they are nothing special.
	if (!isListed && foreign.length > 0) {
		hint(
			context,
			'info',
			`${jobs(foreign.length)} left out, since ${displayName} says that they were submitted for the trigger of another workflow: ${named(foreign)}. Fetch them with Get, or recover them in that workflow.`,
		);
	}
	if (hidden.length > 0) {
		hint(
			context,
			'info',
			`${displayName} does not have ${jobs(hidden.length)} (yet): not finished, failed, deleted, or of another account: ${named(hidden.map(nameOf))}.`,
		);
	}
	if (left > 0) {
		const why = taken.length > 0 ? `${taken.length} were taken, which is what one run takes (Max Transcripts)` : 'too many in a row could not be fetched';
		const byHand = context.getMode() === 'manual' ? ' A run by hand records nothing, so that the next one begins at the same place: publish the workflow, and let its schedule bring them.' : '';
		hint(context, 'info', `${jobs(left)} left for the next run: ${why}.${byHand}`);
	}
}

/** What was received long ago is forgotten, and would be brought back as if it had been missed. */
export function warnOfMany(context: IExecuteFunctions, count: number, isListed: boolean): void {
	if (count <= REMEMBERED_EVENTS) return;
	const less = isListed ? 'choose a later “Since”' : 'hand in the latest only: in the Data Table node add the condition that createdAt is later than some days ago';
	hint(
		context,
		'warning',
		`${count} jobs are to be looked at, but n8n’s record of what was received is only sure to hold ${REMEMBERED_EVENTS}. What it has forgotten comes again: ${less}.`,
	);
}

function hint(context: IExecuteFunctions, type: NonNullable<NodeExecutionHint['type']>, message: string): void {
	context.logger[type === 'warning' ? 'warn' : 'info'](`“${context.getNode().name}” (workflow ${context.getWorkflow().id}): ${message}`);
	context.addExecutionHints({ message, type, location: 'outputPane' });
}

const jobs = (count: number) => (count === 1 ? '1 job' : `${count} jobs`);
const nameOf = ({ id, itemIndex }: { id: string; itemIndex: number }) => (id === '' ? `item ${itemIndex}` : `${id.slice(0, 128)} (item ${itemIndex})`);
const messageOf = (error: unknown) => (error as Error).message;

function named(names: readonly string[], separator = ', '): string {
	const more = names.length > MOST_NAMED ? `${separator}and ${names.length - MOST_NAMED} more` : '';
	return names.slice(0, MOST_NAMED).join(separator) + more;
}

/** A failure in words, which name the item and the ID. */
export function toItemError(context: IExecuteFunctions, { error, id, itemIndex }: Failure): ReturnType<typeof toNodeError> {
	const { message = '', description = '' } = error instanceof UserError ? error.explanation : {};
	const isNamed = id === '' || `${message} ${description}`.includes(id);
	const named = error instanceof UserError && !isNamed ? error.withNote(`(Transcript ID ${id.slice(0, 128)})`) : error;
	return toNodeError(context.getNode(), named, itemIndex);
}

/** What ends the node where nothing could be fetched. */
export function toNodeFailure(context: IExecuteFunctions, failures: readonly Failure[]): ReturnType<typeof toNodeError> {
	const [first, ...others] = failures as [Failure, ...Failure[]];
	const error = toItemError(context, first);
	if (others.length > 0) error.description = `${error.description ?? ''} Not brought back either: ${named(others.map(nameOf))}.`.trim();
	return error;
}

/** @throws InputError for a source that no menu offers */
export function assertKnownSource(from: string): void {
	if (from === 'list' || from === 'ids') return;
	throw userError(`“From” is “${from.slice(0, 60)}”, which is no choice`, 'Choose from the list, or let the expression give list or ids.');
}
