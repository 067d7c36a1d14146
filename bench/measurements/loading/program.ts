import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';

/** Measures the cost of loading node and credential files with Node's own `require` in a fresh process. */

/** The cost of loading. */
export interface Loaded {
	ms: number;
	/** Processor time of the main thread. */
	cpuMs: number;
	/** Total size of all files that weren't already loaded. */
	bytes: number;
	files: number;
	/** Increase in used heap, measured after garbage collection. */
	heapBytes: number;
	/** Increase in resident memory. */
	rssBytes: number;
}

/** The process's task. */
export interface Task {
	/** A file in the n8n host. The host's packages are resolved from it. */
	host: string;
	/** Names of packages that n8n loads itself. */
	preload: string[];
	/** Files to load together and measure. */
	load?: string[];
	/** Files to load one by one. The result maps each file to its `Loaded.bytes` and omits files that can't be loaded. */
	measureBytes?: string[];
}

const task = JSON.parse(process.argv[2] ?? '{}') as Task;
const hostRequire = createRequire(task.host);

/** Instantiates the class that a file is named after, as n8n does. */
function load(file: string): object {
	const name = basename(file).split('.')[0] ?? '';
	const exported = hostRequire(file) as Record<string, new () => object>;
	const Loaded = exported[name];
	if (!Loaded) throw new Error(`${file} has no class ${name}`);
	return new Loaded();
}

const known = () => new Set(Object.keys(hostRequire.cache));
const added = (before: Set<string>) => Object.keys(hostRequire.cache).filter((file) => !before.has(file));
const bytesOf = (files: readonly string[]) =>
	files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);

/** In ms. Node 24 has this function, but Node 20's types don't. */
function threadTime(): number {
	const { threadCpuUsage } = process as NodeJS.Process & { threadCpuUsage(): NodeJS.CpuUsage };
	const { user, system } = threadCpuUsage.call(process);
	return (user + system) / 1000;
}

function measure(files: readonly string[]): Loaded {
	const before = known();
	global.gc?.();
	const memory = process.memoryUsage();
	const start = performance.now();
	const cpuStart = threadTime();
	const kept = files.map(load);
	const cpuMs = threadTime() - cpuStart;
	const ms = performance.now() - start;
	const rssBytes = process.memoryUsage().rss - memory.rss;
	global.gc?.();
	const heapBytes = process.memoryUsage().heapUsed - memory.heapUsed;
	const found = added(before);
	return { ms, cpuMs, bytes: bytesOf(found), files: found.length, heapBytes, rssBytes: kept.length > 0 ? rssBytes : 0 };
}

function measureBytes(files: readonly string[]): Record<string, number> {
	const sizes: Record<string, number> = {};
	for (const file of files) {
		const before = known();
		try {
			load(file);
		} catch {
			continue;
		}
		const found = added(before);
		sizes[file] = bytesOf(found);
		for (const one of found) delete hostRequire.cache[one];
	}
	return sizes;
}

for (const name of task.preload) hostRequire(name);
// Loaded code may print, too, so the result is on its own line.
console.log(`\n${JSON.stringify(task.measureBytes ? measureBytes(task.measureBytes) : measure(task.load ?? []))}`);
process.exit();
