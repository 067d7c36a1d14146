import type { IExecuteFunctions } from 'n8n-workflow';
import { presentIn } from './look';
import { addToRow } from './row';

/**
 * Remembers jobs that belong to other workflows, for this node alone, so that they are not fetched again. Forgetting one
 * costs a request, nothing else.
 */
export async function recordForeign(context: IExecuteFunctions, ids: readonly string[]): Promise<void> {
	if (context.getMode() === 'manual') return;
	await addToRow(context, 'node', ids);
}

/** Of these jobs those that are not known to belong to other workflows. Leaves no trace. */
export async function notForeign(context: IExecuteFunctions, ids: readonly string[]): Promise<string[]> {
	const foreign = await presentIn(context, 'node', ids);
	return ids.filter((id) => !foreign.has(id));
}
