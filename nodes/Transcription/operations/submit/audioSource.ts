import { userError } from '../../core/userError';
import { isPrivateHost, parseHttpUrl } from '../../core/url';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import type { UploadContent, UploadSource } from '../../http/upload';
import { type AudioSource } from '../../providers/provider';
import { fromStorage, givenName } from '../../shared/storage';
import { describeFile, givenType, SIGNATURE_BYTES } from './mediaType';

/** MIME types that no service transcribes. Everything else is accepted, since recorders often set no type or an unusual one. */
const NOT_AUDIO =
	/^(text|image|font|model|message)\/|^application\/(pdf|json|xml|rtf|zip|gzip|msword|javascript|x-(7z|tar|rar)|vnd\.(openxmlformats|ms-|oasis))/;

/** Reads the Source parameter and its fields for one item, without reading the file. @throws UserError */
export async function audioSource(
	context: IExecuteFunctions,
	itemIndex: number,
	serviceBaseUrl: string,
): Promise<AudioSource> {
	if (context.getNodeParameter('source', itemIndex) === 'url') {
		return { url: audioUrl(String(context.getNodeParameter('audioUrl', itemIndex) ?? ''), serviceBaseUrl) };
	}
	const field = String(context.getNodeParameter('binaryPropertyName', itemIndex)).trim();
	return { file: await binaryFile(context, itemIndex, field) };
}

function audioUrl(text: string, serviceBaseUrl: string): string {
	const url = parseHttpUrl(text.trim());
	if (!url) {
		throw userError(
			text.trim() ? `“Audio URL” isn’t an HTTP(S) URL: ${text.slice(0, 120)}` : '“Audio URL” is empty',
			'Enter the direct URL of the recording, starting with https://. For a file in the workflow, choose Source: Binary File.',
		);
	}
	if (isPrivateHost(url) && !isPrivateHost(new URL(serviceBaseUrl))) {
		throw userError(
			`The provider can’t reach “${url.host}”, which is a private network address`,
			'Download the recording first, for example with an HTTP Request node, and choose Source: Binary File.',
		);
	}
	return url.href;
}

async function binaryFile(context: IExecuteFunctions, itemIndex: number, field: string): Promise<UploadSource> {
	const binaries = context.getInputData()[itemIndex]?.binary ?? {};
	const binary = binaries[field];
	if (!binary) {
		const others = Object.keys(binaries);
		throw userError(
			`Item ${itemIndex} has no file in the binary field “${field}”`,
			others.length > 0
				? `Set “Input Binary Field” to a field the item has: ${others.join(', ')}.`
				: 'The item has no binary data. Add a node before this one that loads the recording, or choose Source: URL.',
		);
	}
	const fileName = givenName(binary) ?? 'recording';
	const mimeType = givenType(binary) ?? '';
	if (NOT_AUDIO.test(mimeType)) {
		throw userError(
			`“${fileName}” in item ${itemIndex} is ${mimeType}, not audio or video`,
			`Use a binary field with a recording instead of “${field}”. If this file is a recording, correct its MIME type in the node that loads it.`,
		);
	}
	return await uploadSource(context, itemIndex, binary, fileName);
}

async function uploadSource(
	context: IExecuteFunctions,
	itemIndex: number,
	binary: IBinaryData,
	fileName: string,
): Promise<UploadSource> {
	const { id } = binary;
	const where = `The file “${fileName}” in item ${itemIndex}`;
	// Without an ID, the file is already in memory. Base64 may contain line breaks, so its size is only known after decoding.
	const bytes = id
		? (await fromStorage(where, async () => await context.helpers.getBinaryMetadata(id))).fileSize
		: Buffer.from(binary.data, 'base64').length;
	if (bytes === 0) {
		throw userError(
			`The file “${fileName}” in item ${itemIndex} is empty`,
			'Check the node that loads it. The download may have been interrupted, or nothing was recorded.',
		);
	}
	const open = async () =>
		id
			? await fromStorage(where, async () => await context.helpers.getBinaryStream(id))
			: Buffer.from(binary.data, 'base64');
	return {
		...(await describeFile(binary, async () => await startOf(await open()))),
		bytes,
		...inMemoryOf(id),
		open,
	};
}

/** Reads the first bytes of a file, then closes it. */
async function startOf(content: UploadContent): Promise<Buffer> {
	if (Buffer.isBuffer(content)) return content.subarray(0, SIGNATURE_BYTES);
	let start = Buffer.alloc(0);
	// Leaving the loop closes the stream.
	for await (const chunk of content as AsyncIterable<Buffer>) {
		start = Buffer.concat([start, chunk]);
		if (start.length >= SIGNATURE_BYTES) break;
	}
	return start;
}

/**
 * Returns where n8n holds a file that it can't stream: database mode loads whole files, and a file without an ID is
 * part of the item. Source: n8n 2.41, `DatabaseManager`.
 */
function inMemoryOf(id: string | undefined): Pick<UploadSource, 'inMemoryOf'> {
	if (!id) return { inMemoryOf: 'process' };
	return id.startsWith('database:') ? { inMemoryOf: 'database' } : {};
}
