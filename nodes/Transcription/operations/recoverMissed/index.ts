import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { PROVIDERS } from '../../providers';
import type { Provider } from '../../providers/provider';
import { recordForeign } from '../../deduplication';
import { failedItem } from '../../shared/errors';
import type { Operation } from '../operation';
import { type Failure, candidatesFromItems, candidatesFromList } from './candidates';
import { recoverFields } from './fields';
import { receivedBefore, recordRecovered, withoutHandled } from './handled';
import { fetchMissed } from './fetchMissed';
import { toNodeFailure, assertKnownSource, reportFindings, toItemError, warnOfMany } from './report';
import { readSettings } from './settings';
import { WaitingExecutions } from './waitingExecutions';
import { openSession } from '../../shared/session';

/**
 * The safety net of the trigger: what finished at the service and was not handled by the trigger of this workflow, in the
 * same shape, noted in the same record.
 */
export const recoverMissed: Operation = {
	resource: 'transcript',
	option: {
		name: 'Recover Missed',
		value: 'recoverMissed',
		action: 'Recover missed transcripts',
		description: 'Bring back what finished but never arrived at the Transcription Trigger of this workflow',
	},
	fields: recoverFields(PROVIDERS),
	execute,
};

/**
 * Fetches all, then records all, then cleans up, then puts out: whatever ends it before the record loses nothing, and the
 * next run begins again.
 */
async function execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]> {
	const session = await openSession(context, provider);
	const settings = readSettings(context);
	const from = context.getNodeParameter('from', 0, 'ids') as string;
	assertKnownSource(from);
	const isListed = from === 'list';
	const executions = isListed && settings.includeCrashedExecutions ? new WaitingExecutions(context) : undefined;
	const { candidates, failures: unreadable } = isListed
		? { candidates: await candidatesFromList(context, session, settings, executions), failures: [] }
		: candidatesFromItems(context, session, settings);
	warnOfMany(context, candidates.length, isListed);
	const open = await withoutHandled(context, candidates, settings, isListed);
	const before = await receivedBefore(context, open, settings);
	const found = await fetchMissed(context, session, open, settings, isListed, executions, {
		isOpen: async (candidate) => (await withoutHandled(context, [candidate], settings, isListed)).length > 0,
		leaveOut: async (ids) => await recordForeign(context, ids, settings.includeCrashedExecutions),
	});
	// n8n throws away what a cancelled execution puts out: it must not pass for handled.
	context.getExecutionCancelSignal()?.throwIfAborted();
	const failures = [...unreadable, ...found.failures];
	reportFindings(context, provider, found, failures, isListed, executions?.trouble);
	if (found.taken.length === 0 && failures.length > 0 && !context.continueOnFail()) throw toNodeFailure(context, failures);

	const eventIds = found.taken.map(({ outcome }) => outcome.eventId);
	// A second identical test shows its output again.
	const mine = context.getMode() === 'manual' ? new Set(eventIds) : await recordRecovered(context, eventIds, before, settings);
	const handedOn = found.taken.filter(({ outcome }) => mine.has(outcome.eventId));
	for (const { outcome } of handedOn) await outcome.cleanUp();
	const items = handedOn.map(({ candidate, outcome: { json, binary } }) => ({
		json,
		...(binary && { binary }),
		pairedItem: { item: candidate.itemIndex },
	}));
	return context.continueOnFail() ? [...items, ...failures.map((failure) => asItem(context, failure))] : items;
}

function asItem(context: IExecuteFunctions, failure: Failure): INodeExecutionData {
	return failedItem(toItemError(context, failure), failure.itemIndex);
}
