import { createHash } from 'node:crypto';

/** The part of a recording that the sandbox keeps, which is enough to recognize and describe it without storing large files. */
export interface AudioIntake {
	/** Hash of the content as hex digits. */
	sha256: string;
	/** Size in bytes. */
	size: number;
	/** The first bytes, up to `HEAD_BYTES`. */
	head: Buffer;
	/** The entire content if it isn't larger than `KEPT_BYTES`; otherwise `null`. */
	content: Buffer | null;
}

const HEAD_BYTES = 64 * 1024;
const KEPT_BYTES = 4 * 1024 * 1024;

/** Thrown if a body is larger than the service accepts. */
export class TooLargeError extends Error {
	constructor(readonly limitBytes: number) {
		super(`body exceeds ${limitBytes} bytes`);
	}
}

/**
 * Reads a stream to its end and keeps at most `KEPT_BYTES` in memory.
 * @throws TooLargeError if it exceeds `limitBytes`, and any error from the stream
 */
export async function readAudio(stream: AsyncIterable<Buffer | string>, limitBytes: number): Promise<AudioIntake> {
	const hash = createHash('sha256');
	let kept: Buffer[] = [];
	let head: Buffer | null = null;
	let size = 0;
	for await (const piece of stream) {
		const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
		size += chunk.length;
		if (size > limitBytes) throw new TooLargeError(limitBytes);
		hash.update(chunk);
		if (size <= KEPT_BYTES) {
			kept.push(chunk);
		} else if (head === null) {
			head = Buffer.from(Buffer.concat([...kept, chunk]).subarray(0, HEAD_BYTES));
			kept = [];
		}
	}
	const content = head === null ? Buffer.concat(kept) : null;
	return { sha256: hash.digest('hex'), size, head: head ?? content!.subarray(0, HEAD_BYTES), content };
}
