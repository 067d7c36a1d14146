import { userError } from '../../../core/userError';
import { parseHttpUrl } from '../../../core/url';
import { z } from 'zod';
import { parseJson } from '../../../core/json';
/**
 * What goes along with a job and comes back with its event: the callback URL as Submit made it. All jobs of a workspace
 * may be announced at one webhook, whose own URL says nothing about the job.
 *
 * Source: ElevenLabs OpenAPI, `webhook_metadata` of `POST /v1/speech-to-text`: JSON text, up to 16 KB and two levels.
 */

const MOST_BYTES = 16 * 1024;

const metadataSchema = z.object({ callbackUrl: z.string() });

/** @throws InputError where it is larger than the service takes */
export function webhookMetadata(callbackUrl: string): string {
	const text = JSON.stringify({ callbackUrl });
	if (Buffer.byteLength(text) <= MOST_BYTES) return text;
	throw userError(
		`The callback URL with its metadata is larger than the ${MOST_BYTES / 1024} KB that ElevenLabs takes`,
		'Shorten the metadata to an ID, and look the rest up when the transcript arrives. Nothing was submitted.',
	);
}

/** @param given an object, or its JSON text. Undefined where the job was not submitted by this node. */
export function callbackUrlIn(given: unknown): string | undefined {
	const parsed = metadataSchema.safeParse(typeof given === 'string' ? parseJson(given) : given);
	return parsed.success ? parseHttpUrl(parsed.data.callbackUrl)?.href : undefined;
}
