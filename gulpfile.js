const { execFile } = require('node:child_process');
const { mkdir, readFile, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const tsx = require('tsx/cjs/api');
const { n8n } = require('./package.json');

const { PROVIDERS } = tsx.require('./nodes/Transcription/providers/index.ts', __filename);
const { thirdPartyLicenses } = tsx.require('./tools/lib/thirdPartyLicenses.ts', __filename);

const NODE_FOLDER = 'dist/nodes/Transcription';

const common = {
	bundle: true,
	platform: 'node',
	target: 'node20',
	format: 'cjs',
	// n8n provides n8n-workflow. Everything else is bundled, because n8n doesn't allow runtime dependencies.
	external: ['n8n-workflow'],
	legalComments: 'inline',
	// Keeps typographic quotes readable. By default, esbuild escapes them.
	charset: 'utf8',
	// Shortens syntax, but keeps names and line breaks so that the published code can be reviewed.
	minifySyntax: true,
	absWorkingDir: __dirname,
	metafile: true,
};

function clean() {
	return rm('dist', { recursive: true, force: true });
}

async function types() {
	await promisify(execFile)(process.execPath, [
		require.resolve('typescript/bin/tsc'),
		'--noEmit',
		'-p',
		'tsconfig.build.json',
	]).catch((error) => {
		throw new Error(error.stdout || error.message);
	});
}

/** esbuild's metafile for each bundle. */
const metafiles = [];

async function bundle(options) {
	const { metafile } = await esbuild.build({ ...common, ...options });
	metafiles.push(metafile);
}

const classNameOf = (file) => path.basename(file).split('.')[0];

/**
 * All nodes share one bundle, and each node file only re-exports its class from it. Shared modules are therefore loaded only
 * once per process, as required by the lock around n8n's record of received events.
 */
async function nodes() {
	const classes = n8n.nodes.map(classNameOf);
	await bundle({
		stdin: {
			contents: classes.map((name) => `export { ${name} } from './${name}.node';`).join('\n'),
			resolveDir: path.join(__dirname, 'nodes/Transcription'),
		},
		outfile: `${NODE_FOLDER}/bundle.js`,
	});
	await Promise.all(
		n8n.nodes.map((file) =>
			writeFile(file, `'use strict';\nexports.${classNameOf(file)} = require('./bundle.js').${classNameOf(file)};\n`),
		),
	);
}

function credentials() {
	return bundle({
		entryPoints: n8n.credentials.map((file) => file.replace(/^dist\//, '').replace(/\.js$/, '.ts')),
		outdir: 'dist/credentials',
	});
}

/** Copies the icons, which n8n expects next to the nodes. */
function icons() {
	return src('nodes/**/*.svg', { encoding: false }).pipe(dest('dist/nodes'));
}

/** Writes the codex files next to the nodes, including every provider's name, so that n8n's search finds the nodes by provider. */
async function codex() {
	const names = PROVIDERS.map(({ displayName }) => displayName);
	await mkdir(NODE_FOLDER, { recursive: true });
	for (const file of n8n.nodes.map((node) => node.replace(/^dist\//, '').replace(/\.js$/, '.json'))) {
		const content = JSON.parse(await readFile(file, 'utf8'));
		await writeFile(
			`dist/${file}`,
			`${JSON.stringify({ ...content, alias: [...content.alias, ...names] }, null, '\t')}\n`,
		);
	}
}

/** Writes the notices that the bundled packages' licenses require. */
function licenses() {
	return writeFile('dist/THIRD-PARTY-LICENSES', thirdPartyLicenses(metafiles, __dirname));
}

exports.build = series(parallel(clean, types), nodes, parallel(credentials, icons, codex), licenses);
exports.default = exports.build;
