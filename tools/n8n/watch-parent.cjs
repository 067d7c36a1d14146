'use strict';
/**
 * Loaded into n8n before anything else (node -r): ends n8n when the process that started it is gone.
 * A parent that was killed outright (SIGKILL, a test runner's time limit) cannot clean up itself.
 */
const parent = process.ppid;
setInterval(() => {
	if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, 1000).unref();
