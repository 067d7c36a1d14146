import type { AudioIntake } from '../../audio/intake';
import type { Job } from '../../core/job';
import type { Params } from './params';
import type { TranscriptResult } from './result';

/** A job with its provider-specific data. */
export interface Entry {
	job: Job;
	params: Params;
	/** The uploaded file; `null` if `file_url` was used. */
	file: AudioIntake | null;
	result: TranscriptResult | null;
	/** Whether the job has completed, but its enhanced speaker labels, summaries, and links aren't available yet. */
	isPostProcessing: boolean;
}

/** The transcriptions of all accounts. */
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

	/** Finds an entry of this account by the beginning of its ID. */
	byShortId(shortId: string, account: string): Entry | undefined {
		return [...this.entries.values()].find(({ job }) => job.account === account && shortIdOf(job.id) === shortId);
	}

	clear(): void {
		this.entries.clear();
	}
}

/** Returns the first eight characters of an ID, which are used in download URLs (instanttranscriber.com, Completion callback example). */
export function shortIdOf(id: string): string {
	return id.slice(0, 8);
}
