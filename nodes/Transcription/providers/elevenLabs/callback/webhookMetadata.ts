import { userError } from '../../../core/userError';
import { parseHttpUrl } from '../../../core/url';
import { z } from 'zod';
import { parseJson } from '../../../core/json';

/*
 * Metadata that is sent with a job and returned with its event: the callback URL that Submit built. It identifies the job,
 * since all jobs of a workspace may use the same webhook.
 *
 * Source: ElevenLabs OpenAPI, `webhook_metadata` of `POST /v1/speech-to-text`: JSON text, up to 16 KB and two levels.
 */

const MAX_BYTES = 16 * 1024;

const metadataSchema = z.object({ callbackUrl: z.string() });

/** @throws UserError if it is larger than the service accepts */
export function webhookMetadata(callbackUrl: string): string {
	const text = JSON.stringify({ callbackUrl });
	if (Buffer.byteLength(text) <= MAX_BYTES) return text;
	throw userError(
		`The callback URL with its metadata exceeds ElevenLabs’ limit of ${MAX_BYTES / 1024} KB`,
		'Shorten the metadata to an ID, and look up the rest when the transcript arrives. Nothing was submitted.',
	);
}

/**
 * @param metadata an object or its JSON text
 * @returns undefined if the job wasn't submitted by this node
 */
export function callbackUrlIn(metadata: unknown): string | undefined {
	const parsed = metadataSchema.safeParse(typeof metadata === 'string' ? parseJson(metadata) : metadata);
	return parsed.success ? parseHttpUrl(parsed.data.callbackUrl)?.href : undefined;
}
