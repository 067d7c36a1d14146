import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../../sandbox';
import { SeededRandom } from '../../sandbox/core/random';
import type { CampaignContext } from './context';
import { startCrm } from './crm';
import { submitRecording, type Recording } from './driver';
import { exposuresOf } from './exposure';
import { planFaults, postForged, SHARES, type ForgedPost } from './faults';
import { openKillableN8n } from './n8nInstance';
import { execute, planKills, type KillRecord } from './kills';
import type { CampaignOptions } from './options';
import { recoverEverything, recoverNow, settled } from './recovery';
import { createServiceCredential, SERVICES } from './services';
import { collectObservations, loggedJobIds, type Observations, RequestCollector, tableJobIds } from './observations';
import { createPipeline, createTable, type Pipeline } from './workflow';

/** Sandbox seconds per real second. The pauses between a service's attempts become shorter, too. */
const SPEED = 5;
const JOB_SECONDS = 10;
/** Longer than real services wait, so that a busy machine doesn't cause every callback to be repeated. */
const ACKNOWLEDGE_SECONDS = 60;
/** Recordings that are submitted concurrently. */
const CONCURRENCY = 4;
/** Maximum number of recordings that n8n may have accepted, but not submitted yet. Each kill loses them. */
const MAX_UNSUBMITTED = 10;
/** Recordings that still haven't been submitted after this time were lost in a kill. */
const SUBMITTED_AFTER_MS = 20_000;
/** Jobs that end at the same moment. */
const BURST = 50;
const BURSTS = 3;
const HOLD_LIMIT_MS = 240_000;
const RECOVERY_EVERY_MS = 60_000;

export interface Outcome {
	observations: Observations;
	killRecords: KillRecord[];
	/** Time that each transcript spent in the CRM before it was acknowledged, in ms, sorted. */
	exposures: readonly number[];
	begunAt: number;
	/** When recovery ended, because nothing was missing or the time limit was reached. */
	endedAt: number;
}

/**
 * Submits recordings while callbacks and reads fail and processes are killed, then recovers until nothing is missing.
 * @throws Error if something doesn't start
 */
export async function runCampaign(
	options: CampaignOptions,
	tarball: string,
	say: (line: string) => void,
): Promise<Outcome> {
	const sandbox = await startSandbox({
		port: 0,
		speed: SPEED,
		jobSeconds: JOB_SECONDS,
		acknowledgeSeconds: ACKNOWLEDGE_SECONDS,
		seed: options.seed,
	});
	const crm = await startCrm(new SeededRandom(options.seed + 1));
	const n8nInstance = await openKillableN8n(options, tarball, say);
	const collector = new RequestCollector(sandbox);
	try {
		const { client } = n8nInstance;
		const tables: string[] = [];
		const pipelines: Pipeline[] = [];
		for (const service of SERVICES) {
			const tableId = service.recoverFrom === 'ids' ? await createTable(client, `Jobs of ${service.name}`) : undefined;
			if (tableId !== undefined) tables.push(tableId);
			const credential = await createServiceCredential(client, sandbox, service);
			pipelines.push(await createPipeline({ client, service, credential, crmUrl: crm.url, tableId }));
		}
		say(`${pipelines.length} workflows are published`);
		planFaults(sandbox, pipelines);
		const keptIds = async () =>
			new Set((await Promise.all(tables.map(async (id) => await tableJobIds(client, id)))).flat());
		const context: CampaignContext = { options, sandbox, crm, n8nInstance, client, pipelines, keptIds, say };
		const begunAt = Date.now();
		const { recordings, forgedPosts, killRecords } = await disturb(context);
		// This compares n8n's times with this process's, so it has to be done before n8n's clock is set ahead.
		await settled(context);
		const exposures = await exposuresOf(context);
		await recoverEverything(context, begunAt, killRecords.at(-1)?.at);
		const endedAt = Date.now();
		collector.stop();
		const { requests } = collector;
		return {
			observations: collectObservations({
				sandbox,
				crm,
				requests,
				recordings,
				forgedPosts,
				keptIds: await keptIds(),
				loggedIds: loggedJobIds(n8nInstance.n8n.userFolder),
			}),
			killRecords,
			exposures,
			begunAt,
			endedAt,
		};
	} finally {
		collector.stop();
		await n8nInstance.close();
		await crm.close();
		await sandbox.close();
	}
}

/** Submits all recordings while faults occur. */
async function disturb(
	context: CampaignContext,
): Promise<{ recordings: Recording[]; forgedPosts: ForgedPost[]; killRecords: KillRecord[] }> {
	const { options, sandbox, n8nInstance, pipelines, say } = context;
	const random = new SeededRandom(options.seed);
	const kills = planKills(options.kills, options.jobs, random, n8nInstance);
	const recordings = planRecordings(options, pipelines, random);
	const bursts = new Set(
		Array.from({ length: BURSTS }, (_, index) => Math.floor((options.jobs * (index + 0.5)) / BURSTS)),
	);
	const forgedPosts: ForgedPost[] = [];
	const killRecords: KillRecord[] = [];
	const background: Array<Promise<unknown>> = [];
	const over = new AbortController();
	const limit = AbortSignal.timeout(options.limitMinutes * 60_000);
	const stop = AbortSignal.any([limit, over.signal]);
	const recovering = recoverEvery(RECOVERY_EVERY_MS, context, stop);
	let sent = 0;
	let killing: Promise<unknown> = Promise.resolve();
	let bursting = Promise.resolve();

	let submittedCount = 0;
	let lost = 0;
	const unsubmitted = () => submittedCount - lost - sandbox.jobs.list().length;
	const waitForSubmits = async () => {
		const until = Date.now() + SUBMITTED_AFTER_MS;
		while (unsubmitted() > MAX_UNSUBMITTED && Date.now() < until && !limit.aborted) await sleep(200);
		if (unsubmitted() > MAX_UNSUBMITTED) lost += unsubmitted();
	};

	const worker = async () => {
		for (;;) {
			await waitForSubmits();
			const index = sent++;
			const recording = recordings[index];
			if (!recording || limit.aborted) return;
			if (bursts.has(index))
				bursting = bursting.then(async () => await burst(sandbox, () => sent >= options.jobs, say));
			const kill = kills.find(({ after }) => after === index);
			if (kill) {
				killing = killing.then(async () => {
					const record = await execute(kill, { ...context, services: SERVICES });
					killRecords.push(record);
					say(
						`killed ${record.victim} after ${index} recordings, while ${record.pendingAtCrm.length} requests to the CRM were pending`,
					);
				});
			}
			// Awaited after all recordings have been submitted.
			killing.catch(() => {});
			const startedAt = Date.now();
			await submitRecording(n8nInstance.n8n.url, sandbox, recording, limit);
			submittedCount++;
			if (random.chance(SHARES.forged))
				background.push(forge(context, recording).then((posts) => forgedPosts.push(...posts)));
			if (submittedCount % 100 === 0)
				say(`${submittedCount} recordings submitted, ${context.crm.rows.size} transcripts arrived`);
			await sleep(Math.max(0, (CONCURRENCY * 60_000) / options.perMinute - (Date.now() - startedAt)));
		}
	};
	await Promise.all(Array.from({ length: CONCURRENCY }, worker));
	await killing;
	await Promise.all([bursting, ...background]);
	over.abort();
	await recovering;
	return { recordings, forgedPosts, killRecords };
}

function planRecordings(
	{ jobs, seed }: CampaignOptions,
	pipelines: readonly Pipeline[],
	random: SeededRandom,
): Recording[] {
	const recordings = Array.from({ length: jobs }, (_, index): Recording => {
		const pipeline = pipelines[index % pipelines.length] as Pipeline;
		return { id: `r${seed}-${index}`, pipeline, state: 'waiting' };
	});
	// Shuffle the services.
	for (let index = recordings.length - 1; index > 0; index--) {
		const other = Math.floor(random.next() * (index + 1));
		[recordings[index], recordings[other]] = [recordings[other] as Recording, recordings[index] as Recording];
	}
	return recordings;
}

/** Holds jobs until there are enough of them, or no more are expected, and then ends them at the same moment. */
async function burst(sandbox: Sandbox, isLast: () => boolean, say: (line: string) => void): Promise<void> {
	if (isLast()) return;
	sandbox.jobs.hold('processing');
	const held = () => sandbox.jobs.list().filter((job) => job.held).length;
	const until = Date.now() + HOLD_LIMIT_MS;
	while (held() < BURST && !isLast() && Date.now() < until) await sleep(100);
	// The last recordings have to become jobs first.
	if (isLast()) await sleep(2_000);
	say(`${held()} jobs end at the same moment`);
	sandbox.jobs.release();
}

async function forge({ sandbox, n8nInstance }: CampaignContext, { pipeline }: Recording): Promise<ForgedPost[]> {
	const { service, workflow } = pipeline;
	const job = sandbox.jobs.list(service.provider).findLast(({ id, provider }) => service.owns({ id, provider }));
	if (!job) return [];
	return await postForged(`${n8nInstance.n8n.url}/webhook/${workflow.id}/${service.provider}`, service, job.id);
}

/** Runs the recovery repeatedly, as a Schedule Trigger would, but more often. */
async function recoverEvery(pauseMs: number, context: CampaignContext, stop: AbortSignal): Promise<void> {
	for (;;) {
		await sleep(pauseMs, undefined, { signal: stop }).catch(() => {});
		if (stop.aborted) return;
		await recoverNow(context, context.pipelines);
	}
}
