import type { Forgery as Spoiling, Sandbox } from '../../../sandbox';
import type { JsonObject } from '../../../tools/n8n';
import type { CaseName } from '../matrix/cases';
import type { RefusalName } from '../matrix/refusals';

export type CredentialData = Record<string, string | boolean | number>;

/** Requests to the service, for planned faults. */
export interface RequestMatch {
	method: string;
	/** Within the service; `*` stands for one part. */
	path: string;
}

/** Where a secret travels in a header. */
export const SECRET_HEADER: readonly Spoiling[] = ['wrongHeader', 'missingHeader', 'emptyHeader'];

/** Where the body is signed. */
export const SIGNATURE: readonly Spoiling[] = [...SECRET_HEADER, 'alteredBody'];

/** A callback as anybody could send it who knows the trigger's URL and the job's ID, but no secret. */
export interface Forgery {
	about: string;
	body: unknown;
	headers?: Record<string, string>;
	/** With question mark. */
	query?: string;
}

/** One way to use a service. A service that can be used in two unlike ways has two. */
export interface ProviderProfile {
	/** Column of the table. */
	name: string;
	/** Value of the provider menu, and the sandbox's name of the service. */
	provider: string;
	/** Fields of the credential besides key, region and base URL. */
	credential?: CredentialData;
	/**
	 * What a person does at the service before the workflow is published.
	 * @param triggerUrl production URL of the trigger
	 * @returns further fields of the credential
	 */
	setUp?(sandbox: Sandbox, triggerUrl: string): Promise<CredentialData>;
	/** Options of Submit, besides Diarize, without which the times of words are missing. */
	options?: JsonObject;
	requests: {
		/** Receives the file. */
		upload: RequestMatch;
		/** Begins the job; may be the same. */
		submit: RequestMatch;
		/** Whether the file is uploaded to a job that was begun, not the other way about. */
		uploadComesLast?: boolean;
		/** The first of those with which the node fetches a transcript. */
		fetch: RequestMatch;
		/** That one of them which the service may answer with 409. Left out: `fetch`. */
		conflict?: RequestMatch;
	};
	/** What the sandbox can do to the genuine callback so that it proves nothing any more. */
	spoilings: readonly Spoiling[];
	forgeries(jobId: string): Forgery[];
	/** Where a failed job is seen. A service that announces success only shows it to Get. */
	failureSeenBy: 'callback' | 'get';
	/** What the service sends with a status, where the sandbox's usual body is not the documented one. */
	errorBodies?: Partial<Record<number, JsonObject>>;
	/** What a complaint says, where this service is explained better than by the status alone. */
	says?: Partial<Record<RefusalName, RegExp>>;
	/** Why a case cannot happen with this service. */
	notApplicable?: Partial<Record<CaseName, string>>;
	/** What this service cannot know of a transcript, such as `confidence` or `words.confidence`. */
	unknown: readonly string[];
}
