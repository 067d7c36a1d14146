/** Installs, starts, and controls a real n8n for tests, demos, and benchmarks. See tools/README.md. */
export { ensureHost } from './host';
export { cacheFolder, packedPackage, projectFolder, toHostVersion, type HostVersion } from './hosts';
export { openN8n, openQueueN8n, slowDatabase, type InstanceOptions, type N8nInstance } from './instance';
export { freePortFrom, freePorts } from './ports';
export { startQueueN8n, type QueueN8n } from './queue';
export { startN8n, type RunningN8n, type StartOptions } from './start';
export { demoOwner, N8nClient } from './client/client';
export { isSettled, outputOf } from './client/executions';
export { N8nRequestError } from './client/http';
export type * from './client/types';
export { connect, credentialsOf, node, to } from './workflowNodes';
