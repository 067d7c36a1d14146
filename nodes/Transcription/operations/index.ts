import { exportTranscript } from './export';
import { get } from './get';
import type { Operation } from './operation';
import { submit } from './submit';
import { submitAndWait } from './wait/submitAndWait';

/** All operations of the action node, in the order of the menus. */
export const OPERATIONS: readonly Operation[] = [submit, submitAndWait, get, exportTranscript];

/** @throws Error for a value that no menu offers */
export function operationNamed(resource: string, operation: string): Operation {
	const found = OPERATIONS.find(
		(candidate) => candidate.resource === resource && candidate.option.value === operation,
	);
	if (!found) throw new Error(`This version of the package knows no operation “${operation}” for “${resource}”`);
	return found;
}
