import type { AudioIntake } from '../../audio/intake';
import type { Recognition } from '../../audio/recognize';
import type { Job } from '../../core/job';

export type Generation = 'sessions' | 'stt';

/** What was asked for, in either generation. */
export interface Params {
	language: string;
	diarization: boolean;
	wordTimes: boolean;
	/** What is shown back as it came. */
	shown: Record<string, unknown>;
	webhookUrl: string | undefined;
	/** `Name: value`. */
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
	/** Numbered; `null` until the job is done, and where no document was wanted. */
	documentId: number | null;
	/** `null` while a session waits for its file. */
	job: Job | null;
	/** Opens the place where a session's file goes. */
	uploadToken: string | null;
	/** Opens the exports. */
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

	/** Whoever it belongs to. */
	get(id: string, generation: Generation): Entry | undefined {
		const entry = this.entries.get(id);
		return entry?.generation === generation && !entry.deleted ? entry : undefined;
	}

	/** The entry whose document has this number, if it belongs to this account. */
	byDocument(id: string, account: string): Entry | undefined {
		return this.list(account).find((entry) => String(entry.documentId) === id);
	}

	/** An account's jobs, newest first. */
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
