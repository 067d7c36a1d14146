import type { AudioIntake } from '../../audio/intake';
import type { Recognition } from '../../audio/recognize';
import type { Job } from '../../core/job';
import type { JobParams } from './params';

/** An uploaded file. */
export interface StoredFile {
	id: string;
	account: string;
	fileName: string;
	intake: AudioIntake;
}

/** A job with its provider-specific data. */
export interface Entry {
	job: Job;
	params: JobParams;
	requestId: string;
	/** The uploaded file; `null` if the job fetches the recording. */
	file: StoredFile | null;
	heard: Recognition | null;
	/** HTTP-like code of the failure (Gladia OpenAPI, error_code). */
	errorCode: number;
	deleted: boolean;
}

/** The files and jobs of all accounts. */
export class Store {
	private readonly entries = new Map<string, Entry>();
	private readonly files = new Map<string, StoredFile>();

	add(entry: Entry): void {
		this.entries.set(entry.job.id, entry);
	}

	addFile(file: StoredFile): void {
		this.files.set(file.id, file);
	}

	/** Finds an account's file by the URL that the upload returned. */
	fileAt(url: string, account: string): StoredFile | undefined {
		const file = this.files.get(new URL(url).pathname.split('/').at(-1) ?? '');
		return file?.account === account ? file : undefined;
	}

	/** Finds an account's entry, unless it was deleted. */
	get(id: string, account: string): Entry | undefined {
		const entry = this.entries.get(id);
		return entry?.job.account === account && !entry.deleted ? entry : undefined;
	}

	/** Returns an account's jobs, newest first. */
	list(account: string): Entry[] {
		return [...this.entries.values()]
			.filter(({ job, deleted }) => job.account === account && !deleted)
			.sort((a, b) => b.job.createdAt.getTime() - a.job.createdAt.getTime() || b.job.sequence - a.job.sequence);
	}

	clear(): void {
		this.entries.clear();
		this.files.clear();
	}
}
