import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../sandbox';
import type { SeededRandom } from '../../sandbox/core/random';
import type { N8nClient } from '../n8n';
import type { Attempt, Crm } from './crm';
import type { KillableN8n, Victim } from './n8nInstance';
import type { Service } from './services';

/** A planned kill. */
interface Kill {
	victim: Victim;
	/** Number of recordings that are submitted first. */
	after: number;
	/** Additional delay. */
	delayMs: number;
	/** Whether to wait until a transcript has been recorded in n8n, but not stored in the CRM yet. */
	isBetween: boolean;
}

/** The work in progress when a process was killed. */
export interface KillRecord {
	victim: string;
	at: number;
	isBetween: boolean;
	/** Pending submit requests. */
	submits: number;
	reads: number;
	callbacks: number;
	/** Event IDs of pending requests to the CRM: recorded in n8n, but not stored yet. */
	pendingAtCrm: string[];
	/** Executions that n8n marked as crashed after the restart. */
	crashed: number;
}

const STALL_LIMIT_MS = 60_000;

/** Plans kills at random moments while recordings are submitted. For the middle one, see `Kill.isBetween`. */
export function planKills(count: number, jobs: number, random: SeededRandom, n8nInstance: KillableN8n): Kill[] {
	return Array.from({ length: count }, (_, index) => {
		const isBetween = index === Math.floor(count / 2);
		const victim = n8nInstance.victims[index % n8nInstance.victims.length] ?? n8nInstance.workers;
		return {
			victim: isBetween ? n8nInstance.workers : victim,
			after: Math.floor(jobs * (0.1 + (0.8 * (index + random.next())) / count)),
			delayMs: Math.floor(random.next() * 2_000),
			isBetween,
		};
	});
}

/** Input for a kill. */
interface KillContext {
	client: N8nClient;
	sandbox: Sandbox;
	crm: Crm;
	services: readonly Service[];
}

/** Records what is in progress, kills the victim, and starts it again. */
export async function execute(
	{ victim, delayMs, isBetween }: Kill,
	{ client, sandbox, crm, services }: KillContext,
): Promise<KillRecord> {
	await sleep(delayMs);
	if (isBetween) {
		await Promise.race([crm.stallNext(), sleep(STALL_LIMIT_MS)]);
		await sleep(300);
	}
	const open = sandbox.requests.list().filter(({ provider, status }) => provider !== null && status === null);
	const isSubmit = ({ method }: { method: string }) => method === 'POST';
	const record: KillRecord = {
		victim: victim.name,
		at: Date.now(),
		isBetween,
		submits: open.filter(isSubmit).length,
		reads: open.filter((request) => !isSubmit(request)).length,
		callbacks: sandbox.callbacks
			.deliveries()
			.filter(({ jobId, provider, state }) => state === 'sending' && isOurs(services, jobId, provider)).length,
		pendingAtCrm: crm.attempts.filter(({ outcome }) => outcome === 'open').map(({ eventId }: Attempt) => eventId),
		crashed: 0,
	};
	await victim.kill();
	await sleep(1_000);
	await startAgain(victim);
	record.crashed = await crashedSince(client, record.at).catch(() => 0);
	return record;
}

const STARTS = 5;

/** Retries like a supervisor would, because n8n itself may crash while it recovers from a crash. */
export async function startAgain(victim: Victim): Promise<void> {
	for (let left = STARTS - 1; ; left--) {
		try {
			return await victim.start();
		} catch (error) {
			if (left === 0) throw error;
		}
	}
}

const isOurs = (services: readonly Service[], id: string, provider: string) =>
	services.some((service) => service.owns({ id, provider }));

async function crashedSince({ session }: N8nClient, since: number): Promise<number> {
	const filter = encodeURIComponent(JSON.stringify({ status: ['crashed'] }));
	const { results } = await session.rest<{ results: Array<{ startedAt: string; stoppedAt: string | null }> }>(
		'GET',
		`/executions?limit=100&filter=${filter}`,
	);
	return results.filter(({ stoppedAt, startedAt }) => Date.parse(stoppedAt ?? startedAt) >= since).length;
}

/** Returns the problems with the kill that `Kill.isBetween` describes. */
export function killProblems(killRecords: readonly KillRecord[], arrived: ReadonlyMap<string, unknown>): string[] {
	return killRecords
		.filter(({ isBetween }) => isBetween)
		.flatMap(({ pendingAtCrm }) => {
			if (pendingAtCrm.length === 0) return ['no kill landed between record and CRM'];
			const lost = pendingAtCrm.filter((eventId) => !arrived.has(eventId));
			return lost.map((eventId) => `${eventId} was being sent to the CRM when n8n was killed, and never arrived`);
		});
}
