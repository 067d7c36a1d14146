import { userError } from '../../core/userError';
import { isPrivateHost, parseHttpUrl } from '../../core/url';
import type { IBinaryData, IBinaryKeyData, IExecuteFunctions } from 'n8n-workflow';
import type { UploadContent, UploadSource } from '../../http/upload';
import { type AudioSource } from '../../providers/provider';
import { describeFile, givenType, isRecording, SIGNATURE_BYTES } from '../../shared/mediaType';
import { fromStorage, givenName, sizeOf } from '../../shared/storage';
import { recordingNameOf } from '../../transcript/recordingName';
import { DEFAULT_BINARY_FIELD } from './fields';

/** MIME types that no service transcribes. Everything else is accepted, since recorders often set no type or an unusual one. */
const NOT_AUDIO =
	/^(text|image|font|model|message)\/|^application\/(pdf|json|xml|rtf|zip|gzip|msword|javascript|x-(7z|tar|rar)|vnd\.(openxmlformats|ms-|oasis))/;

/** A recording before it is submitted. */
export interface Recording {
	source: AudioSource;
	/** The name of the file or in the URL, if there is one. See {@link recordingNameOf}. */
	recordingName?: string;
}

/** Reads the Source parameter and its fields for one item, without reading the file. @throws UserError */
export async function readRecording(
	context: IExecuteFunctions,
	itemIndex: number,
	serviceBaseUrl: string,
): Promise<Recording> {
	if (context.getNodeParameter('source', itemIndex) === 'url') {
		const url = audioUrl(String(context.getNodeParameter('audioUrl', itemIndex) ?? ''), serviceBaseUrl);
		return { source: { url }, recordingName: recordingNameOf(url) };
	}
	const chosenField = String(context.getNodeParameter('binaryPropertyName', itemIndex)).trim();
	const { field, binary } = findBinary(context.getInputData()[itemIndex]?.binary ?? {}, chosenField, itemIndex);
	const file = await binaryFile(context, itemIndex, field, binary);
	return { source: { file }, recordingName: recordingNameOf(givenName(binary)) };
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

/** A file in an item, and the name of its binary field. */
interface BinaryField {
	field: string;
	binary: IBinaryData;
}

async function binaryFile(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
	binary: IBinaryData,
): Promise<UploadSource> {
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

/**
 * Returns the file in the chosen field. If the user kept the field's default, and the item has no such field but exactly
 * one recording, returns that recording: many nodes name the field after the file.
 * @throws UserError
 */
function findBinary(binaries: IBinaryKeyData, chosenField: string, itemIndex: number): BinaryField {
	const all = Object.entries(binaries).map(([field, binary]): BinaryField => ({ field, binary }));
	const chosen = all.find(({ field }) => field === chosenField);
	if (chosen) return chosen;
	const recordings = all.filter(({ binary }) => isRecording(binary));
	const [only, ...others] = chosenField === DEFAULT_BINARY_FIELD ? recordings : [];
	if (only && others.length === 0) return only;
	throw userError(
		`Item ${itemIndex} has no file in the binary field “${chosenField}”`,
		only
			? `The item has several recordings. Set “Input Binary Field” to one of them: ${listOf(recordings)}.`
			: all.length > 0
				? `Set “Input Binary Field” to a field the item has: ${listOf(all)}.`
				: 'The item has no binary data. Add a node before this one that loads the recording, or choose Source: URL.',
	);
}

/** Returns the fields with their MIME types, for a message. */
function listOf(fields: readonly BinaryField[]): string {
	return fields.map(({ field, binary }) => `${field} (${givenType(binary) ?? 'unknown type'})`).join(', ');
}

async function uploadSource(
	context: IExecuteFunctions,
	itemIndex: number,
	binary: IBinaryData,
	fileName: string,
): Promise<UploadSource> {
	const { id } = binary;
	const where = `The file “${fileName}” in item ${itemIndex}`;
	const bytes = await sizeOf(context, where, binary);
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
