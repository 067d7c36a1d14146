import type { IExecuteFunctions } from 'n8n-workflow';

/** A readable stream, named through n8n's helper because the linter forbids importing `node:stream`. */
type ByteStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** A file to upload. It is opened anew for every attempt, since a stream can be sent once. */
export interface UploadSource {
	fileName: string;
	mimeType: string;
	/** Exact size in bytes: sent as Content-Length, so that a cut connection cannot pass for the end of the file. */
	bytes: number;
	/** Where n8n has the file in its memory as a whole while it is uploaded: where it keeps it. */
	inMemoryOf?: 'process' | 'database';
	/** A stream wherever n8n keeps the file outside its memory. */
	open(): Promise<UploadContent>;
}

export type UploadContent = ByteStream | Buffer;

/** Releases what `open` gave, read or not. */
export function closeContent(content: UploadContent): void {
	if (!Buffer.isBuffer(content) && 'destroy' in content) content.destroy();
}
