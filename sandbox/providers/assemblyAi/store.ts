import type { AudioIntake } from '../../audio/intake';
import type { Job } from '../../core/job';
import type { Params } from './params';
import type { TranscriptResult } from './result';

interface Upload {
	readonly id: string;
	readonly account: string;
	readonly intake: AudioIntake;
}

/** A job with its provider-specific data. */
export interface TranscriptEntry {
	job: Job;
	params: Params;
	result: TranscriptResult | null;
	webhookStatus: number | null;
	deleted: boolean;
	/** The redacted recording and the token that its URL requires. */
	redacted: { token: string; audio: RedactedAudio; state: 'processing' | 'ready' | 'expired' } | null;
}

/** A redacted recording: its bytes, or the duration of silence if the original wasn't kept. */
export type RedactedAudio =
	{ kind: 'bytes'; data: Buffer; extension: 'mp3' | 'wav' } | { kind: 'silence'; seconds: number };

/** Transcripts are deleted after this time by default (AssemblyAI docs, FAQ, how long outputs are retained). */
const RETENTION_MS = 30 * 86_400_000;

/** The uploads and transcripts of all accounts. */
export class Store {
	readonly uploads = new Map<string, Upload>();
	private readonly entries = new Map<string, TranscriptEntry>();

	add(entry: TranscriptEntry): void {
		this.entries.set(entry.job.id, entry);
	}

	/** Finds an entry of this account. */
	get(id: string, account: string): TranscriptEntry | undefined {
		const entry = this.entries.get(id);
		return entry?.job.account === account ? afterRetention(entry) : undefined;
	}

	/** Finds the entry whose redacted recording has this token. */
	byRedactedToken(id: string, token: string): TranscriptEntry | undefined {
		const entry = this.entries.get(id);
		return entry?.redacted?.token === token ? entry : undefined;
	}

	/** Returns an account's transcripts, newest first. */
	list(account: string): TranscriptEntry[] {
		return [...this.entries.values()]
			.filter(({ job }) => job.account === account)
			.map(afterRetention)
			.sort((a, b) => b.job.createdAt.getTime() - a.job.createdAt.getTime() || b.job.sequence - a.job.sequence);
	}

	clear(): void {
		this.uploads.clear();
		this.entries.clear();
	}
}

function afterRetention(entry: TranscriptEntry): TranscriptEntry {
	if (entry.job.finishedAt && Date.now() - entry.job.createdAt.getTime() > RETENTION_MS) {
		entry.deleted = true;
		entry.redacted = null;
	}
	return entry;
}
