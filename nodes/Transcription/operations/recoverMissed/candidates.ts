import { type UserError, userError } from '../../core/userError';
import type { IExecuteFunctions } from 'n8n-workflow';
import { parseJson } from '../../core/json';
import { type FetchedJob } from '../../providers/provider';
import { eventIdOf, isFinal } from '../../transcript/model';
import { type CallbackData, originOf } from '../../shared/jobOutput';
import { canList, listJobs } from '../../shared/listJobs';
import type { Session } from '../../shared/session';
import { type EndStatus, type RecoverSettings, readSince } from './settings';
import type { WaitingExecutions } from './waitingExecutions';

/** A job that may have been missed. */
export interface Candidate {
	id: string;
	itemIndex: number;
	/** Those with which it may have ended. */
	eventIds: string[];
	carried: CallbackData;
	/** The callback URL it was submitted with, if the service's list has it. */
	callbackUrl?: string;
}

/** An input item, or a job, that could not be dealt with. */
export interface Failure {
	itemIndex: number;
	/** Empty where the item has none. */
	id: string;
	error: unknown;
}

/** The service's clock and ours may differ by as much. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;
/** Lists are in the order of beginnings: a job may have begun so much before it finished. */
const LONGEST_JOB_MS = 24 * 3_600_000;

/**
 * What finished since the given time by the service's list, the oldest first; without jobs that the list itself says to
 * belong elsewhere.
 * @param executions if jobs of crashed executions are wanted
 * @throws InputError where there is no list; ServiceRefusal
 */
export async function candidatesFromList(
	context: IExecuteFunctions,
	session: Session,
	{ events }: RecoverSettings,
	executions: WaitingExecutions | undefined,
): Promise<Candidate[]> {
	assertListed(session);
	const since = readSince(context) - CLOCK_TOLERANCE_MS;
	const status = events.length === 1 ? events[0] : undefined;
	const filter = { createdAfter: new Date(since - LONGEST_JOB_MS), ...(status && { status }) };
	const found = new Map<string, FetchedJob>();
	for await (const job of listJobs(session, filter)) {
		const wanted = isFinal(job.transcript.status) && events.includes(job.transcript.status as EndStatus);
		const isElsewhere = originOf(context, session.provider, job) === 'elsewhere' && !executions?.find(job.callbackUrl);
		if (wanted && endedSince(job, since) && !isElsewhere) {
			found.set(job.transcript.id, job);
		}
	}
	return [...found.values()]
		.sort((a, b) => endOf(a) - endOf(b))
		.map(({ transcript: { id, status }, callbackUrl }) => ({
			id,
			itemIndex: 0,
			eventIds: [eventIdOf(session.provider.name, id, status)],
			carried: {},
			...(callbackUrl !== undefined && { callbackUrl }),
		}));
}

function assertListed(session: Session): void {
	if (canList(session)) return;
	const { provider, connection } = session;
	const why = provider.listing?.unavailable?.(connection.settings);
	throw userError(
		why?.message ?? `${provider.displayName} has no list of jobs, and no IDs were handed in`,
		`Choose From: IDs of Input Items, and hand in the IDs that Submit put out: keep them in an n8n Data Table and read them there.${why ? ` ${why.description}` : ''}`,
	);
}

/** Where nothing tells the end, it may be as late as any job's: what was handled is known, what is left out is lost. */
function endedSince(job: FetchedJob, since: number): boolean {
	const ended = timeIn(job.transcript.completedAt);
	if (ended !== undefined) return ended >= since;
	const created = createdAt(job);
	return created === undefined || created >= since - LONGEST_JOB_MS;
}

const endOf = (job: FetchedJob) => timeIn(job.transcript.completedAt) ?? createdAt(job) ?? 0;
const createdAt = ({ transcript }: FetchedJob) => timeIn(transcript.createdAt);

function timeIn(date: string | undefined): number | undefined {
	const time = Date.parse(date ?? '');
	return Number.isNaN(time) ? undefined : time;
}

/** The jobs whose IDs stand in the input items, each once, and the items in which none can be found. */
export function candidatesFromItems(
	context: IExecuteFunctions,
	{ provider }: Session,
	{ events }: RecoverSettings,
): { candidates: Candidate[]; failures: Failure[] } {
	const candidates = new Map<string, Candidate>();
	const failures: Failure[] = [];
	for (const itemIndex of context.getInputData().keys()) {
		let id = '';
		try {
			id = String(context.getNodeParameter('transcriptId', itemIndex, '') ?? '').trim();
			if (id === '') throw withoutId(provider.displayName, itemIndex);
			if (candidates.has(id)) continue;
			const carried = provider.echoesCallbackUrl ? {} : keptMetadata(context, itemIndex);
			// One that ended otherwise was not missed, and is not wanted.
			const eventIds = events.map((event) => eventIdOf(provider.name, id, event));
			candidates.set(id, { id, itemIndex, eventIds, carried });
		} catch (error) {
			failures.push({ itemIndex, id, error });
		}
	}
	return { candidates: [...candidates.values()], failures };
}

function withoutId(service: string, itemIndex: number): UserError {
	return userError(
		`Item ${itemIndex} has no Transcript ID`,
		`Hand in what Submit put out as “id” for ${service}, for example from an n8n Data Table, and check the expression in “Transcript ID”.`,
	);
}

/**
 * What travelled in the callback that was lost, from where the user kept it: the option Metadata, else the item as Submit
 * put it out.
 * @throws InputError for metadata that cannot be read
 */
export function keptMetadata(context: IExecuteFunctions, itemIndex: number): CallbackData {
	const kept = context.getInputData()[itemIndex]?.json ?? {};
	// n8n throws where an option is absent and what stands for it is undefined.
	const metadata = readKeptMetadata(context.getNodeParameter('options.metadata', itemIndex, kept.metadata ?? ''), itemIndex);
	return {
		...(metadata && Object.keys(metadata).length > 0 && { metadata }),
		...(typeof kept.ref === 'string' && kept.ref !== '' && { ref: kept.ref }),
	};
}

function readKeptMetadata(given: unknown, itemIndex: number): Record<string, string> | undefined {
	if (given === undefined || given === null || (typeof given === 'string' && given.trim() === '')) return undefined;
	const object = typeof given === 'string' ? parseJson(given) : given;
	if (object === null) return undefined;
	if (typeof object !== 'object' || Array.isArray(object)) {
		throw userError(
			`“Metadata” of item ${itemIndex} is no object`,
			'Give the object that Submit put out as “metadata”, or its JSON text, such as {"contactId":"4711"}.',
		);
	}
	// As in a callback URL, where everything is text.
	const texts = Object.entries(object).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)] as const);
	return Object.fromEntries(texts.filter(([, value]) => value !== undefined && value !== 'null'));
}
