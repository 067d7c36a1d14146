/** What an Ogg file with Opus needs from its encoder. Source: RFC 7845. */
export interface OpusStream {
	/** The identification header, beginning with “OpusHead”. */
	head: Buffer;
	/** The encoded packets, in order. */
	packets: readonly Buffer[];
	/** The samples of one packet at 48 kHz, the rate of Ogg Opus positions. */
	samplesPerPacket: number;
	/** The samples of the recording at 48 kHz. Decoders drop what the last packet has in addition. */
	totalSamples: number;
}

const BEGIN = 2;
const END = 4;
/** A second per page, as the Opus tools write it. */
const PACKETS_PER_PAGE = 50;

/** Writes an Ogg file with one Opus stream. */
export function oggOpus({ head, packets, samplesPerPacket, totalSamples }: OpusStream): Buffer {
	const preSkip = head.readUInt16LE(10);
	const pages = [page(0, BEGIN, 0, [head]), page(1, 0, 0, [tags()])];
	for (let first = 0; first < packets.length; first += PACKETS_PER_PAGE) {
		const last = Math.min(first + PACKETS_PER_PAGE, packets.length);
		const ends = last === packets.length;
		const position = ends ? preSkip + totalSamples : last * samplesPerPacket;
		pages.push(page(pages.length, ends ? END : 0, position, packets.slice(first, last)));
	}
	return Buffer.concat(pages);
}

/** The comment header, without comments. */
function tags(): Buffer {
	const vendor = Buffer.from('n8n-nodes-transcription');
	const tag = Buffer.alloc(8 + 4 + vendor.length + 4);
	tag.write('OpusTags', 0, 'latin1');
	tag.writeUInt32LE(vendor.length, 8);
	vendor.copy(tag, 12);
	return tag;
}

/** Writes a page. Source: RFC 3533, section 6. */
function page(sequence: number, flags: number, position: number, packets: readonly Buffer[]): Buffer {
	const lacing = packets.flatMap(({ length }) => [...Array(Math.floor(length / 255)).fill(255), length % 255]);
	const header = Buffer.alloc(27 + lacing.length);
	header.write('OggS', 0, 'latin1');
	header.writeUInt8(flags, 5);
	header.writeBigUInt64LE(BigInt(position), 6);
	// One stream per file, so that any serial number will do.
	header.writeUInt32LE(1, 14);
	header.writeUInt32LE(sequence, 18);
	header.writeUInt8(lacing.length, 26);
	Buffer.from(lacing).copy(header, 27);
	const whole = Buffer.concat([header, ...packets]);
	whole.writeUInt32LE(checksum(whole), 22);
	return whole;
}

/** CRC-32 with the polynomial 0x04c11db7, without reflection and without inversion. */
function checksum(data: Buffer): number {
	let crc = 0;
	for (const value of data) {
		crc ^= value << 24;
		for (let bit = 0; bit < 8; bit += 1) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0);
	}
	return crc >>> 0;
}
