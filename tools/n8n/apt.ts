import { existsSync } from 'node:fs';
import { runCommand, type Progress } from './command';
import { withLock } from './lock';

/** Whether this process can install packages, i.e. is root on Debian or a derivative. */
export const canInstallPackages = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/**
 * Installs Debian packages without recommended packages, with low CPU priority.
 * @param description describes the packages in progress and error messages
 */
export async function installPackages(
	packages: readonly string[],
	description: string,
	onProgress: Progress,
): Promise<void> {
	const options = {
		cwd: '/',
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		onProgress,
		lowPriority: true,
	};
	// A second apt-get at the same time would fail, and suites that run side by side may need different packages.
	await withLock('apt', onProgress, async () => {
		await runCommand('apt-get', ['update', '-q'], { ...options, label: 'apt-get update' });
		await runCommand('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
			...options,
			label: `installing ${description}`,
		});
	});
}
