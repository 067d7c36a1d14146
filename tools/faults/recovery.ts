import { setTimeout as sleep } from 'node:timers/promises';
import type { CampaignContext } from './context';
import { eventIdOf } from './tally';
import { LONGEST_GRACE_MS, type Pipeline } from './workflow';

const PAUSE_MS = 20_000;
/** Runs that take longer are abandoned. */
const RUN_LIMIT_MS = 180_000;
/** n8n's response if the last node had no items. */
const NOTHING_TO_RECOVER = /No item to return was found/;

/** Runs the recovery of each workflow once, one after the other. @returns how many of them succeeded */
export async function recoverNow(
	{ n8nInstance }: Pick<CampaignContext, 'n8nInstance'>,
	pipelines: readonly Pipeline[],
): Promise<number> {
	let succeeded = 0;
	for (const { recoverPath } of pipelines) {
		const response = await fetch(`${n8nInstance.n8n.url}/webhook/${recoverPath}`, {
			method: 'POST',
			signal: AbortSignal.timeout(RUN_LIMIT_MS),
		}).catch(() => undefined);
		const text = (await response?.text().catch(() => '')) ?? '';
		if (response?.ok || NOTHING_TO_RECOVER.test(text)) succeeded++;
	}
	return succeeded;
}

/**
 * Recovers until nothing is missing and the grace period is over, or until the time limit. After the grace period,
 * unacknowledged transcripts are delivered again.
 */
export async function recoverEverything(
	context: CampaignContext,
	begunAt: number,
	lastKillAt: number | undefined,
): Promise<void> {
	const { options, n8nInstance, pipelines, say } = context;
	const limit = begunAt + options.limitMinutes * 60_000;
	let grace = lastKillAt === undefined ? 0 : lastKillAt + LONGEST_GRACE_MS;
	if (options.setClockAhead) {
		await n8nInstance.setClockAhead(LONGEST_GRACE_MS);
		grace = 0;
	}
	for (;;) {
		const isGraceOver = Date.now() > grace;
		const succeeded = await recoverNow(context, pipelines);
		const missing = await missingIn(context).catch(() => undefined);
		say(
			`${missing?.length ?? 'An unknown number of'} transcripts are missing${isGraceOver ? '' : `, grace ends in ${Math.ceil((grace - Date.now()) / 60_000)} minutes`}`,
		);
		if ((missing?.length === 0 && isGraceOver && succeeded === pipelines.length) || Date.now() > limit) break;
		await sleep(PAUSE_MS);
	}
	await settled(context);
}

/** Waits until no callback is in progress and the CRM has received no request for a while. */
export async function settled({ sandbox, crm }: Pick<CampaignContext, 'sandbox' | 'crm'>): Promise<void> {
	await Promise.race([sandbox.settled(), sleep(60_000)]);
	for (let before = -1; before !== crm.attempts.length; await sleep(5_000)) before = crm.attempts.length;
}

/** Returns the event IDs of missing transcripts, except those that can't be recovered because their job ID was never kept. */
async function missingIn({ sandbox, crm, pipelines, keptIds }: CampaignContext): Promise<string[]> {
	const kept = await keptIds();
	const open = sandbox.jobs.list().filter((job) => !crm.rows.has(eventIdOf(job)));
	return open
		.filter(
			(job) => kept.has(job.id) || pipelines.find(({ service }) => service.owns(job))?.service.recoverFrom !== 'ids',
		)
		.map(eventIdOf);
}
