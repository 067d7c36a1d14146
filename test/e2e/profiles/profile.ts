import type { Forgery as Spoiling, Sandbox } from '../../../sandbox';
import type { JsonObject } from '../../../tools/n8n';
import type { CaseName } from '../matrix/cases';
import type { RefusalName } from '../matrix/refusals';

export type CredentialData = Record<string, string | boolean | number>;

/** Selects the requests to the service that a planned fault applies to. */
export interface RequestMatch {
	method: string;
	/** The path within the service; `*` matches one segment. */
	path: string;
}

/** Used for services that send a secret in a header. */
export const SECRET_HEADER: readonly Spoiling[] = ['wrongHeader', 'missingHeader', 'emptyHeader'];

/** Used for services that sign the body. */
export const SIGNATURE: readonly Spoiling[] = [...SECRET_HEADER, 'alteredBody'];

/** A callback from a caller that knows the trigger's URL and the job's ID, but no secret. */
export interface Forgery {
	about: string;
	body: unknown;
	headers?: Record<string, string>;
	/** Includes the question mark. */
	query?: string;
}

/** One way to use a service. A service that can be used in two ways has two profiles. */
export interface ProviderProfile {
	/** The column heading in the table. */
	name: string;
	/** The value in the provider dropdown, and the service's name in the sandbox. */
	provider: string;
	/** Additional credential fields. */
	credential?: CredentialData;
	/**
	 * Sets up the service as a user does before publishing the workflow.
	 * @param triggerUrl the production URL of the trigger
	 * @returns additional credential fields
	 */
	setUp?(sandbox: Sandbox, triggerUrl: string): Promise<CredentialData>;
	/** Options of Submit, in addition to Diarize, that are required for word times. */
	options?: JsonObject;
	requests: {
		/** The request that uploads the file. */
		upload: RequestMatch;
		/** The request that starts the job. May be the same as `upload`. */
		submit: RequestMatch;
		/** Whether the file is uploaded after the job is created, instead of before. */
		uploadComesLast?: boolean;
		/** The first request with which the node fetches a transcript. */
		fetch: RequestMatch;
		/** The request to which the service may respond with 409. Default: `fetch`. */
		conflict?: RequestMatch;
	};
	/** The ways in which the sandbox can invalidate a genuine callback. */
	spoilings: readonly Spoiling[];
	forgeries(jobId: string): Forgery[];
	/** Where a failed job is reported. If a service only sends callbacks for success, Get reports the failure. */
	failureSeenBy: 'callback' | 'get';
	/** Documented error bodies by status, if they differ from the sandbox's default. */
	errorBodies?: Partial<Record<number, JsonObject>>;
	/** Expected errors that are more specific than the usual ones for the status. */
	says?: Partial<Record<RefusalName, RegExp>>;
	/** Cases that don't apply to this service, with the reasons. */
	notApplicable?: Partial<Record<CaseName, string>>;
	/** Transcript fields that this service doesn't support, such as `confidence` or `words.confidence`. */
	unknown: readonly string[];
}
