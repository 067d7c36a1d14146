import { deflateSync, inflateSync, crc32 } from 'node:zlib';
import { animatePngs, chunksOf } from '../../../tools/screenshots/animatedPng';

/** Encodes a gray picture of one row. */
function png(...grays: number[]): Buffer {
	const header = Buffer.from([0, 0, 0, grays.length, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
	const data = deflateSync(Buffer.from([0, ...grays]));
	// Encoders may divide the data into any number of chunks.
	const parts = [data.subarray(0, 3), data.subarray(3)];
	return Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		chunk('IHDR', header),
		...parts.map((part) => chunk('IDAT', part)),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function chunk(type: string, data: Buffer): Buffer {
	const content = Buffer.concat([Buffer.from(type), data]);
	const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	checksum.writeUInt32BE(crc32(content));
	return Buffer.concat([length, content, checksum]);
}

const animation = animatePngs([
	{ png: png(1, 2), seconds: 2 },
	{ png: png(3, 4), seconds: 0.5 },
	{ png: png(5, 6), seconds: 1 },
]);

it('contains every frame, the first one as a regular picture', () => {
	const pictures = chunksOf(animation).flatMap(({ type, data }) =>
		type === 'IDAT' ? [data] : type === 'fdAT' ? [data.subarray(4)] : [],
	);
	expect(pictures.map((data) => [...inflateSync(data)])).toEqual([
		[0, 1, 2],
		[0, 3, 4],
		[0, 5, 6],
	]);
	expect(chunksOf(animation).map(({ type }) => type)).toEqual([
		...['IHDR', 'acTL', 'fcTL', 'IDAT', 'fcTL', 'fdAT', 'fcTL', 'fdAT', 'IEND'],
	]);
});

it('repeats forever and shows each frame for its time', () => {
	const dataOf = (type: string) => chunksOf(animation).flatMap((one) => (one.type === type ? [one.data] : []));
	const [control] = dataOf('acTL');
	expect([control?.readUInt32BE(0), control?.readUInt32BE(4)]).toEqual([3, 0]);
	expect(dataOf('fcTL').map((data) => data.readUInt16BE(20) / data.readUInt16BE(22))).toEqual([2, 0.5, 1]);
});

it('numbers the frames’ chunks without gaps and has correct checksums', () => {
	const chunks = chunksOf(animation);
	const numbers = chunks.filter(({ type }) => /^f[cd]/.test(type)).map(({ data }) => data.readUInt32BE(0));
	expect(numbers).toEqual([0, 1, 2, 3, 4]);
	const encoded = chunks.map(({ type, data }) => chunk(type, data));
	expect(animation.subarray(8)).toEqual(Buffer.concat(encoded));
});

it('rejects frames of different sizes', () => {
	expect(() => animatePngs([png(1, 2), png(1)].map((one) => ({ png: one, seconds: 1 })))).toThrow('different formats');
});
