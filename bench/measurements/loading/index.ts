import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureHost } from '../../../tools/n8n';
import type { Bench, Comparison, Measurement, Section } from '../../bench';
import { bundle } from '../../bundle';
import { formatNumber, median } from '../../../tools/lib/statistics';
import type { Loaded, Task } from './program';
import { officialNodes, type NodePackage, unpack } from './nodePackages';

const LONGEST_MS = 30;
const LARGEST_KB = 300;
const ROUNDS = { full: 15, quick: 2 };

/** n8n loads these packages at startup. They include most of what nodes need. */
const PRELOAD = ['n8n-workflow', 'n8n-core'];

export const loading: Measurement = { name: 'loading', title: 'Loading the package', measure };

async function measure(bench: Bench): Promise<Section> {
	const host = await ensureHost('2.41', { onProgress: bench.say });
	const program = bundle(join(__dirname, 'program.ts'));
	const unpacked = unpack(bench.tarball);
	// Resolving from n8n-nodes-base finds everything that its nodes load.
	const base = join(host.folder, 'node_modules/n8n-nodes-base');
	const runProgram = <Output>(task: Omit<Task, 'host' | 'preload'>): Output => {
		const whole: Task = { host: join(base, 'package.json'), preload: PRELOAD, ...task };
		const output = execFileSync(host.node.path, ['--expose-gc', program.file, JSON.stringify(whole)], {
			encoding: 'utf8',
			env: { ...process.env, NODE_PATH: join(host.folder, 'node_modules') },
		});
		return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Output;
	};
	try {
		const ours = unpacked.nodePackage;
		const smallest = smallestOf(officialNodes(base), runProgram);
		const found = { ours: [] as Loaded[], other: [] as Loaded[] };
		const rounds = bench.quick ? ROUNDS.quick : ROUNDS.full;
		for (let round = 1; round <= rounds; round++) {
			found.ours.push(runProgram({ load: ours.files }));
			found.other.push(runProgram({ load: smallest.files }));
		}
		return sectionOf({ ...found, smallest, tarballBytes: statSync(bench.tarball).size, node: host.node.version });
	} finally {
		unpacked.remove();
		program.remove();
	}
}

/** Returns the candidate whose node loads the fewest bytes when it is loaded alone. */
function smallestOf(
	candidates: readonly NodePackage[],
	runProgram: (task: { measureBytes: string[] }) => Record<string, number>,
): NodePackage {
	const sizes = runProgram({ measureBytes: candidates.map(({ files }) => files[0] ?? '') });
	const sizeOf = ({ files }: NodePackage) => sizes[files[0] ?? ''] ?? Infinity;
	const smallest = [...candidates].sort((a, b) => sizeOf(a) - sizeOf(b))[0];
	if (!smallest) throw new Error('n8n-nodes-base has no node with a webhook');
	return smallest;
}

interface Result {
	ours: Loaded[];
	other: Loaded[];
	smallest: NodePackage;
	tarballBytes: number;
	node: string;
}

function sectionOf({ ours, other, smallest, tarballBytes, node }: Result): Section {
	const row = (label: string, of: (loaded: Loaded) => number, unit: string): Comparison => ({
		label,
		ours: { values: ours.map(of), unit },
		baseline: { name: `\`${smallest.name}\``, figure: { values: other.map(of), unit } },
	});
	const time = row('Loading both nodes and all credentials: time', ({ ms }) => ms, 'ms');
	const kilobytes = tarballBytes / 1000;
	return {
		introduction: `Both nodes and all credentials are loaded from the tarball, in a fresh process of n8n's Node ${node} that has already loaded ${PRELOAD.map((name) => `\`${name}\``).join(' and ')}, as n8n does. The baseline is the smallest official node that has a webhook, by file size, with its credentials: \`${smallest.name}\`. The two are measured alternately.`,
		comparisons: [
			{
				...time,
				headline: 'Loading both nodes and all credentials',
				target: `under ${LONGEST_MS} ms`,
				met: median(time.ours.values) < LONGEST_MS,
			},
			row('Loading: processor time', ({ cpuMs }) => cpuMs, 'ms'),
			row('Loading: file size', ({ bytes }) => bytes / 1000, 'kB'),
			row('Loading: memory in use', ({ heapBytes }) => Math.max(0, heapBytes) / 1e6, 'MB'),
			row('Loading: growth of the process', ({ rssBytes }) => rssBytes / 1e6, 'MB'),
			{
				label: 'The package as npm downloads it',
				headline: 'Size of the package',
				ours: { values: [kilobytes], unit: 'kB' },
				target: `under ${LARGEST_KB} kB`,
				met: kilobytes < LARGEST_KB,
			},
		],
		notes: [
			`Our package loads ${formatNumber(median(ours.map(({ files }) => files)))} files, and the baseline loads ${formatNumber(median(other.map(({ files }) => files)))}. Ours contains all services with their shared code and zod, whereas the baseline is one small node.`,
		],
	};
}
