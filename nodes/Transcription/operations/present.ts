import type { IDataObject } from 'n8n-workflow';
import { redactSecrets } from '../callback/redact';
import { parseHttpUrl, readQuery, scopeOf } from '../callback/url';
import type { FetchedJob } from '../providers/provider';
import { type Transcript, withoutAbsent } from '../transcript/model';
import { atLevel, type OutputLevel } from '../transcript/output';
import { knownSecrets, type Session } from './session';

/**
 * A fetched job as the JSON of an item: with the metadata that its callback URL carries, at the level the user chose,
 * and without secrets in what the provider echoes.
 */
export function present(job: FetchedJob, level: OutputLevel, session: Session): IDataObject {
	const { callbackUrl } = job;
	const echoed = callbackUrl ? parseHttpUrl(callbackUrl) : undefined;
	const { metadata = {}, ref } = echoed ? readQuery(echoed.searchParams) : {};
	// Only a URL with a correlation ID was made by Submit; another's parameters may be anything, also a token.
	const ours = ref !== undefined && Object.keys(metadata).length > 0;
	const transcript = atLevel(
		withoutAbsent<Transcript>({ ...job.transcript, ref, metadata: ours ? metadata : undefined }),
		level,
	);
	if (transcript.raw !== undefined) {
		const scope = callbackUrl ? scopeOf(callbackUrl) : undefined;
		transcript.raw = redactSecrets(transcript.raw, knownSecrets(session.connection, scope));
	}
	return transcript as unknown as IDataObject;
}
