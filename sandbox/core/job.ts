/** A job's status. Each provider maps it to its own status names. */
export type JobStatus = 'queued' | 'processing' | 'completed' | 'failed';

/** A status in which a job can be held. */
export type HoldStage = 'queued' | 'processing';

/** A transcription job of any provider. */
export interface Job {
	readonly id: string;
	readonly provider: string;
	/** Name of the account. */
	readonly account: string;
	/** Order of submission, used to sort jobs that were created in the same millisecond. */
	readonly sequence: number;
	createdAt: Date;
	status: JobStatus;
	finishedAt: Date | null;
	errorMessage: string | null;
	/** Whether the job is held until it is released. */
	held: boolean;
}

/** The result of processing. The job completes unless there is an `errorMessage`. */
export interface WorkResult {
	/** Duration of the audio, which determines how long processing takes. */
	mediaSeconds: number;
	errorMessage?: string;
}

/** The provider-specific part of a job. */
export interface JobWork {
	/** Gets the audio and transcribes it. Throws only if there is a bug in the sandbox. */
	process(signal: AbortSignal): Promise<WorkResult>;
	/** Called once, when the status is final. */
	finished(job: Job): void;
}
