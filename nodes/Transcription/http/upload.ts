import type { IExecuteFunctions } from 'n8n-workflow';

/** A readable stream. The type is taken from n8n's helper, because the linter forbids importing `node:stream`. */
type ByteStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** A file to upload. It is opened for every attempt, because a stream can only be read once. */
export interface UploadSource {
	fileName: string;
	mimeType: string;
	/** Exact size in bytes. Sent as Content-Length, so that a lost connection can't be mistaken for the end of the file. */
	bytes: number;
	/** Where n8n stores the file. Only set if n8n loads the whole file into memory during the upload. */
	inMemoryOf?: 'process' | 'database';
	/** Returns a stream unless n8n stores the file in memory. */
	open(): Promise<UploadContent>;
}

export type UploadContent = ByteStream | Buffer;

/** Closes the content returned by `open`, whether or not it was read. */
export function closeContent(content: UploadContent): void {
	if (!Buffer.isBuffer(content) && 'destroy' in content) content.destroy();
}
