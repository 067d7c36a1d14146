import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { hasPlainHost, parseHttpUrl } from '../../core/url';
import { userError } from '../../core/userError';
import { readText } from '../../core/optionReaders';
import { recordingTypeOf } from '../../shared/mediaType';
import { fromStorage, sizeOf } from '../../shared/storage';
import type { FileSettings } from '../../transcript/files';
import { findInputFile } from './inputFile';

/**
 * The size of the largest recording that can be embedded, in bytes. Base64 makes it a third longer, which still fits in
 * a data URL of Firefox before version 137 (32 MB; MDN, “data: URLs”).
 */
const MAX_EMBEDDED_BYTES = 20_000_000;

/**
 * Reads the Recording URL option.
 * @throws UserError if it isn't a URL that a page can play
 */
export function readRecordingUrl(value: unknown): string | undefined {
	const text = readText(value);
	if (text === undefined) return undefined;
	const url = parseHttpUrl(text);
	if (!url) {
		throw userError(
			`“Recording URL” isn’t an HTTP(S) URL: ${text.slice(0, 120)}`,
			'Enter the direct URL of the audio or video file, starting with https://. For a file in the workflow, use “Embed Recording”.',
		);
	}
	if (url.username !== '' || url.password !== '') {
		throw userError(
			'“Recording URL” contains a username or password',
			'Browsers don’t load such URLs in a page, and everyone with the page could read them. Use a URL that works without them, such as a presigned one.',
		);
	}
	if (!hasPlainHost(url)) {
		throw userError(
			`The host of “Recording URL” contains characters that hosts can’t have: ${url.hostname.slice(0, 120)}`,
			'Check the part of the URL before the path. It can contain letters, digits, dots, hyphens, and underscores, or an IPv6 address in brackets.',
		);
	}
	url.hash = '';
	return url.href;
}

/**
 * Adds the recording to the settings if it is to be embedded in one of the files.
 * @param field the value of the Embed Recording option
 * @throws UserError if the item has no such file, or if it isn't a recording or is too large
 */
export async function embedRecording(
	context: IExecuteFunctions,
	itemIndex: number,
	formats: readonly string[],
	settings: FileSettings,
	field: string | undefined,
): Promise<FileSettings> {
	const isPage = formats.some((format) => format.toLowerCase() === 'html') && !settings.htmlFragment;
	if (field === undefined || !isPage) return settings;
	const item = context.getInputData()[itemIndex] as INodeExecutionData;
	const { binary, where } = findInputFile(
		item,
		itemIndex,
		field,
		'Embed Recording',
		'Pass the recording to this node together with the transcript, for example with a Merge node, or use “Recording URL”.',
	);
	const bytes = await sizeOf(context, where, binary);
	if (bytes > MAX_EMBEDDED_BYTES) {
		throw userError(
			`${where} is ${megabytes(bytes)} MB, but only recordings of up to ${megabytes(MAX_EMBEDDED_BYTES)} MB can be embedded`,
			'Store the recording where the readers of the page can access it, and use “Recording URL” instead. Or compress it before this node.',
		);
	}
	const content = await fromStorage(where, async () => await context.helpers.getBinaryDataBuffer(itemIndex, field));
	if (content.length === 0)
		throw userError(`${where} is empty`, 'Check the node that loads it. The download may have been interrupted.');
	const mimeType = recordingTypeOf(binary, content);
	if (mimeType === undefined) {
		throw userError(
			`${where} isn’t audio or video${binary.mimeType ? `: its type is ${binary.mimeType}` : ''}`,
			'Set “Embed Recording” to a field with a recording. If this file is one, correct its MIME type in the node that loads it.',
		);
	}
	return { ...settings, embeddedRecording: { mimeType, content } };
}

/** Rounded up to a tenth, so that a file just above the limit isn't shown with the limit. */
const megabytes = (bytes: number) => Math.ceil(bytes / 100_000) / 10;
