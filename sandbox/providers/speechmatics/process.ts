import type { AudioIntake } from '../../audio/intake';
import { recognize } from '../../audio/recognize';
import { sniff } from '../../audio/sniff';
import type { WorkResult } from '../../core/job';
import type { ProviderContext } from '../../core/provider';
import type { Entry, Failure } from './store';

/**
 * Recordings larger than 1 GB (the upload limit) are fetched from a URL (Speechmatics docs, “Limits”). The
 * limit for URLs isn't documented.
 */
const URL_LIMIT_BYTES = 10 * 1000 ** 3;

/** Gets a job's audio and recognizes it. */
export async function process(entry: Entry, context: ProviderContext, signal: AbortSignal): Promise<WorkResult> {
	let intake: AudioIntake;
	try {
		intake = entry.upload ?? (await context.audio.fetch(entry.config.fetch_data?.url ?? '', URL_LIMIT_BYTES, signal));
	} catch (error) {
		// This error is from Speechmatics docs, “Input”, Fetch failure.
		return failed(entry, 'fetch_error', `unable to fetch audio: ${reasonOf(error)}`);
	}
	if (!sniff(intake.head).isAudio)
		return failed(entry, 'trim_error', 'unable to process audio: the file type is not supported');
	const heard = recognize(intake, context.samples);
	const { expected_languages: expected } = entry.config.language_identification_config ?? {};
	if (expected && !expected.includes(heard.language)) {
		// This error is from Speechmatics docs, “Language identification”, Language not in expected languages list.
		return failed(entry, 'error', `The identified language '${heard.language}' is not one of the expected languages`);
	}
	entry.heard = heard;
	return { mediaSeconds: heard.durationSeconds };
}

function failed(entry: Entry, failure: Failure, errorMessage: string): WorkResult {
	entry.failure = failure;
	return { mediaSeconds: 0, errorMessage };
}

function reasonOf(error: unknown): string {
	const message = error instanceof Error ? error.message || error.name : String(error);
	return message.replace('HTTP status', 'http status code');
}
