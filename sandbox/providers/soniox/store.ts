import type { AudioIntake } from '../../audio/intake';
import type { Job } from '../../core/job';
import type { Params } from './params';
import type { Transcript } from './tokens';

export interface StoredFile {
	readonly id: string;
	readonly account: string;
	readonly fileName: string;
	readonly createdAt: Date;
	readonly reference: string | null;
	readonly intake: AudioIntake;
}

/** A job with its provider-specific data. */
export interface Entry {
	job: Job;
	params: Params;
	fileName: string;
	/** Set when the job is created, because deleting the file doesn't stop the job. */
	intake: AudioIntake | null;
	/** `null` until the recording has been processed. */
	durationMs: number | null;
	errorType: string | null;
	transcript: Transcript | null;
	webhookStatus: number | null;
	deleted: boolean;
}

/** The files and transcriptions of all accounts. Nothing is deleted automatically. */
export class Store {
	private readonly files = new Map<string, StoredFile>();
	private readonly entries = new Map<string, Entry>();

	addFile(file: StoredFile): void {
		this.files.set(file.id, file);
	}

	/** Finds a file of this account. */
	file(id: string, account: string): StoredFile | undefined {
		const file = this.files.get(id);
		return file?.account === account ? file : undefined;
	}

	deleteFile(id: string): void {
		this.files.delete(id);
	}

	/** Returns an account's files, oldest first. */
	filesOf(account: string): StoredFile[] {
		return [...this.files.values()].filter((file) => file.account === account);
	}

	add(entry: Entry): void {
		this.entries.set(entry.job.id, entry);
	}

	/** Finds a transcription of this account that wasn't deleted. */
	entry(id: string, account: string): Entry | undefined {
		const entry = this.entries.get(id);
		return entry?.job.account === account && !entry.deleted ? entry : undefined;
	}

	/** Returns an account's transcriptions, oldest first. */
	entriesOf(account: string): Entry[] {
		return [...this.entries.values()].filter(({ job, deleted }) => job.account === account && !deleted);
	}

	clear(): void {
		this.files.clear();
		this.entries.clear();
	}
}
