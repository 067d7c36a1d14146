import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';

/** In a fresh process, with Node's own `require`: what it takes to load node and credential files into an n8n. */

/** What loading costs. */
export interface Loaded {
	ms: number;
	/** Of the processor, in the thread that waits for it. */
	cpuMs: number;
	/** Of all files that were not there before. */
	bytes: number;
	files: number;
	/** Growth of what is in use, after collecting garbage. */
	heapBytes: number;
	/** Growth of the process. */
	rssBytes: number;
}

/** What the process is asked to do. */
export interface Order {
	/** A file of the host, from where its packages are found. */
	host: string;
	/** What n8n has loaded by itself, by the names of its packages. */
	preload: string[];
	/** Loaded together and measured. */
	load?: string[];
	/** Each loaded alone, for its bytes: `Loaded.bytes` by file, or nothing where it cannot be loaded. */
	weigh?: string[];
}

const order = JSON.parse(process.argv[2] ?? '{}') as Order;
const hostRequire = createRequire(order.host);

/** As n8n does it: the class that a file is named after, and an object of it. */
function load(file: string): object {
	const name = basename(file).split('.')[0] ?? '';
	const exported = hostRequire(file) as Record<string, new () => object>;
	const Loaded = exported[name];
	if (!Loaded) throw new Error(`${file} has no class ${name}`);
	return new Loaded();
}

const known = () => new Set(Object.keys(hostRequire.cache));
const added = (before: Set<string>) => Object.keys(hostRequire.cache).filter((file) => !before.has(file));
const bytesOf = (files: readonly string[]) => files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);

/** Milliseconds. Node 24 knows it, the types of Node 20 do not. */
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

function weigh(files: readonly string[]): Record<string, number> {
	const weights: Record<string, number> = {};
	for (const file of files) {
		const before = known();
		try {
			load(file);
		} catch {
			continue;
		}
		const found = added(before);
		weights[file] = bytesOf(found);
		for (const one of found) delete hostRequire.cache[one];
	}
	return weights;
}

for (const name of order.preload) hostRequire(name);
// What programs load prints, too.
console.log(`\n${JSON.stringify(order.weigh ? weigh(order.weigh) : measure(order.load ?? []))}`);
process.exit();
