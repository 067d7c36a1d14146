import { userError } from '../../core/userError';
import type { IExecuteFunctions } from 'n8n-workflow';
import { parseJson } from '../../core/json';
import { type FetchedJob } from '../../providers/provider';
import { eventIdOf, isFinal } from '../../transcript/model';
import { eventKeys } from '../../shared/eventKeys';
import { type CallbackData, originOf } from '../../shared/jobOutput';
import { readTranscriptId } from '../../shared/fields';
import { canList, listJobs } from '../../shared/listJobs';
import type { Session } from '../../shared/session';
import { type EndStatus, type RecoverSettings, readSince } from './settings';
import type { WaitingExecutions } from './waitingExecutions';

/** A job that may have been missed. */
export interface Candidate {
	id: string;
	itemIndex: number;
	/** The IDs of the events that may announce its end. */
	eventIds: string[];
	callbackData: CallbackData;
	/** The callback URL the job was submitted with, if the service's list includes it. */
	callbackUrl?: string;
}

/** An input item or a job that couldn't be processed. */
export interface Failure {
	itemIndex: number;
	/** Empty if the item has none. */
	id: string;
	error: unknown;
}

/** Maximum difference between the service's clock and ours. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;
/** Maximum time from a job's creation to its end. Needed because lists are ordered by creation time. */
const MAX_JOB_DURATION_MS = 24 * 3_600_000;

/** The candidates, and the number of jobs they were chosen from. */
export interface Candidates {
	candidates: Candidate[];
	/** Number of jobs checked: listed jobs from the period, or distinct IDs. */
	checkedCount: number;
	/** Input items that couldn't be read. */
	failures: Failure[];
}

/**
 * Returns the jobs in the service's list that have finished since the given time, oldest first. Omits jobs that the
 * list shows were submitted for a different trigger.
 * @param executions set to include jobs of crashed executions
 * @throws UserError if the service has no list; ServiceError
 */
export async function candidatesFromList(
	context: IExecuteFunctions,
	session: Session,
	{ events }: RecoverSettings,
	executions: WaitingExecutions | undefined,
): Promise<Candidates> {
	assertListed(session);
	const since = readSince(context) - CLOCK_TOLERANCE_MS;
	const status = events.length === 1 ? events[0] : undefined;
	const filter = { createdAfter: new Date(since - MAX_JOB_DURATION_MS), ...(status && { status }) };
	const found = new Map<string, FetchedJob>();
	const checked = new Set<string>();
	for await (const job of listJobs(session, filter)) {
		if (!endedSince(job, since)) continue;
		checked.add(job.transcript.id);
		const matchesEvents = isFinal(job.transcript.status) && events.includes(job.transcript.status as EndStatus);
		const isForeign = originOf(context, session.provider, job) === 'elsewhere' && !executions?.find(job.callbackUrl);
		if (matchesEvents && !isForeign) found.set(job.transcript.id, job);
	}
	const candidates = [...found.values()]
		.sort((a, b) => endOf(a) - endOf(b))
		.map(({ transcript: { id, status }, callbackUrl }) => ({
			id,
			itemIndex: 0,
			eventIds: [eventIdOf(session.provider.name, id, status)],
			callbackData: {},
			...(callbackUrl !== undefined && { callbackUrl }),
		}));
	return { candidates, checkedCount: checked.size, failures: [] };
}

function assertListed(session: Session): void {
	if (canList(session)) return;
	const { provider, connection } = session;
	const reason = provider.listing?.unavailable?.(connection.settings);
	throw userError(
		reason?.message ?? `${provider.displayName} can’t list jobs`,
		`Choose From: IDs of Input Items. Store the IDs that Submit returns in an n8n data table, and read them before this node.${reason ? ` ${reason.description}` : ''}`,
	);
}

/**
 * Whether a job has ended since the given time. If its end time is unknown, assumes that the job took as long as
 * possible. Jobs that were already handled are filtered out later, whereas an omitted job would be lost.
 */
function endedSince(job: FetchedJob, since: number): boolean {
	const ended = timeIn(job.transcript.completedAt);
	if (ended !== undefined) return ended >= since;
	const created = createdAt(job);
	return created === undefined || created >= since - MAX_JOB_DURATION_MS;
}

const endOf = (job: FetchedJob) => timeIn(job.transcript.completedAt) ?? createdAt(job) ?? 0;
const createdAt = ({ transcript }: FetchedJob) => timeIn(transcript.createdAt);

function timeIn(date: string | undefined): number | undefined {
	const time = Date.parse(date ?? '');
	return Number.isNaN(time) ? undefined : time;
}

/** Returns the distinct jobs whose IDs are in the input items, and the items without an ID. */
export function candidatesFromItems(
	context: IExecuteFunctions,
	{ provider }: Session,
	{ events }: RecoverSettings,
): Candidates {
	const candidates = new Map<string, Candidate>();
	const failures: Failure[] = [];
	for (const itemIndex of context.getInputData().keys()) {
		let id = '';
		try {
			id = readTranscriptId(context, itemIndex);
			if (candidates.has(id)) continue;
			const callbackData = provider.echoesCallbackUrl === true ? {} : readStoredCallbackData(context, itemIndex);
			const eventIds = events.flatMap((event) =>
				eventKeys(provider, eventIdOf(provider.name, id, event), callbackData.ref),
			);
			candidates.set(id, { id, itemIndex, eventIds, callbackData });
		} catch (error) {
			failures.push({ itemIndex, id, error });
		}
	}
	return { candidates: [...candidates.values()], checkedCount: candidates.size, failures };
}

/**
 * Restores the data from the lost callback. Reads it from the Metadata option or, if that isn't set, from the item,
 * which has the same fields as Submit's output.
 * @throws UserError if the metadata isn't valid
 */
export function readStoredCallbackData(context: IExecuteFunctions, itemIndex: number): CallbackData {
	const stored = context.getInputData()[itemIndex]?.json ?? {};
	// n8n throws if an option is absent and its fallback value is undefined.
	const metadata = readStoredMetadata(
		context.getNodeParameter('options.metadata', itemIndex, stored.metadata ?? ''),
		itemIndex,
	);
	return {
		...(metadata && Object.keys(metadata).length > 0 && { metadata }),
		...(typeof stored.ref === 'string' && stored.ref !== '' && { ref: stored.ref }),
	};
}

function readStoredMetadata(value: unknown, itemIndex: number): Record<string, string> | undefined {
	if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) return undefined;
	const object = typeof value === 'string' ? parseJson(value) : value;
	if (object === null) return undefined;
	if (typeof object !== 'object' || Array.isArray(object)) {
		throw userError(
			`“Metadata” in item ${itemIndex} isn’t an object`,
			'Use the “metadata” object that Submit returned, or the same object as a JSON string, such as {"contactId":"4711"}.',
		);
	}
	// All values are strings, as in a callback URL.
	const entries = Object.entries(object).map(
		([key, entry]) => [key, typeof entry === 'string' ? entry : JSON.stringify(entry)] as const,
	);
	return Object.fromEntries(entries.filter(([, text]) => text !== undefined && text !== 'null'));
}
