import type { IBinaryData } from 'n8n-workflow';
import type { UploadSource } from '../http/upload';
import { givenName } from './storage';

/** MIME types by extension. The first extension for each type is the usual one. */
const TYPES = new Map([
	['mp3', 'audio/mpeg'],
	['wav', 'audio/wav'],
	['m4a', 'audio/mp4'],
	['mp4', 'video/mp4'],
	['ogg', 'audio/ogg'],
	['oga', 'audio/ogg'],
	['opus', 'audio/ogg'],
	['webm', 'video/webm'],
	['flac', 'audio/flac'],
	['aac', 'audio/aac'],
	['amr', 'audio/amr'],
	['aiff', 'audio/aiff'],
	['aif', 'audio/aiff'],
	['caf', 'audio/x-caf'],
	['wma', 'audio/x-ms-wma'],
	['mov', 'video/quicktime'],
	['mkv', 'video/x-matroska'],
	['avi', 'video/x-msvideo'],
	['mpeg', 'video/mpeg'],
	['mpg', 'video/mpeg'],
	['m4v', 'video/x-m4v'],
	['wmv', 'video/x-ms-wmv'],
	['3gp', 'video/3gpp'],
]);

/** Aliases of MIME types, since browsers, phones, and n8n's nodes use different names. */
const ALIASES = new Map([
	['audio/mp3', 'mp3'],
	['audio/mpeg3', 'mp3'],
	['audio/x-mpeg', 'mp3'],
	['audio/x-mp3', 'mp3'],
	['audio/wave', 'wav'],
	['audio/x-wav', 'wav'],
	['audio/x-pn-wav', 'wav'],
	['audio/vnd.wave', 'wav'],
	['audio/m4a', 'm4a'],
	['audio/x-m4a', 'm4a'],
	['application/ogg', 'ogg'],
	['audio/opus', 'opus'],
	['audio/webm', 'webm'],
	['audio/x-flac', 'flac'],
	['audio/x-aac', 'aac'],
	['audio/aacp', 'aac'],
	['audio/x-aiff', 'aiff'],
	['audio/3gpp', '3gp'],
	['audio/x-matroska', 'mkv'],
]);

/** The type to use if nothing is known about a file. */
const UNKNOWN = 'application/octet-stream';

/** The number of bytes at the start of a file that identify its format. */
export const SIGNATURE_BYTES = 16;

type Description = Pick<UploadSource, 'fileName' | 'mimeType'>;

/**
 * Returns the MIME type of a file in an item. Code nodes and some other nodes set none, null, or text that isn't a MIME
 * type.
 */
export function givenType({ mimeType }: Partial<IBinaryData>): string | undefined {
	return typeof mimeType === 'string' && /^[\w.+-]+\/[\w.+-]+/.test(mimeType) ? mimeType : undefined;
}

/** Whether a file is audio or video, judging by its MIME type or, if that says nothing, its extension. */
export function isRecording(binary: Partial<IBinaryData>): boolean {
	const mimeType = givenType(binary)?.toLowerCase();
	if (mimeType !== undefined && mimeType !== UNKNOWN) {
		return /^(audio|video)\//.test(mimeType) || extensionFor(mimeType) !== undefined;
	}
	return givenExtension(binary) !== undefined;
}

/**
 * Completes the name and the MIME type of a file. Some services reject a form whose file has no name, or recognize the
 * format by the extension.
 * @param readStart reads the first {@link SIGNATURE_BYTES} bytes. Only called if nothing else is known about the
 * format.
 */
export async function describeFile(binary: IBinaryData, readStart: () => Promise<Buffer>): Promise<Description> {
	const [fileName, mimeType] = [givenName(binary), givenType(binary)];
	if (fileName !== undefined && mimeType !== undefined) return { fileName, mimeType };
	const isTypeKnown = mimeType !== undefined && mimeType !== UNKNOWN;
	const extension = givenExtension(binary) ?? (isTypeKnown ? extensionFor(mimeType) : formatOf(await readStart()));
	return {
		fileName: fileName ?? (extension === undefined ? 'recording' : `recording.${extension}`),
		mimeType: isTypeKnown ? mimeType : (TYPES.get(extension ?? '') ?? UNKNOWN),
	};
}

/**
 * Returns the MIME type of a recording without parameters, such as `audio/mpeg`, or undefined if the file isn't audio or
 * video.
 * @param start at least the first {@link SIGNATURE_BYTES} bytes
 */
export function recordingTypeOf(binary: IBinaryData, start: Buffer): string | undefined {
	const given = /^[\w.+/-]+/.exec(givenType(binary)?.toLowerCase() ?? UNKNOWN)?.[0] ?? UNKNOWN;
	if (/^(audio|video)\//.test(given)) return given;
	const extension = given === UNKNOWN ? (givenExtension(binary) ?? formatOf(start)) : extensionFor(given);
	return TYPES.get(extension ?? '');
}

/** Returns the extension of a file in an item, if it is one of a recording. */
function givenExtension(binary: Partial<IBinaryData>): string | undefined {
	return extensionIn(binary.fileExtension) ?? extensionIn(/\.([^.]+)$/.exec(givenName(binary) ?? '')?.[1]);
}

function extensionIn(text: unknown): string | undefined {
	const extension = typeof text === 'string' ? text.toLowerCase().replace(/^\./, '') : '';
	return TYPES.has(extension) ? extension : undefined;
}

function extensionFor(mimeType: string): string | undefined {
	const type = mimeType.split(';')[0]?.trim().toLowerCase() ?? '';
	return ALIASES.get(type) ?? [...TYPES].find(([, candidate]) => candidate === type)?.[0];
}

/** Formats that are recognized by their first four bytes alone. */
const SIGNATURES = new Map([
	['fLaC', 'flac'],
	['OggS', 'ogg'],
	['caff', 'caf'],
	['\x1aE\xdf\xa3', 'webm'],
	['0&\xb2u', 'wma'],
]);

/** Returns the extension for a format that is recognized by its first bytes. */
function formatOf(start: Buffer): string | undefined {
	const at = (from: number, to: number) => start.toString('latin1', from, to);
	const [first, second] = [start[0] ?? 0, start[1] ?? 0];
	if (at(4, 8) === 'ftyp') return containerOf(at(8, 12));
	if (at(0, 4) === 'RIFF') return at(8, 12) === 'WAVE' ? 'wav' : at(8, 12) === 'AVI ' ? 'avi' : undefined;
	if (at(0, 4) === 'FORM') return at(8, 11) === 'AIF' ? 'aiff' : undefined;
	if (at(0, 3) === 'ID3') return 'mp3';
	if (at(0, 5) === '#!AMR') return 'amr';
	const signature = SIGNATURES.get(at(0, 4));
	if (signature !== undefined) return signature;
	// MPEG audio starts with eleven set bits. In ADTS (AAC), the two layer bits are 0.
	if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
	return (second & 0x06) === 0 ? 'aac' : 'mp3';
}

/** Returns the extension for an MP4 container's brand. */
function containerOf(brand: string): string {
	if (brand.startsWith('M4A') || brand.startsWith('M4B')) return 'm4a';
	if (brand.startsWith('qt')) return 'mov';
	return brand.startsWith('3g') ? '3gp' : 'mp4';
}
