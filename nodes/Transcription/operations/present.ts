import type { IDataObject } from 'n8n-workflow';
import { redactSecrets } from '../callback/redact';
import { parseHttpUrl, readQuery, scopeOf, tokenIn } from '../callback/url';
import type { FetchedJob } from '../providers/provider';
import { type Transcript, withoutAbsent } from '../transcript/model';
import { atLevel, type OutputLevel } from '../transcript/output';
import { knownSecrets, type Session } from './session';

/** What travels in a callback URL: known from the callback itself, or from the URL that the provider echoes. */
export type Carried = Pick<Transcript, 'metadata' | 'ref'>;

/**
 * A fetched job as the JSON of an item: with the metadata that its callback URL carries, at the level the user chose,
 * and without secrets in what the provider echoes.
 *
 * @param received what the verified callback carried; the provider's echo of the URL comes before it
 */
export function present(
	job: FetchedJob,
	level: OutputLevel,
	session: Session,
	received: Carried = {},
): IDataObject {
	const { warning } = job;
	const transcript = presented(job, level, session, received);
	return { ...transcript, ...(warning && { warning }) } as unknown as IDataObject;
}

/** The same as a transcript, without what is only said about the way it was fetched. */
export function presented(job: FetchedJob, level: OutputLevel, session: Session, received: Carried = {}): Transcript {
	const { callbackUrl } = job;
	const { metadata, ref } = { ...received, ...carriedBy(callbackUrl) };
	const { status, text, errorMessage, ...others } = job.transcript;
	const transcript = atLevel(
		withoutAbsent<Transcript>({ status, text, errorMessage, metadata, ...others, ref }),
		level,
	);
	const secrets = [
		...knownSecrets(session.connection, callbackUrl ? scopeOf(callbackUrl) : undefined),
		tokenIn(callbackUrl),
	];
	// What the provider says about the request may repeat it; what was spoken is left as it is.
	return {
		...transcript,
		...(errorMessage && { errorMessage: redactSecrets(errorMessage, secrets) as string }),
		...(transcript.raw !== undefined && { raw: redactSecrets(transcript.raw, secrets) }),
	};
}

function carriedBy(callbackUrl: string | undefined): Carried {
	const url = callbackUrl ? parseHttpUrl(callbackUrl) : undefined;
	const { metadata = {}, ref } = url ? readQuery(url.searchParams) : {};
	// Only a URL with a correlation ID was made by Submit; another's parameters may be anything, also a token.
	if (ref === undefined) return {};
	return Object.keys(metadata).length > 0 ? { metadata, ref } : { ref };
}
