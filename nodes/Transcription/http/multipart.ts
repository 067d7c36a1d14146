import { closeContent, type UploadContent, type UploadSource } from './upload';

/** A form that is sent as `multipart/form-data`. */
export interface Multipart {
	fields: ReadonlyArray<readonly [name: string, value: string]>;
	file?: { field: string; source: UploadSource };
}

/** Builds a multipart form body. Opens the file now, but streams it as the request is sent. */
export async function openForm({ fields, file }: Multipart): Promise<{ body: FormData; close: () => void }> {
	const form = new FormData();
	for (const [name, value] of fields) form.append(name, value);
	if (!file) return { body: form, close: () => {} };
	const { source } = file;
	const content = await source.open();
	// Don't pass a file name as the third argument: Node would wrap the file in a new one and lose the stream.
	form.append(file.field, Buffer.isBuffer(content) ? inMemory(source, content) : new StreamedFile(source, content));
	return { body: form, close: () => closeContent(content) };
}

function inMemory({ fileName, mimeType }: UploadSource, content: Buffer): File {
	return new File([content], fileName, { type: mimeType });
}

/**
 * A file whose bytes come from a stream. The HTTP client sets the Content-Length from its size and then reads the
 * stream, so that the whole file is never in memory.
 */
class StreamedFile extends File {
	constructor(
		source: UploadSource,
		private readonly content: Exclude<UploadContent, Buffer>,
	) {
		super([], source.fileName, { type: source.mimeType });
		Object.defineProperty(this, 'size', { value: source.bytes });
	}

	/** HTTP clients iterate over the stream, so a Node.js stream also works. */
	override stream(): ReturnType<File['stream']> {
		return this.content as unknown as ReturnType<File['stream']>;
	}
}
