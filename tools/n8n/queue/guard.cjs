'use strict';
/**
 * Runs a service for another process and cleans up after it, however that process ends:
 *
 *     node guard.cjs <folder> <signal> <command> [arguments]
 *
 * When standard input ends (it was closed, or its other end is gone with the process that held it), or this process
 * is told to end, the service and whatever it started in its group are sent the signal, are killed if they live on for
 * two more seconds, and the folder is deleted.
 */
const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');

const [folder, signal, command, ...args] = process.argv.slice(2);
// Detached: a group of its own. PHP's web server waits for its workers to end, but does not tell them to.
const service = spawn(command, args, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });

service.once('error', (error) => {
	console.error(`${command} could not be started: ${error.message}`);
	leave(1);
});
service.once('exit', (code, by) => leave(by === null ? code : 1));
process.stdin.once('end', end).once('error', end).resume();
for (const name of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.once(name, end);

function end() {
	tell(signal);
	setTimeout(() => tell('SIGKILL'), 2000).unref();
}

function tell(signal) {
	try {
		process.kill(-service.pid, signal);
	} catch (error) {
		// Nobody is left in the group.
		if (error.code !== 'ESRCH') throw error;
	}
}

function leave(code) {
	rmSync(folder, { recursive: true, force: true });
	process.exit(code);
}
