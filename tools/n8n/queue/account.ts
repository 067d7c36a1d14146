import { execFileSync } from 'node:child_process';

/** An account of this system. */
export interface Account {
	uid: number;
	gid: number;
}

const idOf = (kind: '-u' | '-g', name: string) => Number(execFileSync('id', [kind, name], { encoding: 'utf8' }));

/**
 * How to run a program not as root: as the named account when this process is root, otherwise as whoever runs this.
 * `as` is what to put before the command, `owner` whose the program's folders have to be.
 */
export function unprivileged(name: string): { owner?: Account; as: string[] } {
	if (process.getuid?.() !== 0) return { as: [] };
	const owner = { uid: idOf('-u', name), gid: idOf('-g', name) };
	return { owner, as: ['setpriv', `--reuid=${name}`, `--regid=${owner.gid}`, '--init-groups', '--'] };
}
