import type { AudioIntake } from '../../audio/intake';
import type { Recognition } from '../../audio/recognize';
import type { Job } from '../../core/job';
import type { JobOptions } from './options';

/** A job with its provider-specific data. */
export interface Entry {
	job: Job;
	options: JobOptions;
	/** The uploaded recording; `null` if the job fetches it. */
	upload: AudioIntake | null;
	fileName: string | null;
	heard: Recognition | null;
	/** The service's code for the reason of a failure (Rev AI docs, “Asynchronous API reference”, failure). */
	failure: string;
	/** Whether the summary and the translations are done. They may take longer than the transcript. */
	isAnalyzed: boolean;
	deleted: boolean;
}

const DAY_MS = 86_400_000;
/** How long jobs are kept, in days (Rev AI docs, “Security”). */
const KEPT_DAYS = 30;

/** Whether the job and all its data were deleted. */
export function isGone({ deleted, job, options: { delete_after_seconds: kept } }: Entry): boolean {
	if (deleted || Date.now() - job.createdAt.getTime() > KEPT_DAYS * DAY_MS) return true;
	return kept !== undefined && job.finishedAt !== null && Date.now() - job.finishedAt.getTime() > kept * 1000;
}

/** The jobs of all accounts. */
export class Store {
	private readonly entries = new Map<string, Entry>();
	/** The number of uploads in progress, by account. */
	private readonly uploads = new Map<string, number>();

	add(entry: Entry): void {
		this.entries.set(entry.job.id, entry);
	}

	/** Finds an entry of this account. */
	get(id: string, account: string): Entry | undefined {
		const entry = this.entries.get(id);
		return entry?.job.account === account ? entry : undefined;
	}

	/** Returns an account's jobs, including deleted ones, newest first. */
	list(account: string): Entry[] {
		return [...this.entries.values()]
			.filter(({ job }) => job.account === account)
			.sort((a, b) => b.job.createdAt.getTime() - a.job.createdAt.getTime() || b.job.sequence - a.job.sequence);
	}

	/**
	 * Counts an upload of this account while it is in progress.
	 * @returns undefined if that many are already in progress
	 */
	async uploading<T>(account: string, limit: number, upload: () => Promise<T>): Promise<T | undefined> {
		const open = this.uploads.get(account) ?? 0;
		if (open >= limit) return undefined;
		this.uploads.set(account, open + 1);
		try {
			return await upload();
		} finally {
			this.uploads.set(account, (this.uploads.get(account) ?? 1) - 1);
		}
	}

	clear(): void {
		this.entries.clear();
	}
}
