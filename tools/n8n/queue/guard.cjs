'use strict';
/**
 * Runs a service for another process and cleans up after it, however that process ends:
 *
 *     node guard.cjs <folder> <signal> <command> [arguments]
 *
 * When standard input ends (it was closed, or its other end is gone with the process that held it), the
 * service is sent the signal, is killed if it lives on for two more seconds, and the folder is deleted.
 */
const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');

const [folder, signal, command, ...args] = process.argv.slice(2);
const service = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

service.once('error', (error) => {
	console.error(`${command} could not be started: ${error.message}`);
	leave(1);
});
service.once('exit', (code, by) => leave(by === null ? code : 1));
process.stdin.once('end', end).once('error', end).resume();

function end() {
	service.kill(signal);
	setTimeout(() => service.kill('SIGKILL'), 2000).unref();
}

function leave(code) {
	rmSync(folder, { recursive: true, force: true });
	process.exit(code);
}
