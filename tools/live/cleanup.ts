import { setTimeout as pause } from 'node:timers/promises';
import { isNotFound, ServiceError } from '../../nodes/Transcription/http/errors';
import type { Registered } from '../../nodes/Transcription/providers/provider';
import { fetchJob, mayHideRunningJobs, type Session } from '../../nodes/Transcription/shared/session';
import { contentOf } from './content';
import type { Exchange } from './exchange';
import { collectIds } from './ids';

/** Deletes everything that a run created at a service. */
export class Cleanup {
	/** IDs of jobs that still exist. */
	readonly jobs = new Set<string>();
	/** The callback URL of a webhook that was, or may have been, registered. */
	webhookUrl: string | undefined;
	webhook: Registered | undefined;
	/** Sentences that describe what couldn't be deleted. */
	readonly leftovers: string[] = [];
	/** IDs from failed submits in which the service nevertheless accepted something. */
	private readonly uncertain = new Set<string>();
	private isUncertain = false;

	/** Remembers the IDs that a failed submit received. @param exchanges the submit's requests */
	addUncertain(exchanges: readonly Exchange[], error: unknown): void {
		const isRefused = error instanceof ServiceError && error.status !== undefined && !error.outcomeUnknown;
		if (isRefused || exchanges.length === 0) return;
		this.isUncertain = true;
		for (const { method, status, body } of exchanges) {
			const content = method === 'POST' && status < 300 ? contentOf(body) : undefined;
			if (content && 'json' in content) collectIds(content.json, this.uncertain);
		}
	}

	/** @param limits the pause between two polls, and the time limit for each job */
	async run(
		session: Session,
		{ say, ...limits }: { pollMs: number; cleanupMs: number; say(line: string): void },
	): Promise<void> {
		const { provider, api } = session;
		const { deletion, registration, displayName } = provider;
		const choice = deletion?.choices.at(-1)?.value ?? '';
		for (const id of [...this.jobs, ...this.uncertain]) {
			if (!deletion) this.leftovers.push(`The job ${id}: ${displayName} can’t delete jobs through its API.`);
			else {
				await this.attempt(`The job ${id}`, async () => {
					await untilEnded(session, id, limits);
					const result = await deletion.remove(api, id, choice);
					if (result === 'notFound') throw new Error(`${displayName} has nothing with this ID`);
				});
			}
		}
		if (this.isUncertain) {
			const ids = [...this.uncertain].join(', ') || 'unknown';
			this.leftovers.push(`A submit ended without a usable response, so a job may still exist. IDs: ${ids}.`);
		}
		const { webhookUrl } = this;
		if (webhookUrl !== undefined && registration) {
			await this.attempt('The webhook', async () => await registration.remove(api, webhookUrl, this.webhook));
		}
		for (const leftover of this.leftovers) say(`not deleted: ${leftover}`);
	}

	private async attempt(what: string, remove: () => Promise<void>): Promise<void> {
		try {
			await remove();
		} catch (error) {
			this.leftovers.push(`${what}: ${(error as Error).message}.`);
		}
	}
}

/** Returns a job's status, or `not found` if the service hides the job until it has ended. @throws ServiceError */
export async function statusOf(session: Session, id: string): Promise<string> {
	const job = await fetchJob(session, id).catch((error: unknown) => {
		if (isNotFound(error) && mayHideRunningJobs(session)) return undefined;
		throw error;
	});
	return job?.transcript.status ?? 'not found';
}

export const hasEnded = (status: string): boolean => status === 'completed' || status === 'failed';

/**
 * Waits until a job has ended, because most services refuse to delete running jobs, and some don't even show them.
 * @throws Error if it doesn't end in time
 */
async function untilEnded(
	session: Session,
	id: string,
	{ pollMs, cleanupMs }: { pollMs: number; cleanupMs: number },
): Promise<void> {
	const end = Date.now() + cleanupMs;
	for (;;) {
		// If the job can't be read, deleting it may still work.
		const status = await statusOf(session, id).catch(() => 'failed');
		if (hasEnded(status)) return;
		if (Date.now() > end) throw new Error(`It hasn’t ended yet (${status})`);
		await pause(pollMs);
	}
}
