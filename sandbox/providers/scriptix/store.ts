import type { AudioIntake } from '../../audio/intake';
import type { Recognition } from '../../audio/recognize';
import type { Job } from '../../core/job';

export type Generation = 'sessions' | 'stt';

/** The parameters of a request to either generation of the API. */
export interface Params {
	language: string;
	diarization: boolean;
	wordTimes: boolean;
	/** Fields that are returned unchanged. */
	shown: Record<string, unknown>;
	webhookUrl: string | undefined;
	/** Headers in the format `Name: value`. */
	webhookHeaders: readonly string[];
	documentType: string | undefined;
	fileName: string;
}

/** A session, or a job of the batch upload API. */
export interface Entry {
	readonly id: string;
	readonly generation: Generation;
	readonly account: string;
	readonly createdAt: Date;
	readonly params: Params;
	/** The document's ID, a number. `null` until the job is completed, or if no document was requested. */
	documentId: number | null;
	/** `null` until a session's file is uploaded. */
	job: Job | null;
	/** The upload URL's signature. */
	uploadToken: string | null;
	/** The signature of export URLs. */
	readonly exportToken: string;
	intake: AudioIntake | null;
	heard: Recognition | null;
	deleted: boolean;
}

/** The jobs of all accounts. */
export class Store {
	private readonly entries = new Map<string, Entry>();
	private documents = 455;

	add(entry: Entry): void {
		this.entries.set(entry.id, entry);
	}

	/** Finds an entry of any account. */
	get(id: string, generation: Generation): Entry | undefined {
		const entry = this.getEvenIfDeleted(id, generation);
		return entry?.deleted ? undefined : entry;
	}

	/** Finds an entry of any account, including a deleted one. */
	getEvenIfDeleted(id: string, generation: Generation): Entry | undefined {
		const entry = this.entries.get(id);
		return entry?.generation === generation ? entry : undefined;
	}

	/** Finds an entry of this account by its document's ID. */
	byDocument(id: string, account: string): Entry | undefined {
		return this.list(account).find((entry) => String(entry.documentId) === id);
	}

	/** Returns an account's jobs, newest first. */
	list(account: string): Entry[] {
		return [...this.entries.values()].filter((entry) => entry.account === account && !entry.deleted).reverse();
	}

	nextDocumentId(): number {
		this.documents += 1;
		return this.documents;
	}

	clear(): void {
		this.entries.clear();
	}
}
