import { spawn } from 'node:child_process';
import { chownSync, mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tailBuffer } from '../command';
import type { Account } from './account';

/** A running service with a temporary folder. Neither outlives this process. */
export interface Service {
	/** Port on 127.0.0.1. */
	readonly port: number;
	stop(): Promise<void>;
}

const READY_TIMEOUT_MS = 30_000;

/** Creates a temporary folder for a service's data. */
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
 * Starts a service and waits until it accepts connections.
 * @param endedBy the signal for an immediate shutdown without saving data
 * @throws Error with the end of its log if it doesn't start
 */
export async function startService(
	name: string,
	{ command, folder, port, endedBy }: { command: string[]; folder: string; port: number; endedBy: NodeJS.Signals },
): Promise<Service> {
	// Detached creates a new session, so that Ctrl-C in the terminal doesn't end the service before n8n.
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
	// The guard may already have ended when its input is closed.
	guard.stdin.on('error', () => {});
	const stop = async () => {
		guard.stdin.end();
		await ended;
	};
	const deadline = Date.now() + READY_TIMEOUT_MS;
	while (!(await acceptsConnections(port))) {
		if (!running || Date.now() > deadline) {
			await stop();
			throw new Error(`${name} didn't start. Its last output:\n${log.text().trim()}`);
		}
		await sleep(50);
	}
	return { port, stop };
}
