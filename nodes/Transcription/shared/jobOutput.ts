import { parseHttpUrl } from '../core/url';
import type { IBinaryKeyData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { redactSecrets, redactTextsContaining } from '../core/redact';
import { readQuery, scopeOf, secretsIn, triggerScope } from '../callback/url';
import type { FetchedJob, Provider } from '../providers/provider';
import { eventIdOf, type Transcript, withoutAbsent } from '../transcript/model';
import { atLevel, type OutputLevel } from '../transcript/output';
import { knownSecrets, type Session } from './session';
import { deleteAfterFetching, requestedFiles } from './files';

/** The data in a callback URL, known from the callback itself or from the URL that the provider echoes. */
export type CallbackData = Pick<Transcript, 'metadata' | 'ref'>;

/** Instead of {@link CallbackData}: the job may belong to another workflow, so the data in its callback URL is dropped. */
export const FOREIGN = 'foreign';

/**
 * Converts a fetched job to an item's JSON at the output level that the user chose. Adds the metadata from the job's
 * callback URL, and redacts secrets in the data that the provider echoes.
 *
 * @param received data of the verified callback; data from the provider's echo of the URL takes precedence
 */
export function toItemJson(
	job: FetchedJob,
	level: OutputLevel,
	session: Session,
	received: CallbackData | typeof FOREIGN = {},
): IDataObject {
	return toOutputTranscript(job, level, session, received) as unknown as IDataObject;
}

/** Like {@link toItemJson}, but typed as a transcript. */
export function toOutputTranscript(
	job: FetchedJob,
	level: OutputLevel,
	session: Session,
	received: CallbackData | typeof FOREIGN = {},
): Transcript {
	const { callbackUrl } = job;
	const inUrl = callbackDataIn(callbackUrl);
	const { metadata, ref }: CallbackData = received === FOREIGN ? {} : { ...received, ...inUrl };
	const { status, text, errorMessage, ...otherFields } = job.transcript;
	const transcript = atLevel(
		withoutAbsent<Transcript>({ status, text, errorMessage, metadata, ...otherFields, ref }),
		level,
	);
	const secrets = [
		...knownSecrets(session.connection, callbackUrl ? scopeOf(callbackUrl) : undefined),
		...secretsIn(callbackUrl),
	];
	const { warnings } = transcript;
	// The callback URL is the only part of the response that contains its correlation ID.
	const foreignText = received === FOREIGN ? (inUrl.ref ?? callbackUrl) : undefined;
	const raw = foreignText === undefined ? transcript.raw : redactTextsContaining(transcript.raw, foreignText);
	// Errors, warnings, and raw responses may repeat the request, including secrets. Spoken text is left unchanged.
	return {
		...transcript,
		...(errorMessage && { errorMessage: redactSecrets(errorMessage, secrets) as string }),
		...(warnings && { warnings: redactSecrets(warnings, secrets) as string[] }),
		...(raw !== undefined && { raw: redactSecrets(raw, secrets) }),
	};
}

function callbackDataIn(callbackUrl: string | undefined): CallbackData {
	const url = callbackUrl ? parseHttpUrl(callbackUrl) : undefined;
	const { metadata = {}, ref } = url ? readQuery(url.searchParams) : {};
	// Only URLs created by Submit have a correlation ID. The parameters of any other URL may be secrets, such as a token.
	if (ref === undefined) return {};
	return Object.keys(metadata).length > 0 ? { metadata, ref } : { ref };
}

/** The output for a job that has ended. Identical for the trigger and Recover Missed. */
export interface JobOutcome {
	json: IDataObject;
	binary?: IBinaryKeyData;
	eventId: string;
	failed: boolean;
	/** Must be called after the event is recorded. Never throws. */
	cleanUp(): Promise<void>;
}

/**
 * @param callbackData data from another source; data from the provider's echo of the callback URL takes precedence
 * @throws ServiceError, UserError if the requested files can't be created or fetched
 */
export async function jobOutcome(
	context: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	job: FetchedJob,
	callbackData: CallbackData | typeof FOREIGN,
): Promise<JobOutcome> {
	const binary = await requestedFiles(context, itemIndex, session, job, () =>
		toOutputTranscript(job, 'words', session, callbackData),
	);
	const level = context.getNodeParameter('output', itemIndex) as OutputLevel;
	const { id, status } = job.transcript;
	const { isFromCallback } = job;
	return {
		json: toItemJson(job, level, session, callbackData),
		...(binary && { binary }),
		eventId: eventIdOf(session.provider.name, id, status),
		failed: status === 'failed',
		async cleanUp() {
			// Manual executions may be repeated. Also, a sample is the account's latest transcript, which may still be needed elsewhere.
			if (context.getMode() !== 'manual')
				await deleteAfterFetching(context, itemIndex, session, { id, status, isFromCallback });
		},
	};
}

/** Whether the service would report the job's callback URL if the job had been submitted with one. */
export function wouldReportCallbackUrl({ echoesCallbackUrl }: Provider, { transcript }: FetchedJob): boolean {
	return echoesCallbackUrl === 'unlessFailed' ? transcript.status !== 'failed' : echoesCallbackUrl;
}

/**
 * Whether a job was submitted for the trigger of this workflow. `unknown` if it has no callback URL, or the service doesn't
 * report callback URLs.
 */
export function originOf(
	context: IExecuteFunctions,
	provider: Provider,
	{ callbackUrl }: FetchedJob,
): 'here' | 'elsewhere' | 'unknown' {
	if (callbackUrl === undefined) return 'unknown';
	return scopeOf(callbackUrl) === triggerScope(String(context.getWorkflow().id), provider.name) ? 'here' : 'elsewhere';
}
