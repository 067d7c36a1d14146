/**
 * Runs n8n's scanner on the package before it is published:
 *   node tools/scan/scan.mjs [tarball]
 * The first part scans package.json, nodes/, and credentials/, as in the public repository.
 * The second part scans the built JavaScript and package.json in the tarball (default: .cache/package.tgz).
 * The exit code is 1 if there is a finding. The last line counts the parts that passed and failed.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const tarball = resolve(process.argv[2] ?? join(root, '.cache/package.tgz'));
// Outside the repository, so that none of its configuration or modules are found.
const temporary = mkdtempSync(join(tmpdir(), 'scan-'));

/** Copies the files that SOURCE_FILE_PATTERNS can match, and icons, because rules check whether they exist. */
function copySource() {
	const folder = join(temporary, 'source');
	for (const name of ['package.json', 'nodes', 'credentials']) {
		cpSync(join(root, name), join(folder, name), {
			recursive: true,
			filter: (path) => basename(path) !== 'node_modules',
		});
	}
	return folder;
}

function unpackTarball() {
	if (!existsSync(tarball))
		throw new Error(`There is no packed package at ${tarball}. Run "node tools/test.mjs build".`);
	const folder = join(temporary, 'tarball');
	mkdirSync(folder);
	execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	return folder;
}

/** Counts the files to scan. The scanner reports no findings for an empty folder, but here that is an error. */
function count(folder, suffixes) {
	const files = readdirSync(folder, { recursive: true }).filter((name) =>
		suffixes.some((suffix) => name.endsWith(suffix)),
	);
	if (files.length < 2) throw new Error(`there is almost nothing to scan in ${folder}`);
	return files.length;
}

async function scanPart(title, prepare, patterns, suffixes) {
	try {
		const folder = prepare();
		const files = count(folder, suffixes);
		const { passed, message, details } = await analyzePackage(folder, patterns);
		console.log(`${title}: ${files} files, ${passed ? 'no finding' : (message ?? 'refused')}`);
		if (details) console.log(details.replaceAll(`${folder}/`, ''));
		return passed;
	} catch (error) {
		console.log(`${title}: ${error.message}`);
		return false;
	}
}

try {
	const results = [
		await scanPart('source', copySource, SOURCE_FILE_PATTERNS, ['.ts', '.json']),
		await scanPart('tarball', unpackTarball, ['**/*.js', 'package.json'], ['.js', 'package.json']),
	];
	const passed = results.filter(Boolean).length;
	console.log(`${passed} passed, ${results.length - passed} failed`);
	process.exitCode = passed === results.length ? 0 : 1;
} finally {
	rmSync(temporary, { recursive: true });
}
