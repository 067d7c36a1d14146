import type { AudioIntake } from '../../audio/intake';
import { recognize } from '../../audio/recognize';
import { sniff } from '../../audio/sniff';
import type { WorkResult } from '../../core/job';
import type { ProviderContext } from '../../core/provider';
import type { Entry } from './store';
import { transcribe } from './tokens';

/** Size limit for recordings at a URL. The service doesn't document one. */
const URL_LIMIT_BYTES = 5 * 1000 ** 3;
/** Maximum duration: 300 minutes (Soniox docs, Limits & quotas). */
const LONGEST_SECONDS = 18_000;

/** Gets a job's audio and transcribes it. Only the two error types used here are documented. */
export async function process(entry: Entry, context: ProviderContext, signal: AbortSignal): Promise<WorkResult> {
	let intake: AudioIntake;
	try {
		intake = entry.intake ?? (await context.audio.fetch(entry.params.audio_url ?? '', URL_LIMIT_BYTES, signal));
	} catch (error) {
		return failed(entry, 'invalid_audio_file', `The audio file could not be downloaded: ${reasonOf(error)}.`);
	}
	if (!sniff(intake.head).isAudio) {
		return failed(entry, 'invalid_audio_file', 'The audio file is invalid or its format is not supported.');
	}
	const heard = recognize(intake, context.samples);
	if (heard.durationSeconds > LONGEST_SECONDS) {
		return failed(entry, 'max_audio_duration_reached', 'The audio is longer than 300 minutes.');
	}
	entry.durationMs = Math.round(heard.durationSeconds * 1000);
	entry.transcript = transcribe(heard, entry.params);
	return { mediaSeconds: heard.durationSeconds };
}

function failed(entry: Entry, type: string, errorMessage: string): WorkResult {
	entry.errorType = type;
	return { mediaSeconds: 0, errorMessage };
}

function reasonOf(error: unknown): string {
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	return cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code || cause.name : String(cause);
}
