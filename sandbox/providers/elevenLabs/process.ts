import { recognize } from '../../audio/recognize';
import { sniff } from '../../audio/sniff';
import type { WorkResult } from '../../core/job';
import type { ProviderContext } from '../../core/provider';
import type { TranscriptEntry } from './store';

/** Maximum size of a file at a URL (ElevenLabs API reference, cloud_storage_url: 2 GB). */
const URL_LIMIT_BYTES = 2 * 1000 ** 3;
/** Recordings can be 100 ms to 10 hours long or, with multiple channels, up to one hour and five channels (ElevenLabs docs, Speech to Text). */
const SHORTEST_SECONDS = 0.1;
const LONGEST_SECONDS = 36_000;
const MOST_CHANNELS = 5;

/** Gets a job's audio and transcribes it. A failure becomes the job's error message. */
export async function process(
	entry: TranscriptEntry,
	context: ProviderContext,
	signal: AbortSignal,
): Promise<WorkResult> {
	const { params } = entry;
	let intake = entry.file;
	try {
		intake ??= await context.audio.fetch(params.source_url ?? params.cloud_storage_url ?? '', URL_LIMIT_BYTES, signal);
	} catch (error) {
		return { mediaSeconds: 0, errorMessage: `Failed to download the file from the provided URL. (${String(error)})` };
	}
	const raw = params.file_format === 'pcm_s16le_16';
	if (!raw && !sniff(intake.head).isAudio)
		return { mediaSeconds: 0, errorMessage: 'File is corrupted or is not a supported audio or video format.' };
	const heard = recognize(intake, context.samples);
	const { durationSeconds: seconds, channels } = heard;
	if (seconds < SHORTEST_SECONDS) return { mediaSeconds: seconds, errorMessage: 'Audio is too short.' };
	if (seconds > LONGEST_SECONDS) return { mediaSeconds: seconds, errorMessage: 'Audio is too long.' };
	if (params.use_multi_channel && channels > MOST_CHANNELS)
		return { mediaSeconds: seconds, errorMessage: 'Too many channels.' };
	entry.heard = heard;
	return { mediaSeconds: seconds };
}
