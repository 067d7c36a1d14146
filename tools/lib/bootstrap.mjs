/**
 * Entry point of `npm test` and `npm start`. It is plain JavaScript and imports only Node's own modules, because
 * it runs on a fresh clone, before anything is installed.
 */
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

function checkNode() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major > 20 || (major === 20 && minor >= 19)) return;
	throw new Error(`Node 20.19 or newer is required, but this is ${process.versions.node} (${process.execPath}).`);
}

/** npm writes this file last. If it is missing, the installation is incomplete; if it is older than the lock file, it is outdated. */
function isInstalled() {
	const record = join(root, 'node_modules/.package-lock.json');
	return existsSync(record) && statSync(record).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

async function install() {
	const started = Date.now();
	console.log('Installing the development dependencies (npm ci) …');
	const heartbeat = setInterval(() => console.log(`  npm ci … ${Math.round((Date.now() - started) / 1000)} s`), 15_000);
	const child = spawn('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: root,
		stdio: 'inherit',
	});
	const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
	clearInterval(heartbeat);
	if (code !== 0) throw new Error(`npm ci in ${root} failed with exit code ${code}. See its output above.`);
}

/**
 * Installs the development dependencies if necessary, then calls `main` of a TypeScript module with the command-line
 * arguments. `module` is relative to `tools/`, e.g. `suites/main.ts`.
 */
export async function run(module) {
	try {
		checkNode();
		if (!isInstalled()) await install();
		const require = createRequire(import.meta.url);
		require('tsx/cjs/api').register();
		await require(join('..', module)).main(process.argv.slice(2));
	} catch (error) {
		console.error(process.env.DEBUG ? error : `\n${error.message}`);
		process.exit(1);
	}
}
