/** A job's life in the sandbox's own words; each provider translates them into its own. */
export type JobStatus = 'queued' | 'processing' | 'completed' | 'failed';

/** The states in which a job can be held. */
export type HoldStage = 'queued' | 'processing';

/** One transcription job, whichever provider it belongs to. */
export interface Job {
	readonly id: string;
	readonly provider: string;
	/** Name of the account, never its key. */
	readonly account: string;
	/** Order of submission, for jobs of the same millisecond. */
	readonly sequence: number;
	createdAt: Date;
	status: JobStatus;
	finishedAt: Date | null;
	errorMessage: string | null;
	/** True while it waits for a release. */
	held: boolean;
}

/** What processing found out. Without an `errorMessage` the job completes. */
export interface WorkResult {
	/** Duration of the audio, which sets how long processing takes. */
	mediaSeconds: number;
	errorMessage?: string;
}

/** A provider's part in a job. */
export interface JobWork {
	/** Gets the audio and transcribes it; throws only on a mistake of the sandbox itself. */
	process(signal: AbortSignal): Promise<WorkResult>;
	/** Called once, when the status is final. */
	finished(job: Job): void;
}
