import { spawn } from 'node:child_process';
import { chownSync, mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tailBuffer } from '../command';
import type { Account } from './account';

/** A running service with a throw-away folder. Both are gone with this process at the latest. */
export interface Service {
	/** On 127.0.0.1. */
	readonly port: number;
	stop(): Promise<void>;
}

const READY_TIMEOUT_MS = 30_000;

/** A new folder in the system's place for temporary files, for the service's data. */
export function temporaryFolder(name: string, owner?: Account): string {
	const folder = mkdtempSync(join(tmpdir(), `transcription-${name}-`));
	if (owner) chownSync(folder, owner.uid, owner.gid);
	return folder;
}

async function acceptsConnections(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		const done = (result: boolean) => {
			socket.destroy();
			resolve(result);
		};
		socket.once('connect', () => done(true)).once('error', () => done(false));
	});
}

/**
 * Starts a service and waits until it takes connections.
 * @param endedBy the signal with which it gives up its data at once
 * @throws with the end of its log when it does not
 */
export async function startService(
	name: string,
	{ command, folder, port, endedBy }: { command: string[]; folder: string; port: number; endedBy: NodeJS.Signals },
): Promise<Service> {
	// A session of its own: Ctrl-C in the terminal must not end it before the n8n that uses it.
	const guard = spawn(process.execPath, [join(__dirname, 'guard.cjs'), folder, endedBy, ...command], {
		detached: true,
		stdio: ['pipe', 'pipe', 'pipe'],
	});
	const log = tailBuffer(4_000);
	for (const stream of [guard.stdout, guard.stderr]) stream.setEncoding('utf8').on('data', log.add);
	let running = true;
	const ended = new Promise<void>((resolve) => {
		guard.once('exit', () => {
			running = false;
			resolve();
		});
	});
	// It may be gone already when its input is closed.
	guard.stdin.on('error', () => {});
	const stop = async () => {
		guard.stdin.end();
		await ended;
	};
	const deadline = Date.now() + READY_TIMEOUT_MS;
	while (!(await acceptsConnections(port))) {
		if (!running || Date.now() > deadline) {
			await stop();
			throw new Error(`${name} did not start. Its last output:\n${log.text().trim()}`);
		}
		await sleep(50);
	}
	return { port, stop };
}
