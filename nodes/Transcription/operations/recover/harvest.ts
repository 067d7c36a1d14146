import type { IExecuteFunctions } from 'n8n-workflow';
import { ServiceRefusal } from '../../http/refusal';
import { isFinal } from '../../transcript/model';
import { type JobOutcome, jobOutcome, originOf } from '../jobOutcome';
import type { Session } from '../session';
import type { Candidate, Failure } from './candidates';
import type { EndStatus, RecoverSettings } from './settings';

/** What became of the candidates. */
export interface Harvest {
	/** To be recorded and handed on. */
	taken: Array<{ candidate: Candidate; outcome: JobOutcome }>;
	failures: Failure[];
	/** IDs of jobs that were submitted for another place. */
	foreign: string[];
	/** Jobs of the list that do not say for which place they were submitted. */
	unclaimed: string[];
	/** Not there (yet), by a service that hides jobs until they have ended. */
	hidden: Candidate[];
	/** How many were not looked at. */
	left: number;
}

/** Where so many jobs in a row cannot be fetched, the trouble is not theirs: the rest waits for the next run. */
const MOST_FAILURES_IN_A_ROW = 20;

/**
 * Fetches the candidates one by one, and nothing else: what cannot be fetched stops nobody.
 * @param isListed whether they come from the service's list, and not from the user
 * @param isOpen whether a candidate still is one: another delivery may have been handled, and its transcript deleted
 */
export async function harvest(
	context: IExecuteFunctions,
	session: Session,
	candidates: readonly Candidate[],
	settings: RecoverSettings,
	isListed: boolean,
	isOpen: (candidate: Candidate) => Promise<boolean>,
): Promise<Harvest> {
	const result: Harvest = { taken: [], failures: [], foreign: [], unclaimed: [], hidden: [], left: 0 };
	let inARow = 0;
	for (const [index, candidate] of candidates.entries()) {
		if (result.taken.length === settings.most || inARow === MOST_FAILURES_IN_A_ROW) {
			result.left = candidates.length - index;
			break;
		}
		try {
			await look(context, session, candidate, settings, isListed, result);
			inARow = 0;
		} catch (error) {
			if (!(await isOpen(candidate))) continue;
			result.failures.push({ ...candidate, error });
			inARow++;
		}
	}
	return result;
}

async function look(
	context: IExecuteFunctions,
	session: Session,
	candidate: Candidate,
	{ events, wholeAccount }: RecoverSettings,
	isListed: boolean,
	result: Harvest,
): Promise<void> {
	const { provider, api } = session;
	const job = await provider.fetchJob(api, candidate.id).catch((error: unknown) => {
		if (provider.hidesUnfinished && error instanceof ServiceRefusal && error.gone) return undefined;
		throw error;
	});
	if (!job) {
		result.hidden.push(candidate);
		return;
	}
	const { status } = job.transcript;
	const origin = originOf(context, provider, job);
	// A service that names every callback URL, but none for this job: it was submitted without.
	const isForeign = origin === 'elsewhere' || (isListed && origin === 'unknown' && provider.echoesCallbackUrl);
	if (isForeign) {
		result.foreign.push(candidate.id);
	} else if (isFinal(status) && events.includes(status as EndStatus)) {
		if (isListed && origin === 'unknown' && !wholeAccount) result.unclaimed.push(candidate.id);
		else result.taken.push({ candidate, outcome: await jobOutcome(context, candidate.itemIndex, session, job, candidate.carried) });
	}
}
