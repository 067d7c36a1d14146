import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { bundledPackages, licensedPackages, thirdPartyLicenses } from '../../../tools/lib/thirdPartyLicenses';

let root: string;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'licenses-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
	mkdirSync(dirname(join(root, path)), { recursive: true });
	writeFileSync(join(root, path), text);
}

/** Installs a package into `node_modules`. `files` are added to its code and manifest. */
function install(
	path: string,
	files: Record<string, string>,
	license = 'MIT',
	code = 'export const value = Math.random();',
): void {
	const name = path.replace(/^.*node_modules\//, '');
	const all = {
		'package.json': JSON.stringify({ name, version: '1.2.3', license, main: 'index.js' }),
		'index.js': code,
		...files,
	};
	for (const [file, text] of Object.entries(all)) write(join('node_modules', path, file), text);
}

/** Bundles some source text. */
async function bundle(contents: string) {
	const { metafile, outputFiles } = await build({
		stdin: { contents, resolveDir: root },
		absWorkingDir: root,
		bundle: true,
		write: false,
		metafile: true,
		outfile: 'out.js',
	});
	return { metafile, code: outputFiles.map(({ text }) => text).join('\n') };
}

const licensesOf = async (...contents: string[]) =>
	thirdPartyLicenses(
		(await Promise.all(contents.map(bundle))).map(({ metafile }) => metafile),
		root,
	);
const use = (...names: string[]) =>
	names.map((name, index) => `import { value as v${index} } from '${name}'; console.log(v${index});`).join('\n');

describe('thirdPartyLicenses', () => {
	it('contains the name, version, license, and license text of every bundled package', async () => {
		install('a', { LICENSE: 'Copyright Ada\n' });
		install('@scope/b', { 'license.md': 'Copyright Ben', NOTICE: 'Thanks to Cleo' }, 'Apache-2.0');
		expect(await licensesOf(use('a'), use('@scope/b'))).toBe(
			'This package contains code of the following packages.\n\n' +
				'=== @scope/b 1.2.3, Apache-2.0 ===\n\nThanks to Cleo\n\nCopyright Ben\n\n' +
				'=== a 1.2.3, MIT ===\n\nCopyright Ada\n',
		);
	});

	it('contains nested packages', async () => {
		install('a', { LICENSE: 'Copyright Ada' }, 'MIT', `export { value } from 'b';`);
		install('a/node_modules/b', { COPYING: 'Copyright Ben' }, 'ISC', 'export const value = Math.random();');
		expect(licensedPackages(await licensesOf(use('a')))).toEqual(['b']);
		install('a', {}, 'MIT', `import { value as inner } from 'b'; export const value = inner + Math.random();`);
		expect(licensedPackages(await licensesOf(use('a')))).toEqual(['a', 'b']);
	});

	it("omits packages whose code isn't in the bundle", async () => {
		install('a', { LICENSE: 'Copyright Ada' });
		install('unused', {}, 'GPL-3.0', 'export const value = 1;');
		expect(licensedPackages(await licensesOf(`import { value } from 'unused';\n${use('a')}`))).toEqual(['a']);
	});

	it('rejects a package without a license file', async () => {
		install('a', { 'README.md': 'MIT' });
		await expect(licensesOf(use('a'))).rejects.toThrow('a 1.2.3 is bundled, but has no license file');
	});

	it.each(['GPL-3.0', 'SEE LICENSE IN LICENSE', '(MIT OR GPL-3.0)', ''])(
		'rejects the license "%s"',
		async (license) => {
			install('a', { LICENSE: 'Copyright Ada' }, license);
			await expect(licensesOf(use('a'))).rejects.toThrow(/a 1\.2\.3 is bundled, but its license/);
		},
	);
});

describe('bundledPackages', () => {
	it('agrees with esbuild on the packages in a bundle', async () => {
		install(
			'a',
			{ LICENSE: 'Copyright Ada' },
			'MIT',
			`const { value } = require('@scope/b'); module.exports = { value };`,
		);
		install(
			'a/node_modules/@scope/b',
			{ LICENSE: 'Copyright Ben' },
			'MIT',
			'module.exports = { value: Math.random() };',
		);
		install('unused', {}, 'MIT', 'export const value = 1;');
		const { code, metafile } = await bundle(`import { value } from 'unused';\n${use('a')}`);
		expect(bundledPackages(code)).toEqual(['@scope/b', 'a']);
		expect(licensedPackages(thirdPartyLicenses([metafile], root))).toEqual(['@scope/b', 'a']);
	});
});
