import { readFileSync } from 'node:fs';

/** State and start time of a process, from Linux' /proc; undefined elsewhere, or when there is none. */
function stat(pid: number): { state: string; startTime: string } | undefined {
	if (process.platform !== 'linux') return undefined;
	try {
		const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The command's name stands in brackets and may contain blanks: count fields behind it.
		const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
		return { state: fields[0] ?? '', startTime: fields[19] ?? '' };
	} catch (error) {
		if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
		throw error;
	}
}

/** What a lock file says about its owner: the process number and, since numbers come again, its start time. */
export function ownerMark(): string {
	return `${process.pid} ${stat(process.pid)?.startTime ?? ''}`.trim();
}

/** Whether the process that left this mark still runs; one that ended but was not yet collected does not. */
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
