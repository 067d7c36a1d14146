import type { AudioIntake } from '../../audio/intake';
import type { Job } from '../../core/job';
import type { Params } from './params';
import type { TranscriptResult } from './result';

/** What belongs to a job beyond its status. */
export interface Entry {
	job: Job;
	params: Params;
	/** What came with the request; `null` where there is a `file_url`. */
	file: AudioIntake | null;
	result: TranscriptResult | null;
}

/** The transcriptions of all accounts. */
export class Store {
	private readonly entries = new Map<string, Entry>();

	add(entry: Entry): void {
		this.entries.set(entry.job.id, entry);
	}

	/** The entry, if it belongs to this account. */
	get(id: string, account: string): Entry | undefined {
		const entry = this.entries.get(id);
		return entry?.job.account === account ? entry : undefined;
	}

	/** The entry whose id begins so, if it belongs to this account. */
	byShortId(shortId: string, account: string): Entry | undefined {
		return [...this.entries.values()].find(({ job }) => job.account === account && shortIdOf(job.id) === shortId);
	}

	clear(): void {
		this.entries.clear();
	}
}

/** What stands for the id in a download link: its first eight characters (instanttranscriber.com, Completion callback example). */
export function shortIdOf(id: string): string {
	return id.slice(0, 8);
}
