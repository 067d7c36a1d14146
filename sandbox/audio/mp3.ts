const BITRATES_V1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BITRATES_V2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const RATES_V1 = [44_100, 48_000, 32_000];

/** An MPEG Layer III frame. */
interface Mp3Frame {
	offset: number;
	bytes: number;
	samples: number;
	sampleRate: number;
	channels: 1 | 2;
	/** Size of the header and the optional checksum in bytes. */
	headerBytes: number;
	mpeg1: boolean;
}

/** Returns the offset of the first frame, which follows the optional ID3v2 tag. */
function afterId3(head: Buffer): number {
	if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') return 0;
	const size = [6, 7, 8, 9].reduce((sum, index) => sum * 128 + ((head[index] ?? 0) & 0x7f), 0);
	return 10 + size;
}

/** Reads the frame at the given offset. @returns `null` if there is none */
function readFrame(data: Buffer, offset: number): Mp3Frame | null {
	if (offset + 4 > data.length) return null;
	const [a = 0, b = 0, c = 0, d = 0] = data.subarray(offset, offset + 4);
	if (a !== 0xff || (b & 0xe0) !== 0xe0 || (b & 0x06) !== 0x02) return null;
	const version = (b >> 3) & 3;
	const mpeg1 = version === 3;
	const kbps = (mpeg1 ? BITRATES_V1 : BITRATES_V2)[c >> 4];
	const rate = RATES_V1[(c >> 2) & 3];
	if (version === 1 || !kbps || rate === undefined) return null;
	const sampleRate = rate / (mpeg1 ? 1 : version === 2 ? 2 : 4);
	const samples = mpeg1 ? 1152 : 576;
	const bytes = Math.floor(((samples / 8) * kbps * 1000) / sampleRate) + ((c >> 1) & 1);
	return { offset, bytes, samples, sampleRate, channels: d >> 6 === 3 ? 1 : 2, headerBytes: b & 1 ? 4 : 6, mpeg1 };
}

/** Yields consecutive frames until the end of the data. */
export function* frames(data: Buffer): Generator<Mp3Frame> {
	let frame = firstFrame(data, afterId3(data));
	while (frame) {
		yield frame;
		frame = readFrame(data, frame.offset + frame.bytes);
	}
}

/** Returns the size of the side information after a frame's header, in bytes. */
export function sideInfoBytes(frame: Mp3Frame): number {
	if (frame.mpeg1) return frame.channels === 1 ? 17 : 32;
	return frame.channels === 1 ? 9 : 17;
}

/** Determines an MP3's duration from the Xing or Info header if there is one, and otherwise from the bit rate of the first frames. */
export function mp3Duration(head: Buffer, fileBytes: number): { seconds: number; channels: number } | null {
	const first = firstFrame(head, afterId3(head));
	if (!first) return null;
	const counted = xingFrames(head, first);
	if (counted !== null) {
		const samples = counted.frames * first.samples - counted.padding;
		return { seconds: Math.max(0, samples) / first.sampleRate, channels: first.channels };
	}
	let samples = 0;
	let bytes = 0;
	for (const frame of frames(head)) {
		samples += frame.samples;
		bytes += frame.bytes;
	}
	const seconds = (samples / first.sampleRate) * ((fileBytes - first.offset) / bytes);
	return { seconds, channels: first.channels };
}

function firstFrame(data: Buffer, from: number): Mp3Frame | null {
	for (let offset = from; offset < data.length - 4 && offset < from + 8192; offset += 1) {
		const frame = readFrame(data, offset);
		if (!frame) continue;
		const next = offset + frame.bytes;
		if (next + 4 > data.length || readFrame(data, next)) return frame;
	}
	return null;
}

/** Reads the frame count from a Xing or Info header, and the encoder's padding from its LAME extension. */
function xingFrames(head: Buffer, first: Mp3Frame): { frames: number; padding: number } | null {
	const tag = first.offset + first.headerBytes + sideInfoBytes(first);
	const name = head.toString('latin1', tag, tag + 4);
	if ((name !== 'Xing' && name !== 'Info') || tag + 12 > head.length) return null;
	const flags = head.readUInt32BE(tag + 4);
	if (!(flags & 1)) return null;
	const extension = tag + 8 + (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
	const hasLame =
		extension + 24 <= head.length && /^(LAME|Lav)/.test(head.toString('latin1', extension, extension + 4));
	const delays = hasLame ? head.readUIntBE(extension + 21, 3) : 0;
	return { frames: head.readUInt32BE(tag + 8), padding: (delays >> 12) + (delays & 0xfff) };
}
