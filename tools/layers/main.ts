import { ensurePackedPackage } from '../lib/packedPackage';
import type { HostVersion } from '../n8n/hosts';
import { installInBackground, type BackgroundInstall } from './backgroundInstall';
import { add, format, type Counts, type Layer } from './layer';
import { allLayers } from './layers';

/** Set by every usual service for continuous integration. */
const isCi = !['', '0', 'false'].includes(process.env['CI'] ?? '');

const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** `e2e` stands for all layers that begin with it. */
const isNamed = (layer: Layer, words: string[]) =>
	words.some((word) => layer.name === word || layer.name.startsWith(`${word}-`));

function select(layers: Layer[], words: string[]): Layer[] {
	const unknown = words.filter((word) => !layers.some((layer) => isNamed(layer, [word])));
	if (unknown.length > 0) {
		const known = layers.map(({ name }) => name).join(', ');
		throw new Error(`There is no layer "${unknown.join('", "')}". Choose from: ${known}, e2e; none = all of them.`);
	}
	return layers.filter((layer) => (words.length === 0 ? !layer.onlyByName : isNamed(layer, words)));
}

/** @returns what was done, and why the layer was left out, if it was */
async function runLayer(layer: Layer, buildFailed: boolean, mayBeLeftOut: boolean): Promise<{ counts: Counts; leftOut?: string }> {
	try {
		const leftOut = layer.reasonAgainst?.();
		if (leftOut !== undefined) {
			if (!mayBeLeftOut) throw new Error(leftOut);
			return { counts: { passed: 0, failed: 0, skipped: 1 }, leftOut };
		}
		if (layer.needsPackage) {
			if (buildFailed) throw new Error('it needs the packed package, which could not be built');
			// Does nothing in a full run; a layer that is run by itself gets a current package.
			await ensurePackedPackage((line) => console.log(`  ${line}`));
		}
		return { counts: await layer.run() };
	} catch (error) {
		console.log(`\n✖ ${layer.name}: ${(error as Error).message}`);
		return { counts: { passed: 0, failed: 1, skipped: 0 } };
	}
}

/** Runs the named layers, or all; goes on after a failure; exit code 1 when anything failed. */
export async function main(words: string[]): Promise<void> {
	const started = Date.now();
	const background: { current?: BackgroundInstall } = {};
	const layers = select(
		allLayers({ wait: async (version) => await background.current?.wait(version) }),
		words,
	);
	const versions = (['2.41', '2.8'] satisfies HostVersion[]).filter((version) => layers.some(({ host }) => host === version));
	if (versions.length > 0) background.current = installInBackground(versions);

	let total: Counts = { passed: 0, failed: 0, skipped: 0 };
	let buildFailed = false;
	const summary: string[] = [];
	for (const layer of layers) {
		const begun = Date.now();
		console.log(`\n━━ ${layer.name}: ${layer.about}`);
		const { counts, leftOut } = await runLayer(layer, buildFailed, words.length === 0 && !isCi);
		if (layer.name === 'build') buildFailed = counts.failed > 0;
		total = add(total, counts);
		const mark = counts.failed > 0 ? '✖' : leftOut === undefined ? '✔' : '–';
		const result = leftOut === undefined ? format(counts) : `left out: ${leftOut}`;
		summary.push(`${mark} ${layer.name.padEnd(10)} ${seconds(begun).padStart(8)}   ${result}`);
		console.log(summary.at(-1));
	}
	console.log(`\n━━ all, ${seconds(started)}\n${summary.join('\n')}\n`);
	console.log(format(total));
	// Not process.exitCode: an engine or a browser left open must not hold the result back.
	process.exit(total.failed > 0 ? 1 : 0);
}
