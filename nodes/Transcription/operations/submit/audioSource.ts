import { userError } from '../../core/userError';
import { isPrivateHost, parseHttpUrl } from '../../core/url';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import type { UploadSource } from '../../http/upload';
import { type AudioSource } from '../../providers/provider';

/** Types that no service transcribes. Everything else is tried: recorders often give no type, or an odd one. */
const NOT_AUDIO =
	/^(text|image|font|model|message)\/|^application\/(pdf|json|xml|rtf|zip|gzip|msword|javascript|x-(7z|tar|rar)|vnd\.(openxmlformats|ms-|oasis))/;

/** What Source and its fields say for one item. Nothing is read yet. @throws InputError */
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
			text.trim() ? `“Audio URL” is not an http(s) URL: ${text.slice(0, 120)}` : '“Audio URL” is empty',
			'Give the direct address of the recording, beginning with https://. For a file in the workflow choose Source: Binary File.',
		);
	}
	if (isPrivateHost(url) && !isPrivateHost(new URL(serviceBaseUrl))) {
		throw userError(
			`The service cannot reach “${url.host}”, an address inside your own network`,
			'Download the recording first, for example with an HTTP Request node, and choose Source: Binary File.',
		);
	}
	return url.href;
}

async function binaryFile(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
): Promise<UploadSource> {
	const binaries = context.getInputData()[itemIndex]?.binary ?? {};
	const binary = binaries[field];
	if (!binary) {
		const others = Object.keys(binaries);
		throw userError(
			`Item ${itemIndex} has no file in the binary field “${field}”`,
			others.length > 0
				? `Set “Input Binary Field” to one the item has: ${others.join(', ')}.`
				: 'The item has no binary field at all. Put a node before this one that loads the recording, or choose Source: URL.',
		);
	}
	const fileName = binary.fileName ?? 'recording';
	if (NOT_AUDIO.test(binary.mimeType)) {
		throw userError(
			`“${fileName}” in item ${itemIndex} is ${binary.mimeType}, not audio or video`,
			`Put a recording into the binary field “${field}”. If it is one, correct the MIME type in the node that loads it.`,
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
	// Without an ID the file is in memory already. Base64 may be wrapped into lines, so that only decoding tells its size.
	const bytes = id
		? (await context.helpers.getBinaryMetadata(id)).fileSize
		: Buffer.from(binary.data, 'base64').length;
	if (bytes === 0) {
		throw userError(
			`The file “${fileName}” in item ${itemIndex} is empty`,
			'Check the node that loads it: the download may have ended early, or the recording never began.',
		);
	}
	return {
		fileName,
		mimeType: binary.mimeType,
		bytes,
		...inMemoryOf(id),
		open: async () =>
			id ? await context.helpers.getBinaryStream(id) : Buffer.from(binary.data, 'base64'),
	};
}

/** n8n's database hands a file over as a whole, and without an ID it is part of the item. Source: n8n 2.41, `DatabaseManager`. */
function inMemoryOf(id: string | undefined): Pick<UploadSource, 'inMemoryOf'> {
	if (!id) return { inMemoryOf: 'process' };
	return id.startsWith('database:') ? { inMemoryOf: 'database' } : {};
}
