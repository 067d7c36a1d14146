import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Progress } from '../n8n/command';
import { withLock } from '../n8n/lock';
import { npm, npmEnvironment } from '../n8n/npm';

/** npm writes this file last. If it is missing, the installation is incomplete; if it is older than the lock file, it is outdated. */
function isInstalled(folder: string): boolean {
	const record = join(folder, 'node_modules/.package-lock.json');
	return existsSync(record) && statSync(record).mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs;
}

/**
 * Installs the packages in a folder's lock file unless they are already installed.
 * @param label description for the progress
 * @throws Error with the end of npm's output
 */
export async function ensureNpmFolder(folder: string, label: string, onProgress: Progress): Promise<void> {
	await withLock(`npm-${basename(folder)}`, onProgress, async () => {
		if (isInstalled(folder)) return;
		await npm(['ci', '--prefer-offline'], {
			cwd: folder,
			env: npmEnvironment(dirname(process.execPath)),
			label,
			onProgress,
		});
	});
}
