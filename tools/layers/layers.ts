import { join } from 'node:path';
import { ensureNpmFolder } from '../lib/npmFolder';
import { ensurePackedPackage } from '../lib/packedPackage';
import { projectFolder, type HostVersion } from '../n8n/hosts';
import type { BackgroundInstall } from './backgroundInstall';
import { runJest } from './jest';
import { passed, type Counts, type Layer } from './layer';
import { runLoad } from './load';
import { runVisibly } from './visibleCommand';

async function tool(...args: string[]): Promise<Counts> {
	const code = await runVisibly('npm', ['run', '--silent', ...args]);
	if (code !== 0) throw new Error(`"npm run ${args.join(' ')}" ended with exit code ${code}`);
	return passed();
}

async function build(): Promise<Counts> {
	const tarball = await ensurePackedPackage((line) => console.log(`  ${line}`), { always: true });
	console.log(`  ${tarball}`);
	return passed();
}

const scanFolder = join(projectFolder, 'tools/scan');

async function scan(): Promise<Counts> {
	await ensureNpmFolder(scanFolder, 'installing the scanner', (line) => console.log(`  ${line}`));
	const code = await runVisibly(process.execPath, [join(scanFolder, 'scan.mjs')]);
	if (code !== 0) throw new Error('the scanner has findings, see above');
	return passed(2);
}

const e2e = (version: HostVersion, background: BackgroundInstall): Layer => ({
	name: `e2e-${version}`,
	about: `the packed package in a real n8n ${version}`,
	needsPackage: true,
	run: async () => {
		await background.wait(version);
		return await runJest(`e2e-${version}`, 'e2e', {
			args: ['--runInBand'],
			env: { N8N_VERSION: version },
			timeoutMs: 30 * 60_000,
		});
	},
});

/** All layers in the order in which they run: what is quick and telling comes first. */
export function allLayers(background: BackgroundInstall): Layer[] {
	return [
		{ name: 'lint', about: 'the rules for n8n nodes and for TypeScript', run: async () => await tool('lint') },
		{ name: 'types', about: 'all of it type-checks', run: async () => await tool('types') },
		{ name: 'build', about: 'npm run build, npm pack', run: build },
		{ name: 'scan', about: "n8n's scanner on the source and on the tarball", needsPackage: true, run: scan },
		{ name: 'unit', about: 'pure parts', run: async () => await runJest('unit', 'unit') },
		{
			name: 'engine',
			about: "nodes in n8n's engine, in process",
			needsPackage: true,
			// The engine keeps timers and pools open that no test can close.
			run: async () => await runJest('engine', 'engine', { args: ['--forceExit'] }),
		},
		{ name: 'contract', about: "official SDKs against the sandbox", run: async () => await runJest('contract', 'contract') },
		{ name: 'browser', about: 'subtitles and pages in Chromium', run: async () => await runJest('browser', 'browser') },
		{ name: 'load', about: 'the tarball alone in a clean folder', needsPackage: true, run: runLoad },
		e2e('2.41', background),
		e2e('2.8', background),
	];
}
