/** A real n8n for tests, demonstrations and benchmarks: install it, start it, drive it. See tools/README.md. */
export { ensureHost, type InstalledHost } from './host';
export { cacheFolder, hosts, packedPackage, projectFolder, toHostVersion, type HostVersion } from './hosts';
export { freePortFrom, freePorts } from './ports';
export { ensurePrograms, reasonAgainstQueue, startQueueN8n, type QueueN8n, type QueueOptions } from './queue';
export { startN8n, type RunningN8n, type StartOptions } from './start';
export { demoOwner, N8nClient } from './client/client';
export { isSettled, outputOf } from './client/executions';
export { N8nRequestError, Session } from './client/http';
export type * from './client/types';
