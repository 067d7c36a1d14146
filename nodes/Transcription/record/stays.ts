import type { DeduplicationScope, IExecuteFunctions } from 'n8n-workflow';
import { isAlone, ROUNDS, settle } from './processes';
import { addToRow } from './row';

/**
 * Records keys, again where another process erased them.
 * @returns those that were not there before
 */
export async function recordUntilItStays(
	context: IExecuteFunctions,
	scope: DeduplicationScope,
	keys: readonly string[],
): Promise<Set<string>> {
	const add = async () => await addToRow(context, scope, keys);
	const first = await add();
	if (isAlone()) return first;
	for (let round = 1; round <= ROUNDS; round++) {
		await settle();
		if ((await add()).size === 0) return first;
	}
	context.logger.warn(`Other processes overwrote the record ${ROUNDS} times: ${keys.slice(0, 10).join(', ')}`);
	return first;
}
