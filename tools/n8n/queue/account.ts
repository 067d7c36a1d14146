import { execFileSync } from 'node:child_process';

/** A user account on this system. */
export interface Account {
	uid: number;
	gid: number;
}

const idOf = (kind: '-u' | '-g', name: string) => Number(execFileSync('id', [kind, name], { encoding: 'utf8' }));

/**
 * Determines how to run a program without root privileges: as the named account if this process is root, otherwise as the current user.
 * `as` is the prefix of the command. `owner` must own the program's folders.
 */
export function unprivileged(name: string): { owner?: Account; as: string[] } {
	if (process.getuid?.() !== 0) return { as: [] };
	const owner = { uid: idOf('-u', name), gid: idOf('-g', name) };
	return { owner, as: ['setpriv', `--reuid=${name}`, `--regid=${owner.gid}`, '--init-groups', '--'] };
}
