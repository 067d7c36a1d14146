import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** Licenses that allow bundling into an MIT package as long as their notices are included. */
const ALLOWED = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'];

const LICENSE_FILE = /^(licen[cs]e|copying)\b/i;
/** Apache-2.0 requires passing on the NOTICE file. */
const NOTICE_FILE = /^notice\b/i;

/** The innermost package folder in a path: `node_modules/a/node_modules/@b/c/lib/d.js` is in `node_modules/a/node_modules/@b/c`. */
const PACKAGE_FOLDER = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

interface Manifest {
	name: string;
	version: string;
	license?: unknown;
}

/**
 * Returns the licenses of all packages whose code is in the given bundles.
 * @param metafiles as esbuild returns them, with paths relative to `root`
 * @throws Error if a package has no license file, or a license that isn't known to allow bundling
 */
export function thirdPartyLicenses(metafiles: Metafile[], root: string): string {
	const sections = packageFolders(metafiles).map((folder) => section(join(root, folder)));
	return `This package contains code of the following packages.\n\n${sections.sort().join('\n')}`;
}

function packageFolders(metafiles: Metafile[]): string[] {
	const outputs = metafiles.flatMap((metafile) => Object.values(metafile.outputs));
	const files = outputs.flatMap(({ inputs }) =>
		Object.keys(inputs).filter((file) => (inputs[file]?.bytesInOutput ?? 0) > 0),
	);
	return [...new Set(files.flatMap((file) => PACKAGE_FOLDER.exec(file)?.[0] ?? []))];
}

function section(folder: string): string {
	const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
	const files = readdirSync(folder).sort();
	if (!files.some((file) => LICENSE_FILE.test(file)))
		throw new Error(`${name} ${version} is bundled, but has no license file`);
	if (typeof license !== 'string' || !ALLOWED.includes(license)) {
		throw new Error(
			`${name} ${version} is bundled, but its license ${JSON.stringify(license)} isn't one of ${ALLOWED.join(', ')}`,
		);
	}
	const texts = files
		.filter((file) => LICENSE_FILE.test(file) || NOTICE_FILE.test(file))
		.map((file) => readFileSync(join(folder, file), 'utf8').trim());
	return `=== ${name} ${version}, ${license} ===\n\n${texts.join('\n\n')}\n`;
}

/** Returns the names of the packages whose licenses are in the output of `thirdPartyLicenses`. */
export function licensedPackages(licenses: string): string[] {
	return [...licenses.matchAll(/^=== (\S+) \S+, \S+ ===$/gm)].map(([, name]) => name as string).sort();
}

/** Returns the names of the packages in a bundle, based on the comments that esbuild writes above each file's code. */
export function bundledPackages(code: string): string[] {
	const names = [...code.matchAll(/^\s*\/\/ \S*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\/\S+$/gm)].map(
		([, name]) => name as string,
	);
	return [...new Set(names)].sort();
}
