import { randomBytes } from 'node:crypto';

import type { AudioIntake } from '../../audio/intake';
import { recognize } from '../../audio/recognize';
import { silence } from '../../audio/silence';
import { sniff } from '../../audio/sniff';
import type { WorkResult } from '../../core/job';
import type { ProviderContext } from '../../core/provider';
import type { TranscriptResult } from './result';
import type { RedactedAudio, Store, TranscriptEntry } from './store';
import { transcribe } from './transcribe';
import { uploadId } from './uploads';

/** Maximum size of a file at a URL (AssemblyAI docs, Supported files: 5 GB). */
const URL_LIMIT_BYTES = 5 * 1000 ** 3;

/** Gets a job's audio and transcribes it. A failure becomes the job's error message, in the service's wording. */
export async function process(
	entry: TranscriptEntry,
	store: Store,
	context: ProviderContext,
	signal: AbortSignal,
): Promise<WorkResult> {
	const url = entry.params.audio_url;
	let intake: AudioIntake;
	try {
		intake = await audioOf(url, store, context, signal);
	} catch (error) {
		return { mediaSeconds: 0, errorMessage: downloadError(url, error) };
	}
	const kind = sniff(intake.head);
	if (!kind.isAudio) {
		// The wording is from AssemblyAI docs, Troubleshoot common errors: "File does not appear to contain audio".
		const errorMessage = `Transcoding failed. File does not appear to contain audio. File type is ${kind.mime} (${kind.description}).`;
		return { mediaSeconds: 0, errorMessage };
	}
	const heard = recognize(intake, context.samples);
	const result = transcribe(heard, entry.params);
	if ('error' in result) return { mediaSeconds: heard.durationSeconds, errorMessage: result.error };
	entry.result = result;
	if (entry.params.redact_pii_audio) {
		entry.redacted = {
			token: randomBytes(24).toString('base64url'),
			audio: redactedAudio(intake, result),
			state: 'processing',
		};
	}
	return { mediaSeconds: heard.durationSeconds };
}

async function audioOf(url: string, store: Store, context: ProviderContext, signal: AbortSignal): Promise<AudioIntake> {
	const id = uploadId(url, context.baseUrl());
	if (id === null) return context.audio.fetch(url, URL_LIMIT_BYTES, signal);
	const upload = store.uploads.get(id);
	if (!upload) throw new Error('the uploaded file does not exist');
	return upload.intake;
}

/**
 * Uses the wording from AssemblyAI docs, Troubleshoot common errors: "Download error". The reason in parentheses is
 * added by the sandbox.
 */
function downloadError(url: string, error: unknown): string {
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	const reason =
		cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code || cause.name : String(cause);
	return `Download error, unable to download ${url}. Please make sure the file exists and is accessible from the internet. (${reason})`;
}

/** Silences parts of the recording without changing its format. */
function redactedAudio(intake: AudioIntake, result: TranscriptResult): RedactedAudio {
	const data = intake.content && silence(intake.content, result.redactedSpans);
	if (!data) return { kind: 'silence', seconds: result.audioSeconds };
	return { kind: 'bytes', data, extension: sniff(intake.head).mime === 'audio/mpeg' ? 'mp3' : 'wav' };
}
