import { createHash } from 'node:crypto';

/** The namespace of this package's IDs, a random UUID. It must never change, since stored IDs depend on it. */
const NAMESPACE = 'c6f4a1de-5c0b-4f0e-9d53-2a7b1f6e8c94';

/** Returns a name-based UUID: the same one for the same name (version 5, RFC 9562, section 5.5). */
export function uuidOf(name: string): string {
	const hash = createHash('sha1')
		.update(Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex'))
		.update(name, 'utf8')
		.digest()
		.subarray(0, 16);
	hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
	hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
	return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
