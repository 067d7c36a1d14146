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

/** All operations of the action node. The first of a resource is the one that its menu begins with. */
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

/** @throws Error for a value that no menu offers */
export function findOperation(resource: string, operation: string): Operation {
	const found = OPERATIONS.find(
		(candidate) => candidate.resource === resource && candidate.option.value === operation,
	);
	if (!found) throw new Error(`This version of the package knows no operation “${operation}” for “${resource}”`);
	return found;
}

/** With which values of which parameters no credential is needed. */
export function credentialFreeWhen(operations: readonly Operation[]): NonNullable<IDisplayOptions['hide']> {
	const hide: NonNullable<IDisplayOptions['hide']> = {};
	for (const [name, values = []] of operations.flatMap((operation) => Object.entries(operation.credentialFreeWhen ?? {}))) {
		hide[name] = [...(hide[name] ?? []), ...values];
	}
	return hide;
}
