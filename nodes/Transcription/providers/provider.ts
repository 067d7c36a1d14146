import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { CallbackEvent, Delivery, Proof, Verification } from '../callback/delivery';
import type { ProviderApi } from '../http/api';
import type { Region, Settings } from '../http/connection';
import type { Explanation } from '../core/userError';
import type { Explain } from '../http/errors';
import type { UploadSource } from '../http/upload';
import type { JobStatus, Transcript } from '../transcript/model';

/**
 * What a speech-to-text service must tell and do to take part. Everything that differs between services stands behind
 * this interface; shared code never asks for a provider by its name, only for what it declares here.
 */
export interface Provider {
	/** Value of the `provider` parameter, last segment of the trigger's URL, first part of every `eventId`. */
	readonly name: string;
	readonly displayName: string;
	readonly credentialType: string;
	readonly regions: readonly Region[];
	/** @param settings the provider's own fields of the credential */
	limits(settings: Settings): Limits;
	/** Choices of the Model and Language options; users may enter others. The lists of the service come first where it has any. */
	readonly models: readonly Choice[];
	readonly languages: readonly Choice[];
	/** What stands in Submit's Options collection for this provider. */
	readonly submitOptions: INodeProperties[];
	/** What its callbacks announce besides `completed` and `failed`. */
	readonly extraEvents: INodePropertyOptions[];
	/**
	 * Whether every fetched job names the callback URL it was submitted with. A job that names one is always checked
	 * against it; here one that names none is refused as well.
	 */
	readonly echoesCallbackUrl: boolean;
	/** For the trigger's panel: how this provider learns the URL. May contain HTML. */
	readonly triggerNotice: string;
	readonly explain: Explain;

	/**
	 * Checks the options and the recording's address without asking the service, so that a mistake costs nothing: the
	 * first recording is submitted when all were planned.
	 * @param settings the provider's own fields of the credential
	 * @param source what the plan will be given; shared code has checked the size of a file already
	 * @throws InputError
	 */
	planSubmit(options: IDataObject, settings: Settings, source: AudioSource): SubmitPlan;

	readonly callback: {
		/** Pure. */
		verify(delivery: Delivery, proof: Proof): Verification;
		/**
		 * Pure. Only called with verified deliveries, while the service waits for its answer: reads what identifies the job
		 * and how it ended, never a transcript.
		 */
		read(delivery: Delivery): CallbackEvent;
		/**
		 * The transcript in the body of a callback that announced a completed job; undefined where it has none. Only asked
		 * if the body was signed and the service no longer has the transcript. If omitted, callbacks carry none.
		 * @param body as JSON
		 */
		transcriptIn?(body: unknown, id: string): Transcript | undefined;
		/**
		 * Why this provider could not use a secret that the user chose; undefined if it can.
		 * @param settings the provider's own fields of the credential, here and below
		 */
		unfitSecret(secret: string, settings: Settings): string | undefined;
		/** The callback URL with what else has to stand in it, such as a token. Left out: nothing has to. */
		urlFor?(url: string, secret: string, settings: Settings): string;
		/**
		 * Why no callback could be verified with the credential as it is, whatever is in it; undefined if they can. Asked
		 * before anything is submitted for a callback, and before a trigger is published. Left out: always undefined.
		 * @param hasWebhookSecret whether the user chose a Webhook Secret; else one is derived
		 */
		unverifiable?(settings: Settings, hasWebhookSecret: boolean): Explanation | undefined;
	};

	/** For services that are told a webhook URL once and not with every job. Both must be safe to call twice. */
	readonly registration?: {
		/**
		 * Finds the service's webhook for this URL, or makes one.
		 * @returns what n8n has to remember of it; undefined where nothing was registered
		 * @throws InputError, ServiceRefusal: then the workflow is not published
		 */
		ensure(api: ProviderApi, target: RegistrationTarget): Promise<Registered | undefined>;
		/**
		 * Removes the webhook for this URL, if there is one.
		 * @param known what `ensure` returned, where n8n still has it
		 */
		remove(api: ProviderApi, url: string, known: Registered | undefined): Promise<void>;
	};

	/**
	 * The authoritative state of a job.
	 * @param announced what its verified callback said, where one came; see `CallbackEvent`, `details`
	 * @throws ServiceRefusal where the service does not know the ID or has deleted the transcript
	 */
	fetchJob(api: ProviderApi, id: string, announced?: Readonly<Record<string, unknown>>): Promise<FetchedJob>;

	/** Files that the service itself makes of a transcript. Left out where it makes none. */
	readonly serviceFiles?: ServiceFiles;

	/** Removing what the service keeps of a job. Left out where it has no way to. */
	readonly deletion?: Deletion;

	/** The account's jobs. Left out where the service has no list. */
	readonly listing?: Listing;

	/** Whether the service may answer, until a job has ended, as if it knew none with that ID. Left out: it does not. */
	notFoundUntilDone?(settings: Settings): boolean;

	listModels?(api: ProviderApi): Promise<Choice[]>;

	listLanguages?(api: ProviderApi): Promise<Choice[]>;
}

export interface Choice {
	name: string;
	value: string;
	description?: string;
}

export interface Limits {
	uploadBytes: number;
	/** Characters of the whole callback URL, metadata included. */
	callbackUrlLength: number;
}

export interface ServiceFiles {
	readonly formats: readonly Choice[];
	/** For the option: what has to be known about these files. */
	readonly description: string;
	/**
	 * @param id of a completed job
	 * @param format one of `formats`
	 * @param raw what the job's transcript has under this name
	 * @throws ServiceRefusal
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
	/** What can be removed, from the least to everything. */
	readonly choices: readonly Choice[];
	/** For the option: why somebody would. */
	readonly description: string;
	/**
	 * Removes it; what is gone already is no trouble.
	 * @param id of a job that has ended
	 * @param choice one of `choices`
	 * @throws ServiceRefusal
	 */
	remove(api: ProviderApi, id: string, choice: string): Promise<void>;
}

/** The jobs that a service keeps for the account, whoever submitted them. */
export interface Listing {
	/** Whether the newest job comes first, so that whoever has read far enough into the past may stop. */
	readonly newestFirst: boolean;
	/**
	 * Why there is no list with the credential as it is; undefined if there is one. Left out: always undefined.
	 * @param settings the provider's own fields of the credential
	 */
	unavailable?(settings: Settings): Explanation | undefined;
	/**
	 * The account's jobs page by page, without those that were deleted; a page is asked for when the one before was used.
	 * What a job has here is its state, never its text: `FetchedJob` with what the list tells, `callbackUrl` included.
	 *
	 * @param filter lets the service send less where it can; the caller filters what comes all the same
	 * @throws ServiceRefusal
	 */
	pages(api: ProviderApi, filter: ListFilter): AsyncIterable<FetchedJob[]>;
}

export interface ListFilter {
	status?: JobStatus;
	/** Created at this time or later. */
	createdAfter?: Date;
	/** Created before this time. */
	createdBefore?: Date;
	/** How many jobs will be used at most; a page need not be larger. */
	limit?: number;
}

export type AudioSource = { file: UploadSource } | { url: string };

export interface CallbackTarget {
	/** With metadata and correlation ID. */
	url: string;
	/** What the callback shall prove. */
	secret: string;
}

/** What the trigger asks a service to register. */
export interface RegistrationTarget extends CallbackTarget {
	/** For people who look at the service's list of webhooks. */
	name: string;
	/** What `ensure` returned before, where n8n still has it. */
	known?: Registered;
}

/** A webhook at a service. */
export interface Registered {
	/** Tells whether a webhook that is found later is still the same, and with it the secret. */
	id: string;
	/** What the service made up to sign with. Services tell it once, when the webhook is made. */
	secret?: string;
}

/** Submits one recording with the options that were planned. Called once per recording: submitting costs money. */
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
	/** The callback URL the service says it was given, where it says so. */
	callbackUrl?: string;
	/** The HTTP status with which the latest callback was answered, where the service says so. */
	callbackStatus?: number;
	/** What whoever uses the transcript has to know, such as that a part of it is missing. */
	warning?: string;
}
