import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { canInstallPackages, installPackages } from './apt';
import type { Progress } from './command';
import { withLock } from './lock';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile();
	} catch {
		// It doesn't exist or isn't accessible.
		return false;
	}
}

/** Returns the path of the browser: CHROMIUM_PATH, or the first one that is installed. */
function findChromium(): string | undefined {
	const named = process.env['CHROMIUM_PATH'];
	if (named) {
		if (isExecutable(named)) return named;
		throw new Error(`CHROMIUM_PATH is ${named}, which isn't an executable file. Correct it or unset it.`);
	}
	const folders = ['/usr/bin', '/snap/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
	const candidates = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
	return [...candidates, ...MAC].find(isExecutable);
}

/**
 * Returns the path of Chromium or Chrome. If neither is found and this is root on Debian or a derivative, installs Chromium.
 * @throws Error naming what to install if that isn't possible
 */
export async function ensureChromium(onProgress: Progress = () => {}): Promise<string> {
	const found = findChromium();
	if (found !== undefined) return found;
	if (!canInstallPackages()) {
		throw new Error('No Chromium or Chrome was found. Install one, or set CHROMIUM_PATH to its executable.');
	}
	return await withLock('chromium', onProgress, async () => {
		if (findChromium() === undefined) await installPackages(['chromium'], 'Chromium', onProgress);
		const installed = findChromium();
		if (installed === undefined) throw new Error('apt-get installed the package chromium, but no browser was found.');
		return installed;
	});
}
