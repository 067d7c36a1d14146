import { crc32 } from 'node:zlib';

/** One picture of an animation. */
export interface Frame {
	/** A PNG. All frames have the same size and color type. */
	png: Buffer;
	seconds: number;
}

interface Chunk {
	type: string;
	data: Buffer;
}

const SIGNATURE_BYTES = 8;
/** A chunk's length, type, and checksum. */
const OVERHEAD_BYTES = 12;

/**
 * Combines PNGs into an animated PNG that repeats forever. Programs that can't play it show the first frame. Format: PNG
 * Specification (Third Edition), “Animation information”.
 * @throws Error if the frames' sizes or color types differ
 */
export function animatePngs(frames: readonly Frame[]): Buffer {
	const [first] = frames;
	if (!first) throw new Error('There are no frames');
	const header = chunkOf(first.png, 'IHDR').data;
	let sequence = 0;
	const parts = frames.flatMap(({ png, seconds }, index): Chunk[] => {
		if (!chunkOf(png, 'IHDR').data.equals(header)) throw new Error('The frames have different formats');
		const control = { type: 'fcTL', data: frameControl(sequence++, header, seconds) };
		const data = Buffer.concat(chunksOf(png).flatMap((chunk) => (chunk.type === 'IDAT' ? [chunk.data] : [])));
		// Only the first frame's data is visible to programs that can't play animations.
		return [control, index === 0 ? { type: 'IDAT', data } : { type: 'fdAT', data: numbered(sequence++, data) }];
	});
	return Buffer.concat([
		first.png.subarray(0, SIGNATURE_BYTES),
		...[
			{ type: 'IHDR', data: header },
			{ type: 'acTL', data: uint32s(frames.length, 0) },
			...parts,
			{ type: 'IEND', data: Buffer.alloc(0) },
		].map(encode),
	]);
}

/** Reads the chunks of a PNG. */
export function chunksOf(png: Buffer): Chunk[] {
	const chunks: Chunk[] = [];
	for (let at = SIGNATURE_BYTES; at < png.length;) {
		const length = png.readUInt32BE(at);
		chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
		at += OVERHEAD_BYTES + length;
	}
	return chunks;
}

function chunkOf(png: Buffer, type: string): Chunk {
	const chunk = chunksOf(png).find((candidate) => candidate.type === type);
	if (!chunk) throw new Error(`The PNG has no ${type} chunk`);
	return chunk;
}

/** The frame covers the entire picture and replaces the previous one. */
function frameControl(sequence: number, header: Buffer, seconds: number): Buffer {
	const delay = Buffer.alloc(6);
	delay.writeUInt16BE(Math.round(seconds * 100), 0);
	delay.writeUInt16BE(100, 2);
	return Buffer.concat([uint32s(sequence), header.subarray(0, 8), uint32s(0, 0), delay]);
}

const numbered = (sequence: number, data: Buffer): Buffer => Buffer.concat([uint32s(sequence), data]);

function uint32s(...values: number[]): Buffer {
	const bytes = Buffer.alloc(values.length * 4);
	values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
	return bytes;
}

function encode({ type, data }: Chunk): Buffer {
	const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	return Buffer.concat([uint32s(data.length), content, uint32s(crc32(content))]);
}
