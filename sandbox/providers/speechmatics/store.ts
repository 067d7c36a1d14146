import type { AudioIntake } from '../../audio/intake';
import type { Recognition } from '../../audio/recognize';
import type { Job } from '../../core/job';
import type { JobConfig } from './config';

/** The status of a failed job in a callback (Speechmatics docs, “Notifications”, Accepting the notification). */
export type Failure = 'error' | 'fetch_error' | 'trim_error';

/** A job with its provider-specific data. */
export interface Entry {
	job: Job;
	config: JobConfig;
	/** The uploaded recording; `null` if the job fetches it. */
	upload: AudioIntake | null;
	dataName: string;
	heard: Recognition | null;
	failure: Failure;
	deleted: boolean;
}

/** The jobs of all accounts. */
export class Store {
	private readonly entries = new Map<string, Entry>();

	add(entry: Entry): void {
		this.entries.set(entry.job.id, entry);
	}

	/** Finds an entry of this account. */
	get(id: string, account: string): Entry | undefined {
		const entry = this.entries.get(id);
		return entry?.job.account === account ? entry : undefined;
	}

	/** Returns an account's jobs, newest first. */
	list(account: string): Entry[] {
		return [...this.entries.values()]
			.filter(({ job }) => job.account === account)
			.sort((a, b) => b.job.createdAt.getTime() - a.job.createdAt.getTime() || b.job.sequence - a.job.sequence);
	}

	clear(): void {
		this.entries.clear();
	}
}
