import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Import this before n8n-core, which reads these when it is loaded. Every test file gets a home of its own, away from
 * the developer's n8n.
 */
export const HOME = mkdtempSync(join(tmpdir(), 'transcription-engine-'));
process.env.N8N_USER_FOLDER = HOME;
process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';
process.env.N8N_LOG_LEVEL = 'silent';
process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'filesystem';

// The engine has housekeeping that runs until its process is stopped; it must not keep the tests from ending.
const { setInterval: start } = globalThis;
globalThis.setInterval = ((...args: Parameters<typeof start>) => start(...args).unref()) as typeof start;

afterAll(() => rmSync(HOME, { recursive: true, force: true }));
