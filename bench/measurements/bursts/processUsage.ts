import { readFileSync } from 'node:fs';

/** Peaks of a process's use of the system. */
export interface Peaks {
	/** Resident memory, in bytes. */
	resident: number;
	/** Memory areas. Linux limits their number to `vm.max_map_count`, which is 65,530 by default. */
	areas: number;
	threads: number;
}

const INTERVAL_MS = 200;

/** Watches a process until `stop` is called, or until it ends. Only works on Linux. */
export function watchPeaks(pid: number): { stop(): Peaks } {
	const peaks: Peaks = { resident: 0, areas: 0, threads: 0 };
	const look = () => {
		try {
			const status = readFileSync(`/proc/${pid}/status`, 'utf8');
			const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
			peaks.resident = Math.max(peaks.resident, field('VmRSS') * 1024);
			peaks.threads = Math.max(peaks.threads, field('Threads'));
			peaks.areas = Math.max(peaks.areas, readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n').length - 1);
		} catch {
			// The process has ended.
		}
	};
	look();
	const timer = setInterval(look, INTERVAL_MS);
	return {
		stop: () => {
			clearInterval(timer);
			look();
			return peaks;
		},
	};
}
