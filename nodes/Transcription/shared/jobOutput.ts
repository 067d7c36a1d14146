import { parseHttpUrl } from '../core/url';
import type { IBinaryKeyData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { redactSecrets } from '../core/redact';
import { readQuery, scopeOf, secretsIn, triggerScope } from '../callback/url';
import type { FetchedJob, Provider } from '../providers/provider';
import { eventIdOf, type Transcript, withoutAbsent } from '../transcript/model';
import { atLevel, type OutputLevel } from '../transcript/output';
import { knownSecrets, type Session } from './session';
import { deleteAfterFetching, requestedFiles } from './files';
/** What travels in a callback URL: known from the callback itself, or from the URL that the provider echoes. */
export type CallbackData = Pick<Transcript, 'metadata' | 'ref'>;

/**
 * A fetched job as the JSON of an item: with the metadata that its callback URL carries, at the level the user chose,
 * and without secrets in what the provider echoes.
 *
 * @param received what the verified callback carried; the provider's echo of the URL comes before it
 */
export function toItemJson(
	job: FetchedJob,
	level: OutputLevel,
	session: Session,
	received: CallbackData = {},
): IDataObject {
	const { warning } = job;
	const transcript = toOutputTranscript(job, level, session, received);
	return { ...transcript, ...(warning && { warning }) } as unknown as IDataObject;
}

/** The same as a transcript, without what is only said about the way it was fetched. */
export function toOutputTranscript(job: FetchedJob, level: OutputLevel, session: Session, received: CallbackData = {}): Transcript {
	const { callbackUrl } = job;
	const { metadata, ref } = { ...received, ...callbackDataIn(callbackUrl) };
	const { status, text, errorMessage, ...others } = job.transcript;
	const transcript = atLevel(
		withoutAbsent<Transcript>({ status, text, errorMessage, metadata, ...others, ref }),
		level,
	);
	const secrets = [
		...knownSecrets(session.connection, callbackUrl ? scopeOf(callbackUrl) : undefined),
		...secretsIn(callbackUrl),
	];
	// What the provider says about the request may repeat it; what was spoken is left as it is.
	return {
		...transcript,
		...(errorMessage && { errorMessage: redactSecrets(errorMessage, secrets) as string }),
		...(transcript.raw !== undefined && { raw: redactSecrets(transcript.raw, secrets) }),
	};
}

function callbackDataIn(callbackUrl: string | undefined): CallbackData {
	const url = callbackUrl ? parseHttpUrl(callbackUrl) : undefined;
	const { metadata = {}, ref } = url ? readQuery(url.searchParams) : {};
	// Only a URL with a correlation ID was made by Submit; another's parameters may be anything, also a token.
	if (ref === undefined) return {};
	return Object.keys(metadata).length > 0 ? { metadata, ref } : { ref };
}

/** A job that has ended on its way out of the trigger, or of what recovers what the trigger missed: the same item from both. */
export interface JobOutcome {
	json: IDataObject;
	binary?: IBinaryKeyData;
	eventId: string;
	failed: boolean;
	/** What is left to do once the event is recorded. Never throws. */
	cleanUp(): Promise<void>;
}

/**
 * @param carried what is known of the job from elsewhere; the provider's echo of the callback URL comes before it
 * @throws ServiceRefusal, InputError, NoTimesError where the files that were asked for cannot be had
 */
export async function jobOutcome(
	context: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	job: FetchedJob,
	carried: CallbackData,
): Promise<JobOutcome> {
	const binary = await requestedFiles(context, itemIndex, session, job, () => toOutputTranscript(job, 'words', session, carried));
	const level = context.getNodeParameter('output', itemIndex) as OutputLevel;
	const { id, status } = job.transcript;
	return {
		json: toItemJson(job, level, session, carried),
		...(binary && { binary }),
		eventId: eventIdOf(session.provider.name, id, status),
		failed: status === 'failed',
		async cleanUp() {
			// A test by hand may be repeated; and a sample is the account's latest transcript, which somebody may wait for.
			if (context.getMode() !== 'manual') await deleteAfterFetching(context, itemIndex, session, { id, status });
		},
	};
}

/**
 * For whose trigger a job was submitted. `unknown` where no callback URL is named: by a service that never names one, or
 * because there is none.
 */
export function originOf(context: IExecuteFunctions, provider: Provider, { callbackUrl }: FetchedJob): 'here' | 'elsewhere' | 'unknown' {
	if (callbackUrl === undefined) return 'unknown';
	return scopeOf(callbackUrl) === triggerScope(String(context.getWorkflow().id), provider.name) ? 'here' : 'elsewhere';
}
