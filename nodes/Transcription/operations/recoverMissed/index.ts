import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { PROVIDERS } from '../../providers';
import type { Provider } from '../../providers/provider';
import { recordForeign } from '../../deduplication';
import { mapConcurrently } from '../../shared/concurrency';
import { failedItem } from '../../shared/errors';
import { eventKeys } from '../../shared/eventKeys';
import type { Operation } from '../operation';
import { type Failure, candidatesFromItems, candidatesFromList } from './candidates';
import { recoverFields } from './fields';
import { receivedBefore, recordRecovered, withoutHandled } from './handled';
import { type FetchedCandidate, fetchMissed } from './fetchMissed';
import { toNodeFailure, assertKnownSource, reportMissed, reportNothing, toItemError, warnIfTooMany } from './report';
import { readSettings } from './settings';
import { WaitingExecutions } from './waitingExecutions';
import { openSession } from '../../shared/session';

/**
 * The trigger's safety net: returns jobs that finished but weren't handled by this workflow's trigger. Uses the same
 * output shape and deduplication records as the trigger.
 */
export const recoverMissed: Operation = {
	resource: 'transcript',
	option: {
		name: 'Recover Missed',
		value: 'recoverMissed',
		action: 'Recover missed transcripts',
		description: 'Return transcripts that finished but never arrived at the Transcription Trigger of this workflow',
	},
	fields: recoverFields(PROVIDERS),
	execute,
};

/**
 * Fetches all jobs, records them, cleans up, and returns them, in this order. If it fails before the jobs are recorded,
 * nothing is lost, because the next run fetches them again.
 */
async function execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]> {
	const session = await openSession(context, provider);
	const settings = readSettings(context);
	const from = context.getNodeParameter('from', 0, 'ids') as string;
	assertKnownSource(from);
	const isListed = from === 'list';
	const executions = isListed && settings.includeCrashedExecutions ? new WaitingExecutions(context) : undefined;
	const {
		candidates,
		checkedCount,
		failures: unreadable,
	} = isListed
		? await candidatesFromList(context, session, settings, executions)
		: candidatesFromItems(context, session, settings);
	warnIfTooMany(context, candidates.length, isListed);
	const open = await withoutHandled(context, candidates, settings, isListed);
	const before = await receivedBefore(context, open, settings);
	const missed = await fetchMissed(context, session, open, settings, isListed, executions, {
		isOpen: async (candidate) => (await withoutHandled(context, [candidate], settings, isListed)).length > 0,
		skip: async (ids) => await recordForeign(context, ids, settings.includeCrashedExecutions),
	});
	// n8n discards the output of a canceled execution, so these jobs must not be recorded as handled.
	context.getExecutionCancelSignal()?.throwIfAborted();
	const failures = [...unreadable, ...missed.failures];
	reportMissed(context, provider, missed, failures, isListed, executions?.problem);
	if (missed.fetched.length === 0 && failures.length > 0 && !context.continueOnFail())
		throw toNodeFailure(context, failures);

	const keysOf = ({ candidate, outcome }: FetchedCandidate) =>
		eventKeys(provider, outcome.eventId, candidate.callbackData.ref);
	const keys = missed.fetched.flatMap(keysOf);
	// Manual executions record nothing, so repeating one returns the same output.
	const claimed =
		context.getMode() === 'manual' ? new Set(keys) : await recordRecovered(context, keys, before, settings);
	const recovered = missed.fetched.filter((job) => keysOf(job).every((key) => claimed.has(key)));
	if (recovered.length === 0 && failures.length === 0) reportNothing(context, provider, checkedCount, isListed);
	await mapConcurrently(recovered, async ({ outcome }) => await outcome.cleanUp(), settings.concurrency);
	const items = recovered.map(({ candidate, outcome: { json, binary } }) => ({
		json,
		...(binary && { binary }),
		pairedItem: { item: candidate.itemIndex },
	}));
	return context.continueOnFail() ? [...items, ...failures.map((failure) => toFailedItem(context, failure))] : items;
}

function toFailedItem(context: IExecuteFunctions, failure: Failure): INodeExecutionData {
	return failedItem(toItemError(context, failure), failure.itemIndex);
}
