/** The entry point for using the sandbox in the same process. See README.md for the HTTP control API. */
export { startSandbox } from './sandbox';
export type { Sandbox, SandboxOptions, SandboxState } from './types';
export type { ProviderName } from './providers';
export type { Account } from './core/provider';
export type { Job, JobStatus } from './core/job';
export type { CallbackFaultInput, Forgery } from './callbacks/faults';
export type { DeliveryRecord } from './callbacks/order';
export type { HttpFaultInput } from './server/httpFaults';
export type { RequestRecord, UploadedFile } from './server/requestLog';
export type { Sample } from './audio/sample';
