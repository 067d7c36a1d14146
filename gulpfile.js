const { execFile } = require('node:child_process');
const { rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const tsx = require('tsx/cjs/api');
const { n8n } = require('./package.json');

const { thirdPartyLicenses } = tsx.require('./tools/lib/thirdPartyLicenses.ts', __filename);

const NODE_FOLDER = 'dist/nodes/Transcription';

const common = {
	bundle: true,
	platform: 'node',
	target: 'node20',
	format: 'cjs',
	// The host brings n8n-workflow; everything else the package needs is inlined, as n8n allows no dependencies.
	external: ['n8n-workflow'],
	legalComments: 'inline',
	absWorkingDir: __dirname,
	metafile: true,
};

function clean() {
	return rm('dist', { recursive: true, force: true });
}

async function types() {
	await promisify(execFile)(process.execPath, [require.resolve('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.build.json'])
		.catch((error) => {
			throw new Error(error.stdout || error.message);
		});
}

/** What esbuild reports about each bundle. */
const metafiles = [];

async function bundle(options) {
	const { metafile } = await esbuild.build({ ...common, ...options });
	metafiles.push(metafile);
}

const classNameOf = (file) => path.basename(file).split('.')[0];

/**
 * All nodes share one bundle, and each node file only points into it: what the nodes have in common exists once in the
 * process, which the lock around n8n's record of handled events relies on.
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

/** Icons and codex files, which n8n reads beside the nodes. */
function assets() {
	return src('nodes/**/*.{svg,json}', { encoding: false }).pipe(dest('dist/nodes'));
}

/** The notices that the licenses of bundled packages require. */
function licenses() {
	return writeFile('dist/THIRD-PARTY-LICENSES', thirdPartyLicenses(metafiles, __dirname));
}

exports.build = series(parallel(clean, types), nodes, parallel(credentials, assets), licenses);
exports.default = exports.build;
