import { readFileSync } from 'node:fs';

/** Ticks of Linux' clock a second; the same on all its architectures. */
const TICKS = 100;

/** Processor time that a process has taken in all its threads, in ms. @returns NaN where the system does not tell */
export function cpuMs(pid: number): number {
	if (process.platform !== 'linux') return NaN;
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// The command's name stands in brackets and may contain blanks: count fields behind it.
	const [user = NaN, system = NaN] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 13).map(Number);
	return ((user + system) * 1000) / TICKS;
}
