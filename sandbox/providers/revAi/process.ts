import type { AudioIntake } from '../../audio/intake';
import { recognize } from '../../audio/recognize';
import { sniff } from '../../audio/sniff';
import type { WorkResult } from '../../core/job';
import type { Account, ProviderContext } from '../../core/provider';
import type { Entry } from './store';

/** The limit for recordings that are fetched by URL (Rev AI docs, “Submitting media files”). */
const URL_LIMIT_BYTES = 5 * 1000 ** 4;

/** Gets a job's audio and recognizes it. The service reports all of these problems as failed jobs, not as HTTP errors. */
export async function process(
	entry: Entry,
	account: Account,
	context: ProviderContext,
	signal: AbortSignal,
): Promise<WorkResult> {
	if (account.balance === 'exhausted')
		return failed(entry, 'insufficient_balance', 'Your account does not have enough credits');
	let intake: AudioIntake;
	try {
		const { source_config: source, media_url: old } = entry.options;
		const url = source?.url ?? old ?? '';
		intake = entry.upload ?? (await context.audio.fetch(url, URL_LIMIT_BYTES, signal, source?.auth_headers));
	} catch {
		// The text is from the Rev AI docs, “Asynchronous API reference”, webhooks.
		return failed(entry, 'download_failure', 'Failed to download media file. Please check your url and file type');
	}
	if (!sniff(intake.head).isAudio) return failed(entry, 'invalid_media', 'Media file could not be parsed');
	const heard = recognize(intake, context.samples);
	if ((entry.options.speaker_channels_count ?? 0) > heard.channels)
		return failed(entry, 'invalid_media', 'Media file has fewer channels than speaker_channels_count');
	entry.heard = heard;
	return { mediaSeconds: heard.durationSeconds };
}

function failed(entry: Entry, failure: string, errorMessage: string): WorkResult {
	entry.failure = failure;
	return { mediaSeconds: 0, errorMessage };
}
