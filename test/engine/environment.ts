import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Import this before n8n-core, which reads these variables when it is loaded. Every test file has its own home folder,
 * separate from the developer's n8n.
 */
export const HOME = mkdtempSync(join(tmpdir(), 'transcription-engine-'));
process.env.N8N_USER_FOLDER = HOME;
process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';
process.env.N8N_LOG_LEVEL = 'silent';
process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'filesystem';

// The engine's background tasks run until the process ends. They mustn't keep the tests from exiting.
const { setInterval: start } = globalThis;
globalThis.setInterval = ((...args: Parameters<typeof start>) => start(...args).unref()) as typeof start;

afterAll(() => rmSync(HOME, { recursive: true, force: true }));
