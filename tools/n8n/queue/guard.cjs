'use strict';
/**
 * Runs a service for another process and cleans up when that process ends, for whatever reason:
 *
 *     node guard.cjs <folder> <signal> <command> [arguments]
 *
 * When stdin ends (because it was closed, or because the other process ended) or this process receives a termination signal,
 * the service and all processes in its group are sent the signal, and are killed if they are still running two seconds later.
 * Then the folder is deleted.
 */
const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');

const [folder, signal, command, ...args] = process.argv.slice(2);
// Detached creates a process group. PHP's web server waits for its workers to end, but doesn't stop them.
const service = spawn(command, args, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });

service.once('error', (error) => {
	console.error(`${command} couldn't be started: ${error.message}`);
	leave(1);
});
service.once('exit', (code, by) => leave(by === null ? code : 1));
process.stdin.once('end', end).once('error', end).resume();
for (const name of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.once(name, end);

function end() {
	send(signal);
	setTimeout(() => send('SIGKILL'), 2000).unref();
}

function send(signal) {
	try {
		process.kill(-service.pid, signal);
	} catch (error) {
		// All processes of the group have ended.
		if (error.code !== 'ESRCH') throw error;
	}
}

function leave(code) {
	rmSync(folder, { recursive: true, force: true });
	process.exit(code);
}
