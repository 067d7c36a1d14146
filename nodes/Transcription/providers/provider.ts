import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { CallbackEvent, Delivery, Proof, Verification } from '../callback/delivery';
import type { ProviderApi } from '../http/api';
import type { Region, Settings } from '../http/connection';
import type { Explanation } from '../core/userError';
import type { Explain } from '../http/errors';
import type { UploadSource } from '../http/upload';
import type { JobStatus, Transcript } from '../transcript/model';

/**
 * The contract that every speech-to-text service implements. All differences between services are behind this interface:
 * shared code never checks a provider's name, only what the provider declares here.
 *
 * `settings` is always the set of fields that only this provider's credential has.
 */
export interface Provider {
	/** Value of the `provider` parameter, last segment of the trigger's URL and first part of every `eventId`. */
	readonly name: string;
	readonly displayName: string;
	readonly credentialType: string;
	readonly regions: readonly Region[];
	limits(settings: Settings): Limits;
	/**
	 * Returns the requirements that a callback URL must meet to be accepted by the service. Shared code checks them
	 * before money is spent and when a trigger is published, unless the service itself is on a private network, such as a
	 * local stand-in. If omitted, there are no requirements.
	 */
	callbackUrlRequirements?(settings: Settings): CallbackUrlRequirements | undefined;
	readonly ui: ProviderUi;
	/**
	 * Whether every fetched job includes the callback URL it was submitted with. If a job includes one, it is always
	 * checked. If this is true, a job without one is also rejected. `unlessFailed`: failed jobs, which contain no
	 * transcript to protect, may lack it.
	 */
	readonly echoesCallbackUrl: boolean | 'unlessFailed';
	readonly explain: Explain;

	/**
	 * Validates the options and the audio URL without calling the service. All recordings are planned before the first
	 * one is submitted, so that a mistake costs nothing.
	 * @param source the recording the plan will receive; shared code has already checked the size of a file
	 * @throws UserError
	 */
	planSubmit(options: IDataObject, settings: Settings, source: AudioSource): SubmitPlan;

	readonly callback: {
		/** Verifies a delivery. Pure. */
		verify(delivery: Delivery, proof: Proof): Verification;
		/**
		 * Reads the job's ID and its outcome from a verified delivery, but never a transcript, since the service is waiting
		 * for the response. Pure.
		 */
		read(delivery: Delivery): CallbackEvent;
		/**
		 * Reads the transcript from the body of a callback for a completed job; undefined if the body contains none. Only
		 * called if the body was signed and the service no longer has the transcript. If omitted, callbacks never contain a
		 * transcript.
		 * @param body parsed JSON
		 */
		transcriptIn?(body: unknown, id: string): Transcript | undefined;
		/** Returns the reason this provider can't use a secret that the user chose, or undefined if it can. */
		unfitSecret(secret: string, settings: Settings): string | undefined;
		/**
		 * Adds anything the provider needs to the callback URL, such as a token. If omitted, the URL is used unchanged.
		 */
		urlFor?(url: string, secret: string, settings: Settings): string;
		/**
		 * Returns the reason callbacks can't be verified with the credential as configured, or undefined if they can be.
		 * Checked before a job with a callback is submitted and before a trigger is published. If omitted, always
		 * undefined.
		 * @param hasWebhookSecret whether the user chose a Webhook Secret; otherwise one is derived
		 */
		unverifiable?(settings: Settings, hasWebhookSecret: boolean): Explanation | undefined;
	};

	/**
	 * Whether callbacks may identify a job by a different ID than the response to Submit. The correlation ID then
	 * identifies it as well, so that the same job isn't emitted once per ID. If omitted, IDs are always the same.
	 */
	readonly hasSeveralIds?: boolean;

	/** For services that register a webhook URL once instead of accepting one with each job. Both methods are idempotent. */
	readonly registration?: {
		/**
		 * Finds the service's webhook for this URL, or creates one.
		 * @returns the data n8n must store about the webhook; undefined if nothing was registered
		 * @throws UserError, ServiceError; the workflow is then not published
		 */
		ensure(api: ProviderApi, target: RegistrationTarget): Promise<Registered | undefined>;
		/**
		 * Removes the webhook for this URL, if there is one.
		 * @param known what `ensure` returned, if n8n still has it
		 */
		remove(api: ProviderApi, url: string, known: Registered | undefined): Promise<void>;
	};

	/**
	 * Fetches the authoritative state of a job.
	 * @param announced details from its verified callback, if one arrived; see `CallbackEvent`, `details`
	 * @throws ServiceError if the service doesn't know the ID or has deleted the transcript
	 */
	fetchJob(api: ProviderApi, id: string, announced?: Readonly<Record<string, unknown>>): Promise<FetchedJob>;

	/** Files that the service generates from a transcript. Omitted if there are none. */
	readonly serviceFiles?: ServiceFiles;

	/** Deletes a job's data from the service. Omitted if the service doesn't support deletion. */
	readonly deletion?: Deletion;

	/** The account's jobs. Omitted if the service has no list. */
	readonly listing?: Listing;

	/** Whether the service may respond “not found” for a job that isn't done yet. If omitted, it doesn't. */
	readonly notFoundUntilDone?: boolean;

	listModels?(api: ProviderApi): Promise<Choice[]>;

	listLanguages?(api: ProviderApi): Promise<Choice[]>;
}

/** The parts of the node panels that depend on the provider. */
export interface ProviderUi {
	/** Suggestions for the Model and Language options; users may enter other values. The service's own lists take precedence. */
	readonly models: readonly Choice[];
	readonly languages: readonly Choice[];
	/** Contents of Submit's Options collection. */
	readonly submitOptions: INodeProperties[];
	/** Events the trigger can emit in addition to `completed` and `failed`. */
	readonly extraEvents: INodePropertyOptions[];
	/** Notice in the trigger's panel that explains how the provider learns the callback URL. May contain HTML. */
	readonly triggerNotice: string;
}

export interface Choice {
	name: string;
	value: string;
	description?: string;
}

export interface CallbackUrlRequirements {
	/** The URL must start with https://. */
	https?: true;
	/** The host must be a name that public DNS can resolve, not an IP address. */
	hostName?: true;
}

export interface Limits {
	uploadBytes: number;
	/** How to submit a larger file, as a full sentence. If omitted, by URL. */
	forLargerFiles?: string;
	/** Maximum number of characters in the whole callback URL, including metadata. */
	callbackUrlLength: number;
	/**
	 * Number of jobs that an account on the smallest plan may have in progress, if the service refuses more instead of
	 * queueing them. The default of Concurrency isn't higher. If omitted, there is no such limit.
	 */
	concurrentJobs?: number;
	/**
	 * Number of files that the service accepts from an account at the same time. A run that uploads files never has more
	 * submits in progress, even if the user chooses a higher Concurrency. If omitted, there is no such limit.
	 */
	concurrentUploads?: number;
}

export interface ServiceFiles {
	readonly formats: readonly Choice[];
	/** Description of the option that selects the files. */
	readonly description: string;
	/**
	 * @param id of a completed job
	 * @param format one of `formats`
	 * @param raw the `raw` member of the job's transcript
	 * @throws ServiceError
	 */
	fetch(api: ProviderApi, id: string, format: string, raw: unknown): Promise<ServiceFile>;
}

export interface ServiceFile {
	content: Buffer;
	mimeType: string;
	/** Without a dot. */
	extension: string;
}

export interface Deletion {
	/** The data that can be deleted, from the smallest part to everything. */
	readonly choices: readonly Choice[];
	/** Description of the option that selects the data. */
	readonly description: string;
	/**
	 * Deletes the data. Succeeds if it was already deleted.
	 * @param id of a job that has ended
	 * @param choice one of `choices`
	 * @returns `notFound` if the service has nothing with this ID. Only for services where the ID may be the wrong one.
	 * @throws ServiceError
	 */
	remove(api: ProviderApi, id: string, choice: string): Promise<'notFound' | void>;
}

/** The jobs that the service stores for the account, including jobs submitted by other programs. */
export interface Listing {
	/** Whether jobs are listed newest first, which lets a caller stop once the remaining jobs are too old. */
	readonly newestFirst: boolean;
	/**
	 * Whether the service sends whole transcripts in its list, so that a page may have hundreds of megabytes. The list is
	 * then only read where it's needed, and no further back than necessary. Default: false.
	 */
	readonly containsTranscripts?: boolean;
	/**
	 * Returns the reason the service can't list jobs with the credential as configured, or undefined if it can. If
	 * omitted, always undefined.
	 */
	unavailable?(settings: Settings): Explanation | undefined;
	/**
	 * Lists the account's jobs page by page, without deleted ones. A page is requested only once the previous one has
	 * been consumed. Listed jobs include their state but never their text. They include `callbackUrl` if the service's
	 * list has it.
	 *
	 * @param filter lets the service return fewer jobs if it can; the caller filters the results anyway
	 * @param from the `next` of an earlier page, to continue after it. Default: the first page
	 * @throws ServiceError
	 */
	pages(api: ProviderApi, filter: ListFilter, from?: string): AsyncIterable<JobPage>;
}

export interface JobPage {
	jobs: FetchedJob[];
	/** Cursor of the next page; undefined on the last page. */
	next?: string;
}

export interface ListFilter {
	status?: JobStatus;
	/** Inclusive. */
	createdAfter?: Date;
	/** Exclusive. */
	createdBefore?: Date;
	/** Maximum number of jobs the caller will use; pages don't need to be larger. */
	limit?: number;
}

export type AudioSource = { file: UploadSource } | { url: string };

export interface CallbackTarget {
	/** Includes metadata and correlation ID. */
	url: string;
	/** The secret used to verify the callback. */
	secret: string;
}

/** The webhook that the trigger asks a service to register. */
export interface RegistrationTarget extends CallbackTarget {
	/** Name shown in the service's list of webhooks. */
	name: string;
	/** The previous result of `ensure`, if n8n still has it. */
	known?: Registered;
}

/** A webhook registered with a service. */
export interface Registered {
	/** Identifies the webhook later, so that its secret can be found. */
	id: string;
	/** The signing secret that the service generated. Services only reveal it when the webhook is created. */
	secret?: string;
}

/** Submits one recording with the planned options. Called once per recording because submitting costs money. */
export type SubmitPlan = (
	api: ProviderApi,
	source: AudioSource,
	callback: CallbackTarget | undefined,
) => Promise<SubmittedJob>;

export interface SubmittedJob {
	id: string;
	status: JobStatus;
}

export interface FetchedJob {
	transcript: Transcript;
	/**
	 * Whether a completed job still lacks results that the service may return soon, such as its summaries. The
	 * transcript's `warnings` list them in case they never arrive. Default: false.
	 */
	isUnsettled?: boolean;
	/** The callback URL that the job was submitted with, if the service reports it. */
	callbackUrl?: string;
	/** Whether the transcript is from the callback, because the service has none under the job's ID. */
	isFromCallback?: boolean;
	/** The HTTP status of the response to the latest callback, if the service reports it. */
	callbackStatus?: number;
}
