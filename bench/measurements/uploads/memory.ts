import { readFileSync, writeFileSync } from 'node:fs';

/** Measures how much a process's resident memory grows. */
interface Memory {
	/**
	 * The peak increase during `work`, in MiB, relative to when this object was created. Memory that the process keeps from an
	 * earlier run is included. Exact on Linux, sampled elsewhere.
	 */
	growthWhile<T>(work: () => Promise<T>): Promise<{ mebibytes: number; result: T }>;
}

/** @param rssBytes sampled if the system doesn't record the peak */
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

/** The kernel records a process's peak memory and resets it on demand. Source: proc(5), `clear_refs`. */
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
