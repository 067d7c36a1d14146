import type { AudioIntake } from '../../audio/intake';
import { recognize } from '../../audio/recognize';
import { sniff } from '../../audio/sniff';
import type { WorkResult } from '../../core/job';
import type { ProviderContext } from '../../core/provider';
import { transcribe } from './result';
import type { Entry } from './store';

/** The API plan's limits are 1 GiB and 10 hours (instanttranscriber.com, API, plans). */
export const FILE_LIMIT_BYTES = 1024 ** 3;
const LONGEST_SECONDS = 36_000;

/** Gets a job's audio and transcribes it. A failure becomes the job's error message. The wording of the errors is an assumption. */
export async function process(entry: Entry, context: ProviderContext, signal: AbortSignal): Promise<WorkResult> {
	let intake: AudioIntake;
	try {
		intake = entry.file ?? (await context.audio.fetch(entry.params.file_url!, FILE_LIMIT_BYTES, signal));
	} catch (error) {
		return {
			mediaSeconds: 0,
			errorMessage: `Could not download file_url: ${error instanceof Error ? error.message : String(error)}`,
		};
	}
	if (!sniff(intake.head).isAudio)
		return { mediaSeconds: 0, errorMessage: 'The file contains no audio that can be read.' };
	const heard = recognize(intake, context.samples);
	if (heard.durationSeconds > LONGEST_SECONDS)
		return { mediaSeconds: 0, errorMessage: 'The recording is longer than 10 hours.' };
	entry.result = transcribe(heard, entry.params);
	return { mediaSeconds: heard.durationSeconds };
}
