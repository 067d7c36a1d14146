import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from '../n8n/chromium';
import { ensureHost } from '../n8n/host';
import { cacheFolder, type HostVersion } from '../n8n/hosts';

/** Installations that run while earlier layers are tested. */
export interface BackgroundInstall {
	/** Waits for one host, showing how far it is. @throws why it could not be installed */
	wait(version: HostVersion): Promise<void>;
}

const logFile = join(cacheFolder, 'install.log');

/**
 * Begins to install n8n hosts, one after the other, and a browser. Their progress goes to
 * `.cache/install.log`, and to the screen only while somebody waits.
 */
export function installInBackground(versions: HostVersion[]): BackgroundInstall {
	mkdirSync(cacheFolder, { recursive: true });
	writeFileSync(logFile, '');
	let visible = false;
	const log = (line: string) => {
		appendFileSync(logFile, `${line}\n`);
		if (visible) console.log(`  ${line}`);
	};
	let previous: Promise<unknown> = ensureChromium(log).catch((error: Error) => {
		// Only tests that open the editor need it; they fail with this very message.
		log(error.message);
	});
	const installs = new Map<HostVersion, Promise<unknown>>();
	for (const version of versions) {
		const install = previous.then(async () => await ensureHost(version, { onProgress: log }));
		installs.set(version, install);
		previous = install.catch((error: Error) => log(error.message));
	}
	return {
		async wait(version) {
			visible = true;
			await installs.get(version);
			visible = false;
		},
	};
}
