import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { userError, type UserError } from '../core/userError';

/** Reads items' files from n8n's storage: the filesystem, S3, or the database. */

/**
 * Returns the name of a file in an item, or undefined if it is missing or blank. Code nodes and some other nodes set
 * none.
 */
export function givenName({ fileName }: { fileName?: unknown }): string | undefined {
	return typeof fileName === 'string' && fileName.trim() !== '' ? fileName : undefined;
}

/**
 * @param where for error messages: `The file “call.mp3” in item 3`
 * @throws UserError if n8n no longer has the file, or can't read it
 */
export async function fromStorage<T>(where: string, read: () => Promise<T>): Promise<T> {
	return await read().catch((error: unknown) => {
		throw explain(where, error as Error);
	});
}

/**
 * Returns the size of a file in bytes, without reading it if n8n stores it outside the item.
 * @param where see {@link fromStorage}
 * @throws UserError if n8n no longer has the file
 */
export async function sizeOf(
	context: IExecuteFunctions,
	where: string,
	{ id, data }: Pick<IBinaryData, 'id' | 'data'>,
): Promise<number> {
	if (id) return (await fromStorage(where, async () => await context.helpers.getBinaryMetadata(id))).fileSize;
	// The file is already in memory. Base64 may contain line breaks, so its size is only known after decoding.
	return Buffer.from(data, 'base64').length;
}

/** Matches the errors that n8n's storage backends throw for a missing file. */
const GONE = /ENOENT|not found|NoSuchKey|NotFound|could not find/i;

function explain(where: string, error: Error & { code?: unknown }): UserError {
	return GONE.test(`${error.name} ${String(error.code)} ${error.message}`)
		? userError(
				`${where} is no longer in n8n’s storage`,
				'n8n deletes files together with the execution that stored them: after EXECUTIONS_DATA_MAX_AGE hours, or immediately if the workflow doesn’t save its executions. Load the file in the execution that uses it, instead of passing on an item from an earlier execution. With several workers, all of them must share the storage.',
			)
		: userError(
				`${where} can’t be read from n8n’s storage`,
				`Check the storage of this n8n instance (N8N_DEFAULT_BINARY_DATA_MODE). If the mode was changed, load the file again. The storage says: ${error.message.slice(0, 200)}`,
			);
}
