import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePackedPackage, requireSameBytes } from '../../../tools/lib/packedPackage';

const folder = mkdtempSync(join(tmpdir(), 'packed-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
}

describe('a given tarball', () => {
	it('is accepted if it has the same bytes as one that is built here', () => {
		expect(() => requireSameBytes(file('given', 'same'), file('built', 'same'))).not.toThrow();
	});

	it('is rejected with both hashes if one byte differs', () => {
		expect(() => requireSameBytes(file('given', 'same'), file('built', 'samf'))).toThrow(
			/given \(SHA-256 [0-9a-f]{64}\) isn't what[^]*\(SHA-256 [0-9a-f]{64}\)/,
		);
	});

	it("is rejected before anything is built if it doesn't exist", async () => {
		const before = process.env['PACKAGE_TARBALL'];
		process.env['PACKAGE_TARBALL'] = join(folder, 'nothing.tgz');
		try {
			await expect(ensurePackedPackage(() => {})).rejects.toThrow('there is no such file');
		} finally {
			if (before === undefined) delete process.env['PACKAGE_TARBALL'];
			else process.env['PACKAGE_TARBALL'] = before;
		}
	});
});
