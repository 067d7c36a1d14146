import type { IDisplayOptions } from 'n8n-workflow';
import { acknowledge } from './acknowledge';
import { deleteTranscript } from './delete';
import { exportTranscript } from './export';
import { get } from './get';
import { getMany } from './getMany';
import type { Operation } from './operation';
import { recoverMissed } from './recoverMissed';
import { submit } from './submit';
import { submitAndWait } from './submitAndWait';

/** All operations of the action node. The first operation of a resource is the default in its menu. */
export const OPERATIONS: readonly Operation[] = [
	submit,
	submitAndWait,
	get,
	getMany,
	recoverMissed,
	exportTranscript,
	acknowledge,
	deleteTranscript,
];

/** @throws Error for an unknown resource or operation */
export function findOperation(resource: string, operation: string): Operation {
	const found = OPERATIONS.find((candidate) => candidate.resource === resource && candidate.option.value === operation);
	if (!found)
		throw new Error(`This version of the package doesn’t have the “${operation}” operation for “${resource}”`);
	return found;
}

/** Returns the parameter values for which no credential is needed. */
export function credentialFreeWhen(operations: readonly Operation[]): NonNullable<IDisplayOptions['hide']> {
	const hide: NonNullable<IDisplayOptions['hide']> = {};
	for (const [name, values = []] of operations.flatMap((operation) =>
		Object.entries(operation.credentialFreeWhen ?? {}),
	)) {
		hide[name] = [...(hide[name] ?? []), ...values];
	}
	return hide;
}
