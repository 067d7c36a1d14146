/**
 * First steps of `npm test` and `npm start`. Plain JavaScript without imports from outside Node:
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
	throw new Error(`This needs Node 20.19 or newer; here runs ${process.versions.node} (${process.execPath}).`);
}

/** npm writes its record last: missing means never or half installed, older than the lock file means outdated. */
function isInstalled() {
	const record = join(root, 'node_modules/.package-lock.json');
	return existsSync(record) && statSync(record).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

async function install() {
	const started = Date.now();
	console.log('Installing the development dependencies (npm ci) …');
	const heartbeat = setInterval(
		() => console.log(`  npm ci … ${Math.round((Date.now() - started) / 1000)} s`),
		15_000,
	);
	const child = spawn('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: root,
		stdio: 'inherit',
	});
	const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
	clearInterval(heartbeat);
	if (code !== 0) throw new Error(`npm ci in ${root} ended with exit code ${code}; its output stands above.`);
}

/**
 * Makes sure that the development dependencies are there, then runs a TypeScript module of this
 * folder's neighbours, e.g. `layers/main.ts`: its export `main` gets the command-line arguments.
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
