/**
 * The type of a file's content. The description is what the `file` command prints, because services quote it in
 * errors.
 */
interface FileKind {
	mime: string;
	description: string;
	isAudio: boolean;
}

interface Signature {
	readonly kind: FileKind;
	matches(head: Buffer): boolean;
}

const audio = (mime: string, description: string, matches: Signature['matches']): Signature => ({
	kind: { mime, description, isAudio: true },
	matches,
});
const other = (mime: string, description: string, matches: Signature['matches']): Signature => ({
	kind: { mime, description, isAudio: false },
	matches,
});
const at =
	(text: string, offset = 0) =>
	(head: Buffer) =>
		head.subarray(offset, offset + text.length).toString('latin1') === text;
const bytes =
	(...values: number[]) =>
	(head: Buffer) =>
		values.every((value, index) => head[index] === value);

/** Whether this is an MPEG audio frame header: 11 sync bits and no reserved values for version, layer, bit rate, or sampling rate. */
function isMpegFrame(head: Buffer): boolean {
	const [a = 0, b = 0, c = 0] = head;
	const valid = a === 0xff && (b & 0xe0) === 0xe0;
	return valid && (b & 0x18) !== 0x08 && (b & 0x06) !== 0 && (c & 0xf0) !== 0xf0 && (c & 0x0c) !== 0x0c;
}

const isAdts = (head: Buffer) => head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0;

const SIGNATURES: Signature[] = [
	audio('audio/x-wav', 'RIFF (little-endian) data, WAVE audio', (head) => at('RIFF')(head) && at('WAVE', 8)(head)),
	audio('audio/mpeg', 'Audio file with ID3', at('ID3')),
	audio('audio/aac', 'MPEG ADTS, AAC', isAdts),
	audio('audio/mpeg', 'MPEG ADTS, layer III', isMpegFrame),
	audio('audio/flac', 'FLAC audio bitstream data', at('fLaC')),
	audio('audio/ogg', 'Ogg data', at('OggS')),
	audio('video/mp4', 'ISO Media', at('ftyp', 4)),
	audio('video/webm', 'WebM or Matroska data', bytes(0x1a, 0x45, 0xdf, 0xa3)),
	audio('audio/x-aiff', 'IFF data, AIFF audio', (head) => at('FORM')(head) && at('AIF', 8)(head)),
	audio('audio/amr', 'Adaptive Multi-Rate Codec', at('#!AMR')),
	audio('video/x-ms-asf', 'Microsoft ASF', bytes(0x30, 0x26, 0xb2, 0x75)),
	audio('audio/basic', 'Sun/NeXT audio data', at('.snd')),
	other('application/pdf', 'PDF document', at('%PDF-')),
	other('image/png', 'PNG image data', bytes(0x89, 0x50, 0x4e, 0x47)),
	other('image/jpeg', 'JPEG image data', bytes(0xff, 0xd8, 0xff)),
	other('image/gif', 'GIF image data', at('GIF8')),
	other('application/zip', 'Zip archive data', bytes(0x50, 0x4b, 0x03, 0x04)),
	other('application/gzip', 'gzip compressed data', bytes(0x1f, 0x8b)),
];

/** Detects a file's type from its first bytes. Unknown content has the type "data" and doesn't count as audio. */
export function sniff(head: Buffer): FileKind {
	const known = SIGNATURES.find((signature) => signature.matches(head));
	if (known) return known.kind;
	if (head.length === 0) return { mime: 'inode/x-empty', description: 'empty', isAudio: false };
	return isText(head) ? textKind(head) : { mime: 'application/octet-stream', description: 'data', isAudio: false };
}

function isText(head: Buffer): boolean {
	return !head.subarray(0, 4096).some((value) => value < 9 || (value > 13 && value < 32 && value !== 27));
}

function textKind(head: Buffer): FileKind {
	const start = head.subarray(0, 1024).toString('utf8').trimStart().toLowerCase();
	const encoding = head.some((value) => value > 127) ? 'UTF-8 Unicode text' : 'ASCII text';
	if (start.startsWith('<!doctype html') || start.startsWith('<html') || start.startsWith('<head')) {
		return { mime: 'text/html', description: `HTML document, ${encoding}`, isAudio: false };
	}
	if (start.startsWith('<?xml')) return { mime: 'text/xml', description: `XML document, ${encoding}`, isAudio: false };
	if (start.startsWith('{') || start.startsWith('['))
		return { mime: 'application/json', description: 'JSON data', isAudio: false };
	return { mime: 'text/plain', description: encoding, isAudio: false };
}
