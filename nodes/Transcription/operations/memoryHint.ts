import type { UploadSource } from '../http/upload';
import type { AudioSource } from '../providers/provider';

/** Below this nobody runs out of memory. */
const NOTICEABLE_BYTES = 32 * 2 ** 20;

const KEPT = { process: 'in its memory', database: 'in its database' } as const;

/**
 * A warning for recordings that n8n cannot stream, and so holds in memory as a whole while they are uploaded; undefined
 * where there are none of a size to speak of. One for all recordings: it is a setting of n8n.
 */
export function memoryHint(sources: readonly AudioSource[]): string | undefined {
	const [largest] = sources
		.flatMap((source) => ('file' in source ? [source.file] : []))
		.filter((file): file is UploadSource & { inMemoryOf: keyof typeof KEPT } => file.inMemoryOf !== undefined && file.bytes > NOTICEABLE_BYTES)
		.sort((a, b) => b.bytes - a.bytes);
	if (!largest) return undefined;
	return (
		`This n8n keeps files ${KEPT[largest.inMemoryOf]}, so that “${largest.fileName}” (${Math.round(largest.bytes / 1e6)} MB) takes that much memory while it is uploaded. ` +
		'Set N8N_DEFAULT_BINARY_DATA_MODE to filesystem, or with several workers to s3, and files are streamed; or put the recording online and choose Source: URL.'
	);
}
