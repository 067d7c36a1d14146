import { closeContent, type UploadContent, type UploadSource } from './upload';

/** A form as `multipart/form-data` carries it. */
export interface Multipart {
	fields: ReadonlyArray<readonly [name: string, value: string]>;
	file?: { field: string; source: UploadSource };
}

/** The form as a request body. The file in it is opened, and read only while it is sent. */
export async function openForm({ fields, file }: Multipart): Promise<{ body: FormData; close: () => void }> {
	const form = new FormData();
	for (const [name, value] of fields) form.append(name, value);
	if (!file) return { body: form, close: () => {} };
	const { source } = file;
	const content = await source.open();
	// Without a name of its own as third argument: Node would wrap the file in a new one, and lose the stream.
	form.append(file.field, Buffer.isBuffer(content) ? inMemory(source, content) : new StreamedFile(source, content));
	return { body: form, close: () => closeContent(content) };
}

function inMemory({ fileName, mimeType }: UploadSource, content: Buffer): File {
	return new File([content], fileName, { type: mimeType });
}

/**
 * A file whose bytes come from a stream: what sends the form asks for the size, which gives the request its
 * Content-Length, and then reads the stream, so that the file is never in memory as a whole.
 */
class StreamedFile extends File {
	constructor(
		source: UploadSource,
		private readonly content: Exclude<UploadContent, Buffer>,
	) {
		super([], source.fileName, { type: source.mimeType });
		Object.defineProperty(this, 'size', { value: source.bytes });
	}

	/** Readers of forms iterate over this, which Node's own streams allow as well. */
	override stream(): ReturnType<File['stream']> {
		return this.content as unknown as ReturnType<File['stream']>;
	}
}
