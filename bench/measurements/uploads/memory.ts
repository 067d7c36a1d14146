import { readFileSync, writeFileSync } from 'node:fs';

/** The resident memory of a process, held against what it was at the beginning. */
export interface Memory {
	/**
	 * How much more it was, at the highest, while something ran than when this was made: what a process keeps of an
	 * earlier run counts for the next one as well. In MiB. Exact on Linux, sampled elsewhere.
	 */
	growthWhile<T>(work: () => Promise<T>): Promise<{ mebibytes: number; result: T }>;
}

/** @param rssBytes asked where the system does not keep the highest mark */
export function memoryOf(pid: number, rssBytes: () => number): Memory {
	const isLinux = process.platform === 'linux';
	const before = isLinux ? kilobytes(pid, 'VmRSS') * 1024 : rssBytes();
	return {
		async growthWhile(work) {
			const highest = isLinux ? markOf(pid) : sampled(rssBytes);
			const result = await work();
			return { mebibytes: (highest() - before) / 2 ** 20, result };
		},
	};
}

/** The kernel keeps the highest mark of a process, and forgets it on demand. Source: proc(5), `clear_refs`. */
function markOf(pid: number): () => number {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
	return () => kilobytes(pid, 'VmHWM') * 1024;
}

function kilobytes(pid: number, name: string): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]);
}

function sampled(rssBytes: () => number): () => number {
	let highest = rssBytes();
	const timer = setInterval(() => (highest = Math.max(highest, rssBytes())), 20);
	return () => {
		clearInterval(timer);
		return highest;
	};
}
