/** The sandbox for use in the same process; see README.md for its control API over HTTP. */
export { startSandbox, type Sandbox, type SandboxOptions, type SandboxState } from './sandbox';
export type { ProviderName } from './providers';
export type { Account } from './core/provider';
export type { Job, JobStatus, HoldStage } from './core/job';
export type { SandboxSettings } from './core/settings';
export type { CallbackFaultInput, Forgery } from './callbacks/faults';
export type { AttemptRecord, DeliveryRecord, DeliveryState } from './callbacks/order';
export type { RedeliveryOptions } from './callbacks/dispatcher';
export type { HttpFaultInput } from './server/httpFaults';
export type { RequestRecord } from './server/requestLog';
export type { Sample } from './audio/sample';
