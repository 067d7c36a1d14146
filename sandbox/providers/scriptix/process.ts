import { recognize } from '../../audio/recognize';
import { sniff } from '../../audio/sniff';
import type { ProviderContext } from '../../core/provider';
import { callbackFor } from './callbacks';
import type { Entry, Store } from './store';

/** Maximum size of a session's recording (docs.scriptix.io, Core APIs, Upload URL: max_file_size). */
export const SESSION_LIMIT_BYTES = 5_368_709_120;

/** Maximum size of a standard upload: 500 MB (docs.scriptix.io, Batch, Overview, File Size Limits). */
export const STT_LIMIT_BYTES = 500_000_000;

/** Starts a job whose recording was uploaded or can be fetched from `mediaSource`. */
export function start(entry: Entry, store: Store, context: ProviderContext, mediaSource?: string): void {
	const work = {
		process: async (signal: AbortSignal) => {
			try {
				entry.intake ??= await context.audio.fetch(mediaSource ?? '', SESSION_LIMIT_BYTES, signal);
			} catch (error) {
				return { mediaSeconds: 0, errorMessage: `Could not download the media source: ${(error as Error).message}` };
			}
			const kind = sniff(entry.intake.head);
			if (!kind.isAudio) return { mediaSeconds: 0, errorMessage: `Unsupported media type: ${kind.mime}` };
			entry.heard = recognize(entry.intake, context.samples);
			return { mediaSeconds: entry.heard.durationSeconds };
		},
		finished: ({ status }: { status: string }) => {
			if (entry.deleted) return;
			if (status === 'completed' && entry.params.documentType !== undefined) entry.documentId = store.nextDocumentId();
			const order = callbackFor(entry);
			if (order) context.callbacks.send(order);
		},
	};
	entry.job = context.jobs.start(context.name, entry.account, work, entry.id);
}
