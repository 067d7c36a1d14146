import { existsSync } from 'node:fs';
import { runCommand, type Progress } from './command';

/** Whether this process may install packages: it is root on Debian or its kin. */
export const canInstallPackages = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/**
 * Installs Debian packages without what they recommend, leaving the processor to whatever else runs.
 * @param what names them in progress and errors
 */
export async function installPackages(packages: readonly string[], what: string, onProgress: Progress): Promise<void> {
	const options = { cwd: '/', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, onProgress, lowPriority: true };
	await runCommand('apt-get', ['update', '-q'], { ...options, label: 'apt-get update' });
	await runCommand('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
		...options,
		label: `installing ${what}`,
	});
}
