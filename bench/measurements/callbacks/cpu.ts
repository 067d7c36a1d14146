import { readFileSync } from 'node:fs';

/** Clock ticks per second on Linux; the same on all architectures. */
const TICKS = 100;

/** Returns the processor time that all threads of a process have used, in ms. @returns NaN on systems other than Linux */
export function cpuMs(pid: number): number {
	if (process.platform !== 'linux') return NaN;
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// The command's name is in parentheses and may contain spaces, so fields are counted after it.
	const [user = NaN, system = NaN] = stat
		.slice(stat.lastIndexOf(')') + 2)
		.split(' ')
		.slice(11, 13)
		.map(Number);
	return ((user + system) * 1000) / TICKS;
}
