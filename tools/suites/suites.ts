import { join } from 'node:path';
import { ensureNpmFolder } from '../lib/npmFolder';
import { ensurePackedPackage } from '../lib/packedPackage';
import { projectFolder, toHostVersion, type HostVersion } from '../n8n/hosts';
import { ensurePrograms, queueUnavailableReason } from '../n8n/queue/packages';
import { ensureWordpress, wordpressUnavailableReason } from '../wordpress';
import type { BackgroundInstall } from './backgroundInstall';
import { runJest } from './jest';
import { passed, type Counts, type Suite } from './suite';
import { runLoad } from './load';
import { runVisibly } from './visibleCommand';

async function tool(...args: string[]): Promise<Counts> {
	const code = await runVisibly('npm', ['run', '--silent', ...args]);
	if (code !== 0) throw new Error(`"npm run ${args.join(' ')}" exited with code ${code}`);
	return passed();
}

async function build(): Promise<Counts> {
	const tarball = await ensurePackedPackage((line) => console.log(`  ${line}`), { always: true });
	console.log(`  ${tarball}`);
	return passed();
}

/** What suites need to know about the installations: they wait for their n8n. */
type Waiting = Pick<BackgroundInstall, 'wait'>;

const scanFolder = join(projectFolder, 'tools/scan');

async function scan(): Promise<Counts> {
	await ensureNpmFolder(scanFolder, 'installing the scanner', (line) => console.log(`  ${line}`));
	const code = await runVisibly(process.execPath, [join(scanFolder, 'scan.mjs')]);
	if (code !== 0) throw new Error('the scanner has findings; see above');
	return passed(2);
}

const e2e = (version: HostVersion, background: Waiting): Suite => ({
	name: `e2e-${version}`,
	about: `the packed package in a real n8n ${version}`,
	needsPackage: true,
	host: version,
	repeatable: true,
	run: async (files) => {
		await background.wait(version);
		return await runJest(`e2e-${version}`, 'e2e', {
			files,
			// Most tests wait for n8n, so two files at a time don't slow each other down.
			args: ['--maxWorkers=2'],
			env: { N8N_VERSION: version },
			timeoutMs: 40 * 60_000,
		});
	},
});

/** The panels are the same on every n8n, so only the newest editor is tested. */
const editor = (background: Waiting): Suite => ({
	name: 'editor',
	about: 'the panels of the nodes in the editor of a real n8n, in Chromium',
	needsPackage: true,
	host: '2.41',
	repeatable: true,
	run: async (files) => {
		await background.wait('2.41');
		return await runJest('editor', 'editor', {
			files,
			args: ['--runInBand'],
			env: { N8N_VERSION: '2.41' },
			timeoutMs: 30 * 60_000,
		});
	},
});

/** The n8n version for suites that run on only one. `N8N_VERSION` selects a different one. */
const chosenVersion = () => toHostVersion(process.env['N8N_VERSION'] ?? '2.41');

/** The end-to-end tests that depend most on the number of processes, and those that kill processes. */
const QUEUE_MODE_SUBSET = ['test/queue/', 'e2e/duplicates', 'e2e/acknowledge', 'e2e/recover', 'e2e/submitAndWait'];

/**
 * @param patterns of the test files; if empty, all tests run
 */
const queue = (name: string, background: Waiting, patterns: string[], more: Partial<Suite> = {}): Suite => {
	const version = chosenVersion();
	return {
		name,
		about: `the packed package in n8n ${version}'s queue mode: several processes, Redis, PostgreSQL`,
		needsPackage: true,
		host: version,
		unavailableReason: queueUnavailableReason,
		repeatable: true,
		run: async (files) => {
			await background.wait(version);
			await ensurePrograms((line) => console.log(`  ${line}`));
			return await runJest(name, ['queue', 'e2e'], {
				files,
				args: ['--runInBand', ...patterns.flatMap((pattern) => ['--testPathPatterns', pattern])],
				env: { N8N_VERSION: version, N8N_MODE: 'queue' },
				timeoutMs: 40 * 60_000,
			});
		},
		...more,
	};
};

const cms = (background: Waiting): Suite => {
	const version = chosenVersion();
	return {
		name: 'cms',
		about: `templates in n8n ${version} that publish transcripts on a real WordPress`,
		needsPackage: true,
		host: version,
		explicitOnly: true,
		unavailableReason: wordpressUnavailableReason,
		repeatable: true,
		run: async (files) => {
			await background.wait(version);
			await ensureWordpress((line) => console.log(`  ${line}`));
			return await runJest('cms', 'cms', {
				files,
				args: ['--runInBand'],
				env: { N8N_VERSION: version },
				timeoutMs: 20 * 60_000,
			});
		},
	};
};

/** All suites in the order in which they start: the longest first, so that none is left running alone at the end. */
export function allSuites(background: Waiting): Suite[] {
	return [
		{ name: 'build', about: 'npm run build, npm pack', run: build },
		e2e('2.41', background),
		e2e('2.8', background),
		editor(background),
		{
			name: 'engine',
			about: "nodes in n8n's engine, in process",
			needsPackage: true,
			// The engine leaves timers and pools open that tests can't close, so forceExit is needed. It also leaves so much in memory that
			// a single process would become slow.
			run: async () =>
				await runJest('engine', 'engine', { args: ['--forceExit', '--maxWorkers=3', '--workerIdleMemoryLimit=1GB'] }),
		},
		queue('chained-in-queue', background, ['test/queue/chained'], {
			about: `chained waits continue only once in n8n ${chosenVersion()}'s queue mode, with several processes`,
		}),
		{
			name: 'contract',
			about: 'official SDKs against the sandbox',
			run: async () => await runJest('contract', 'contract'),
		},
		{
			name: 'unit',
			about: 'units without n8n',
			// Some tests read the build.
			needsPackage: true,
			run: async () => await runJest('unit', 'unit', { args: ['--maxWorkers=100%'] }),
		},
		{ name: 'lint', about: 'ESLint with the rules for n8n nodes and TypeScript', run: async () => await tool('lint') },
		{ name: 'types', about: 'type check', run: async () => await tool('types') },
		{ name: 'scan', about: "n8n's scanner on the source and on the tarball", needsPackage: true, run: scan },
		{ name: 'browser', about: 'subtitles and pages in Chromium', run: async () => await runJest('browser', 'browser') },
		{ name: 'load', about: 'the tarball alone in an empty folder', needsPackage: true, run: runLoad },
		queue('queue', background, QUEUE_MODE_SUBSET, { explicitOnly: true }),
		queue('all-in-queue', background, [], { explicitOnly: true }),
		cms(background),
	];
}
