/** Position and format of the samples in a WAV file. */
interface WavLayout {
	channels: number;
	sampleRate: number;
	bitsPerSample: number;
	/** Bytes per second for all channels combined. */
	bytesPerSecond: number;
	/** Size of one sample across all channels, in bytes. */
	blockAlign: number;
	dataOffset: number;
	/**
	 * Size of the sample data in bytes. The actual size is used if the header has no size (as in a stream) or one that is
	 * too large.
	 */
	dataBytes: number;
}

/** Reads a WAV header. @returns `null` if `head` doesn't contain a complete one */
export function readWav(head: Buffer, fileBytes: number): WavLayout | null {
	if (head.length < 12 || head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE')
		return null;
	let format: Omit<WavLayout, 'dataOffset' | 'dataBytes'> | null = null;
	let offset = 12;
	while (offset + 8 <= head.length) {
		const id = head.toString('latin1', offset, offset + 4);
		const length = head.readUInt32LE(offset + 4);
		const body = offset + 8;
		if (id === 'fmt ' && body + 16 <= head.length) format = readFormat(head, body);
		if (id === 'data')
			return format && { ...format, dataOffset: body, dataBytes: Math.min(length || Infinity, fileBytes - body) };
		offset = body + length + (length % 2);
	}
	return null;
}

function readFormat(head: Buffer, body: number): Omit<WavLayout, 'dataOffset' | 'dataBytes'> {
	return {
		channels: head.readUInt16LE(body + 2),
		sampleRate: head.readUInt32LE(body + 4),
		bytesPerSecond: head.readUInt32LE(body + 8),
		blockAlign: head.readUInt16LE(body + 12),
		bitsPerSample: head.readUInt16LE(body + 14),
	};
}

/** Creates a WAV header for the given duration of 8 kHz, 8-bit mono audio. */
export function wavHeader(seconds: number): Buffer {
	const rate = 8000;
	const dataBytes = Math.round(seconds * rate);
	const header = Buffer.alloc(44);
	header.write('RIFF', 0, 'latin1');
	header.writeUInt32LE(36 + dataBytes, 4);
	header.write('WAVEfmt ', 8, 'latin1');
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(rate, 24);
	header.writeUInt32LE(rate, 28);
	header.writeUInt16LE(1, 32);
	header.writeUInt16LE(8, 34);
	header.write('data', 36, 'latin1');
	header.writeUInt32LE(dataBytes, 40);
	return header;
}
