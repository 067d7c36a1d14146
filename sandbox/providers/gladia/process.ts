import type { AudioIntake } from '../../audio/intake';
import { recognize } from '../../audio/recognize';
import { sniff } from '../../audio/sniff';
import type { WorkResult } from '../../core/job';
import type { ProviderContext } from '../../core/provider';
import type { Entry } from './store';

/** Files and URLs have the same limit (Gladia docs, “Supported files and durations”). */
export const LIMIT_BYTES = 1_000_000_000;

/** Gets a job's audio and recognizes it. The texts of errors are assumptions. */
export async function process(entry: Entry, context: ProviderContext, signal: AbortSignal): Promise<WorkResult> {
	let intake: AudioIntake;
	try {
		intake = entry.file?.intake ?? (await context.audio.fetch(entry.params.audio_url, LIMIT_BYTES, signal));
	} catch (error) {
		return failed(entry, 400, `The audio could not be downloaded: ${(error as Error).message}`);
	}
	if (!sniff(intake.head).isAudio) return failed(entry, 422, 'The audio format is not supported');
	entry.heard = recognize(intake, context.samples);
	return { mediaSeconds: entry.heard.durationSeconds };
}

function failed(entry: Entry, errorCode: number, errorMessage: string): WorkResult {
	entry.errorCode = errorCode;
	return { mediaSeconds: 0, errorMessage };
}
