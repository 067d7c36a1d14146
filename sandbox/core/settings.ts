/** What a test or a demo can change while the sandbox runs. Times are sandbox seconds unless said otherwise. */
export interface SandboxSettings {
	/** How long a job waits before it is worked on. */
	queuedSeconds: number;
	/** How long a job is worked on; `null` = the audio's duration times `processingFactor`. */
	processingSeconds: number | null;
	/** Part of the audio's duration that processing takes when `processingSeconds` is `null`. */
	processingFactor: number;
	/** False makes the sandbox refuse callback URLs a service on the internet could not reach. */
	allowPrivateCallbacks: boolean;
	/** How long a receiver may take to acknowledge a callback, in real seconds; `null` = the provider's own limit. */
	acknowledgeSeconds: number | null;
}

/** The settings a sandbox starts with and returns to on reset. */
export const DEFAULT_SETTINGS: SandboxSettings = {
	queuedSeconds: 1,
	processingSeconds: null,
	processingFactor: 0.25,
	allowPrivateCallbacks: true,
	acknowledgeSeconds: null,
};

/** Spreads one total over queue and processing, so that both states can be seen. */
export function jobSeconds(total: number): Pick<SandboxSettings, 'queuedSeconds' | 'processingSeconds'> {
	return { queuedSeconds: total / 4, processingSeconds: (total * 3) / 4 };
}
