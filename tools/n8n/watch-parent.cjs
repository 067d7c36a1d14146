'use strict';
/**
 * Preloaded into n8n with `node -r`. Stops n8n when the process that started it has ended.
 * A parent process that was killed (SIGKILL, a test runner's time limit) can't clean up after itself.
 */
const parent = process.ppid;
setInterval(() => {
	if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, 1000).unref();
