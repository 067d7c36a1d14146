import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from '../n8n/chromium';
import { ensureHost } from '../n8n/host';
import { cacheFolder, type HostVersion } from '../n8n/hosts';

/** Installations that run while earlier suites are running. */
export interface BackgroundInstall {
	/** Waits for one host and shows the progress. @throws Error with the reason if it couldn't be installed */
	wait(version: HostVersion): Promise<void>;
	/** Whether the installation of a host has ended, successfully or not. */
	hasEnded(version: HostVersion): boolean;
}

const logFile = join(cacheFolder, 'install.log');

/**
 * Starts installing n8n hosts, one after the other, and a browser. Their progress is written to
 * `.cache/install.log`, and to the screen only while `wait` is pending.
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
		// Only tests that open the editor need it. They fail with this message.
		log(error.message);
	});
	const ended = new Set<HostVersion>();
	const installs = new Map<HostVersion, Promise<unknown>>();
	for (const version of versions) {
		const install = previous.then(async () => await ensureHost(version, { onProgress: log }));
		installs.set(version, install);
		previous = install.catch((error: Error) => log(error.message)).finally(() => ended.add(version));
	}
	return {
		async wait(version) {
			visible = true;
			await installs.get(version);
			visible = false;
		},
		hasEnded: (version) => ended.has(version),
	};
}
