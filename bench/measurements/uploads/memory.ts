import { readFileSync, writeFileSync } from 'node:fs';

/** By how much the resident memory of a process grows while something runs, in MiB. Exact on Linux, sampled elsewhere. */
export async function growthWhile<T>(pid: number, rssBytes: () => number, work: () => Promise<T>): Promise<{ mebibytes: number; result: T }> {
	const peak = process.platform === 'linux' ? peakOf(pid) : sampled(rssBytes);
	const result = await work();
	const { before, after } = peak();
	return { mebibytes: (after - before) / 2 ** 20, result };
}

interface Peak {
	before: number;
	after: number;
}

/** The kernel keeps the highest mark of a process, and forgets it on demand. Source: proc(5), `clear_refs`. */
function peakOf(pid: number): () => Peak {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
	const before = kilobytes(pid, 'VmRSS') * 1024;
	return () => ({ before, after: kilobytes(pid, 'VmHWM') * 1024 });
}

function kilobytes(pid: number, name: string): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]);
}

function sampled(rssBytes: () => number): () => Peak {
	const before = rssBytes();
	let after = before;
	const timer = setInterval(() => (after = Math.max(after, rssBytes())), 20);
	return () => {
		clearInterval(timer);
		return { before, after };
	};
}
