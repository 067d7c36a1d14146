/** Settings that can be changed while the sandbox is running. Times are in sandbox seconds unless stated otherwise. */
export interface SandboxSettings {
	/** How long a job is queued. */
	queuedSeconds: number;
	/** How long a job is processed. If `null`, the audio's duration times `processingFactor`. */
	processingSeconds: number | null;
	/** Processing time relative to the audio's duration if `processingSeconds` is `null`. */
	processingFactor: number;
	/**
	 * How long InstantTranscriber takes after completion to finish requested enhanced speaker labels and summaries, and to return
	 * links.
	 */
	postProcessingSeconds: number;
	/** Whether to accept callback URLs that a service on the internet can't reach. */
	allowPrivateCallbacks: boolean;
	/** Time limit for responses to callbacks, in real seconds. If `null`, the provider's own limit applies. */
	acknowledgeSeconds: number | null;
	/** How much later than the transcript a redacted copy of the recording is ready. */
	redactedAudioSeconds: number;
	/** Whether a failed Gladia job contains neither its metadata nor its request nor its file. */
	bareFailures: boolean;
	/** Whether Gladia lists the oldest job first. */
	oldestFirst: boolean;
	/** Maximum number of unfinished jobs per Gladia account. If `null`, there is no limit. */
	concurrentJobs: number | null;
}

export const DEFAULT_SETTINGS: SandboxSettings = {
	queuedSeconds: 1,
	processingSeconds: null,
	processingFactor: 0.25,
	postProcessingSeconds: 0,
	allowPrivateCallbacks: true,
	acknowledgeSeconds: null,
	redactedAudioSeconds: 0,
	bareFailures: true,
	oldestFirst: false,
	concurrentJobs: null,
};

/** Splits a total duration into queueing and processing time, so that both statuses can be observed. */
export function jobSeconds(total: number): Pick<SandboxSettings, 'queuedSeconds' | 'processingSeconds'> {
	return { queuedSeconds: total / 4, processingSeconds: (total * 3) / 4 };
}
