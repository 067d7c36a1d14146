import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../../sandbox';
import { SeededRandom } from '../../sandbox/core/random';
import { PROVIDERS } from '../../nodes/Transcription/providers';
import { N8nClient, type Credential } from '../n8n';
import { startCrm, type Crm } from './crm';
import { submitRecording, type Recording } from './driver';
import { exposuresOf } from './exposure';
import { planFaults, postForged, SHARES, type ForgedPost } from './faults';
import { openKillableN8n, type KillableN8n } from './n8nInstance';
import { execute, planKills, type KillRecord } from './kills';
import type { CampaignOptions } from './options';
import { recoverEverything, recoverNow, settled } from './recovery';
import { SERVICES, type Service } from './services';
import { tableJobIds, loggedJobIds, RequestCollector, observations, type Observations } from './observations';
import { createPipeline, createTable, type Pipeline } from './workflow';

/** Sandbox seconds per real second: the pauses between a service's attempts shrink with the jobs. */
const SPEED = 5;
const JOB_SECONDS = 10;
/** Longer than services wait: on a busy machine, all callbacks would come several times. */
const ACKNOWLEDGE_SECONDS = 60;
/** Recordings that are handed in at the same time. */
const LANES = 4;
/** Recordings that n8n may have taken and not submitted yet. Each kill takes them from it. */
const MOST_UNSUBMITTED = 10;
/** What is not submitted by then was lost by a kill, in ms. */
const SUBMITTED_AFTER_MS = 20_000;
/** Jobs that end, and are announced, at the same moment. */
const BURST = 50;
const BURSTS = 3;
const HOLD_LIMIT_MS = 240_000;
const RECOVERY_EVERY_MS = 60_000;

export interface Outcome {
	observations: Observations;
	killRecords: KillRecord[];
	/** How long each was in the CRM and not acknowledged, in ms, sorted. */
	exposures: readonly number[];
	begunAt: number;
	/** When nothing was missing any more, or the limit was reached. */
	endedAt: number;
}

/** Everything that a campaign works with. */
export interface CampaignContext {
	options: CampaignOptions;
	sandbox: Sandbox;
	crm: Crm;
	n8nInstance: KillableN8n;
	client: N8nClient;
	pipelines: readonly Pipeline[];
	/** The job IDs that n8n has kept in Data Tables. */
	keptIds(): Promise<ReadonlySet<string>>;
	say(line: string): void;
}

/**
 * Hands recordings in, while callbacks, reads and processes go wrong, and recovers until nothing is missing.
 * @throws when something does not start
 */
export async function runCampaign(options: CampaignOptions, tarball: string, say: (line: string) => void): Promise<Outcome> {
	const sandbox = await startSandbox({ port: 0, speed: SPEED, jobSeconds: JOB_SECONDS, acknowledgeSeconds: ACKNOWLEDGE_SECONDS, seed: options.seed });
	const crm = await startCrm(new SeededRandom(options.seed + 1));
	const n8nInstance = await openKillableN8n(options, tarball, say);
	const collector = new RequestCollector(sandbox);
	try {
		const client = new N8nClient(n8nInstance.n8n.url);
		await client.signIn();
		const tables: string[] = [];
		const pipelines: Pipeline[] = [];
		for (const service of SERVICES) {
			const tableId = service.recoverFrom === 'ids' ? await createTable(client, `Jobs of ${service.name}`) : undefined;
			if (tableId !== undefined) tables.push(tableId);
			const credential = await createCredential(client, sandbox, service);
			pipelines.push(await createPipeline({ client, service, credential, crmUrl: crm.url, tableId }));
		}
		say(`${pipelines.length} workflows are published`);
		planFaults(sandbox, pipelines);
		const keptIds = async () => new Set((await Promise.all(tables.map(async (id) => await tableJobIds(client, id)))).flat());
		const context: CampaignContext = { options, sandbox, crm, n8nInstance, client, pipelines, keptIds, say };
		const begunAt = Date.now();
		const { recordings, forgedPosts, killRecords } = await disturb(context);
		// Before n8n's clock is set ahead: times of two clocks are compared.
		await settled(context);
		const exposures = await exposuresOf(context);
		await recoverEverything(context, begunAt, killRecords.at(-1)?.at);
		const endedAt = Date.now();
		collector.stop();
		const { requests } = collector;
		return { observations: observations({ sandbox, crm, requests, recordings, forgedPosts, keptIds: await keptIds(), loggedIds: loggedJobIds(n8nInstance.n8n.userFolder) }), killRecords, exposures, begunAt, endedAt };
	} finally {
		collector.stop();
		await n8nInstance.close();
		await crm.close();
		await sandbox.close();
	}
}

async function createCredential(client: N8nClient, sandbox: Sandbox, { name, provider, profile }: Service): Promise<Credential> {
	const type = PROVIDERS.find((candidate) => candidate.name === provider)?.credentialType ?? '';
	return await client.createCredential(`${name} account`, type, {
		apiKey: sandbox.accounts(provider)[0]?.apiKey ?? '',
		region: 'custom',
		baseUrl: sandbox.baseUrl(provider),
		...profile.credential,
	});
}

/** The time in which recordings are handed in. */
async function disturb(context: CampaignContext): Promise<{ recordings: Recording[]; forgedPosts: ForgedPost[]; killRecords: KillRecord[] }> {
	const { options, sandbox, n8nInstance, pipelines, say } = context;
	const random = new SeededRandom(options.seed);
	const kills = planKills(options.kills, options.jobs, random, n8nInstance);
	const recordings = planRecordings(options, pipelines, random);
	const bursts = new Set(Array.from({ length: BURSTS }, (_, index) => Math.floor((options.jobs * (index + 0.5)) / BURSTS)));
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

	let taken = 0;
	let lost = 0;
	const unsubmitted = () => taken - lost - sandbox.jobs.list().length;
	const waitForSubmits = async () => {
		const until = Date.now() + SUBMITTED_AFTER_MS;
		while (unsubmitted() > MOST_UNSUBMITTED && Date.now() < until && !limit.aborted) await sleep(200);
		if (unsubmitted() > MOST_UNSUBMITTED) lost += unsubmitted();
	};

	const lane = async () => {
		for (;;) {
			await waitForSubmits();
			const index = sent++;
			const recording = recordings[index];
			if (!recording || limit.aborted) return;
			if (bursts.has(index)) bursting = bursting.then(async () => await burst(sandbox, () => sent >= options.jobs, say));
			const kill = kills.find(({ after }) => after === index);
			if (kill) {
				killing = killing.then(async () => {
					const record = await execute(kill, { ...context, services: SERVICES });
					killRecords.push(record);
					say(`killed ${record.victim} after ${index} recordings; ${record.pendingAtCrm.length} transcripts were at the CRM's door`);
				});
			}
			// It is awaited when all recordings are handed in.
			killing.catch(() => {});
			const begun = Date.now();
			await submitRecording(n8nInstance.n8n.url, sandbox, recording, limit);
			taken++;
			if (random.chance(SHARES.forged)) background.push(forge(context, recording).then((posts) => forgedPosts.push(...posts)));
			if (taken % 100 === 0) say(`${taken} recordings handed in, ${context.crm.rows.size} transcripts have arrived`);
			await sleep(Math.max(0, (LANES * 60_000) / options.perMinute - (Date.now() - begun)));
		}
	};
	await Promise.all(Array.from({ length: LANES }, lane));
	await killing;
	await Promise.all([bursting, ...background]);
	over.abort();
	await recovering;
	return { recordings, forgedPosts, killRecords };
}

function planRecordings({ jobs, seed }: CampaignOptions, pipelines: readonly Pipeline[], random: SeededRandom): Recording[] {
	const recordings = Array.from({ length: jobs }, (_, index): Recording => {
		const pipeline = pipelines[index % pipelines.length] as Pipeline;
		return { id: `r${seed}-${index}`, pipeline, state: 'waiting' };
	});
	// Services take turns by chance.
	for (let index = recordings.length - 1; index > 0; index--) {
		const other = Math.floor(random.next() * (index + 1));
		[recordings[index], recordings[other]] = [recordings[other] as Recording, recordings[index] as Recording];
	}
	return recordings;
}

/** Holds back jobs until there are enough of them, or no more to come, which then end at the same moment. */
async function burst(sandbox: Sandbox, isLast: () => boolean, say: (line: string) => void): Promise<void> {
	if (isLast()) return;
	sandbox.jobs.hold('processing');
	const held = () => sandbox.jobs.list().filter((job) => job.held).length;
	const until = Date.now() + HOLD_LIMIT_MS;
	while (held() < BURST && !isLast() && Date.now() < until) await sleep(100);
	// What was handed in last has to become a job first.
	if (isLast()) await sleep(2_000);
	say(`${held()} jobs end at once`);
	sandbox.jobs.release();
}

async function forge({ sandbox, n8nInstance }: CampaignContext, { pipeline }: Recording): Promise<ForgedPost[]> {
	const { service, workflow } = pipeline;
	const job = sandbox.jobs.list(service.provider).findLast(({ id, provider }) => service.owns({ id, provider }));
	if (!job) return [];
	return await postForged(`${n8nInstance.n8n.url}/webhook/${workflow.id}/${service.provider}`, service, job.id);
}

/** As a Schedule Trigger would, only more often. */
async function recoverEvery(pauseMs: number, context: CampaignContext, stop: AbortSignal): Promise<void> {
	for (;;) {
		await sleep(pauseMs, undefined, { signal: stop }).catch(() => {});
		if (stop.aborted) return;
		await recoverNow(context, context.pipelines);
	}
}
