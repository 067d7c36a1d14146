import { readFileSync } from 'node:fs';

/** Reads the state and start time of a process from /proc on Linux. @returns undefined on other systems, or if there is no such process */
function stat(pid: number): { state: string; startTime: string } | undefined {
	if (process.platform !== 'linux') return undefined;
	try {
		const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The command's name is in parentheses and may contain spaces, so fields are counted after it.
		const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
		return { state: fields[0] ?? '', startTime: fields[19] ?? '' };
	} catch (error) {
		if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
		throw error;
	}
}

/** Returns the content of a lock file: the PID and, because PIDs are reused, the start time. */
export function ownerMark(): string {
	return `${process.pid} ${stat(process.pid)?.startTime ?? ''}`.trim();
}

/** Whether the process with this mark is still running. Zombie processes don't count. */
export function isAlive(mark: string): boolean {
	const [number, startTime] = mark.split(' ');
	const pid = Number(number);
	if (!Number.isInteger(pid) || pid <= 0) return false;
	try {
		process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
	const now = stat(pid);
	return now === undefined || (now.state !== 'Z' && (startTime === undefined || now.startTime === startTime));
}
