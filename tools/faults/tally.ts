import type { DeliveryRecord, Job } from '../../sandbox';
import type { Row } from './crm';
import type { Observations } from './observations';
import type { Service } from './services';

/** The outcomes of the jobs of one service, or of all services. */
export interface Tally {
	name: string;
	/** Recordings that were sent to n8n. */
	sent: number;
	/** Recordings that never became a job, because n8n was killed before Submit's request. n8n shows these executions as crashed. */
	notSubmitted: number;
	jobs: number;
	/** Jobs beyond the first for the same recording. */
	repeated: number;
	arrived: number;
	byRecovery: number;
	missing: number;
	/** Jobs that can't be recovered, because their ID is only in n8n's log: n8n was killed before the ID was kept, and the callback was lost, too. */
	onlyLogged: number;
	/** Jobs whose ID isn't in any list, any Data Table, or n8n's log. */
	idsLost: number;
	/** Requests with a transcript that the CRM already had. */
	duplicateDeliveries: number;
	/** Requests whose sender was killed before the CRM stored the transcript. */
	cutOff: number;
	/** Recordings that are in the CRM more than once. */
	duplicateRows: number;
	/** Rows without text, without the recording's name, or with a different recording's name. */
	wrong: number;
	forged: number;
	forgedAccepted: number;
	/** Seconds from the end of a job until its transcript was in the CRM. */
	median: number;
	last: number;
}

/** Returns the event ID of a completed job. */
export const eventIdOf = ({ provider, id }: Pick<Job, 'provider' | 'id'>) => `${provider}:${id}:completed`;
const recordingIn = ({ url }: DeliveryRecord) => new URL(url).searchParams.get('recording') ?? undefined;

/** Counts the outcomes for one service. */
export function tallyOf(service: Service, observations: Observations): Tally {
	const {
		jobs: all,
		deliveries: allDeliveries,
		rows,
		attempts,
		recordings,
		forgedPosts,
		downloads,
		keptIds,
		loggedIds,
	} = observations;
	const jobs = all.filter((job) => service.owns(job));
	const byEvent = new Map(jobs.map((job) => [eventIdOf(job), job]));
	const ids = new Set(jobs.map(({ id }) => id));
	const deliveries = allDeliveries.filter(({ jobId }) => ids.has(jobId));
	const ours = recordings.filter(({ service: name }) => name === service.name);

	// A callback URL contains the recording's name. A callback may still be waiting for an earlier one that is retried, and
	// some services have one URL for all jobs, so recordings that the service downloaded also count.
	const recordingOf = new Map(deliveries.map((delivery) => [delivery.jobId, recordingIn(delivery)] as const));
	const named = new Set([...recordingOf.values()].filter((recording) => recording !== undefined));
	const downloaded = ours.map(({ id }) => id).filter((id) => downloads.has(id));
	const submitted = named.size > 0 && service.source === 'file' ? named : new Set([...named, ...downloaded]);

	const arrived = [...rows.values()].filter(({ eventId }) => byEvent.has(eventId));
	const unknownRows = [...rows.values()].filter(
		({ eventId }) => eventId.startsWith(`${service.provider}:`) && !all.some((job) => eventIdOf(job) === eventId),
	);
	const open = jobs.filter((job) => job.status === 'completed' && !rows.has(eventIdOf(job)));
	const notKept = open.filter(({ id }) => service.recoverFrom === 'ids' && !keptIds.has(id));
	const lost = notKept.filter(({ id }) => !loggedIds.has(id));
	const forgeries = [
		...deliveries
			.filter(({ cause }) => cause === 'forgery')
			.flatMap(({ attempts: tries }) => tries.map(({ status }) => status)),
		...forgedPosts.filter((post) => post.service === service.name).map(({ status }) => status),
	].filter((status) => status !== null);
	const delays = arrived
		.map(({ eventId, at }) => (at - (byEvent.get(eventId)?.finishedAt?.getTime() ?? at)) / 1000)
		.sort((a, b) => a - b);
	const attemptsWith = (outcome: string) =>
		attempts.filter((attempt) => byEvent.has(attempt.eventId) && attempt.outcome === outcome).length;

	return {
		name: service.name,
		sent: ours.length,
		notSubmitted: ours.length - submitted.size,
		jobs: jobs.length,
		repeated: jobs.length - submitted.size,
		arrived: arrived.length,
		byRecovery: arrived.filter(({ via }) => via === 'recovery').length,
		missing: open.length - notKept.length,
		onlyLogged: notKept.length - lost.length,
		idsLost: lost.length,
		duplicateDeliveries: attemptsWith('refused'),
		cutOff: attemptsWith('cutOff'),
		duplicateRows: arrived.length - new Set(arrived.map(({ recording }) => recording)).size,
		wrong: arrived.filter((row) => isWrong(row, recordingOf.get(byEvent.get(row.eventId)?.id ?? ''), submitted)).length,
		forged: forgeries.length + unknownRows.length,
		forgedAccepted: forgeries.filter((status) => status < 300).length + unknownRows.length,
		median: delays[Math.floor(delays.length / 2)] ?? 0,
		last: delays.at(-1) ?? 0,
	};
}

function isWrong({ text, recording }: Row, expected: string | undefined, submitted: ReadonlySet<string>): boolean {
	if (!text || recording === undefined) return true;
	return expected === undefined ? !submitted.has(recording) : recording !== expected;
}

/** Returns the totals for all services. Times are maximums. */
export function sumOf(tallies: readonly Tally[]): Tally {
	const sum = { ...(tallies[0] as Tally), name: 'All' };
	for (const tally of tallies.slice(1)) {
		for (const key of Object.keys(tally) as Array<keyof Tally>) {
			if (key === 'name') continue;
			sum[key] = key === 'median' || key === 'last' ? Math.max(sum[key], tally[key]) : sum[key] + tally[key];
		}
	}
	return sum;
}

/** Returns the reasons why the campaign failed. */
export function tallyProblems(sum: Tally): string[] {
	const problems = [
		sum.jobs === 0 && 'no job was submitted',
		sum.missing > 0 && `${sum.missing} transcripts are missing`,
		sum.idsLost > 0 && `${sum.idsLost} job IDs were lost`,
		sum.forgedAccepted > 0 && `${sum.forgedAccepted} forged callbacks were accepted`,
		sum.repeated > 0 && `${sum.repeated} submits were repeated`,
		sum.duplicateDeliveries >= 0.001 * sum.jobs &&
			sum.duplicateDeliveries > 0 &&
			`${sum.duplicateDeliveries} transcripts were delivered to the CRM again, which is 0.1 % or more`,
		sum.duplicateRows > 0 && `${sum.duplicateRows} recordings are in the CRM twice`,
		sum.wrong > 0 && `${sum.wrong} transcripts have no text or the wrong metadata`,
	];
	return problems.filter((problem) => problem !== false);
}
