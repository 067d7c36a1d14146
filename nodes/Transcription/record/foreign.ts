import type { IExecuteFunctions } from 'n8n-workflow';
import { presentIn } from './look';
import { addToRow } from './row';

/**
 * Remembers jobs that belong to other workflows, for this node alone, so that they are not fetched again. Forgetting one
 * costs a request, nothing else.
 * @param includesExecutions whether this node also wants jobs of executions. What was left out while it didn't is looked
 * at again once it does.
 */
export async function recordForeign(context: IExecuteFunctions, ids: readonly string[], includesExecutions = false): Promise<void> {
	if (context.getMode() === 'manual') return;
	await addToRow(context, 'node', ids.map((id) => keyOf(id, includesExecutions)));
}

/** Of these jobs those that are not known to belong to other workflows. Leaves no trace. See {@link recordForeign}. */
export async function notForeign(context: IExecuteFunctions, ids: readonly string[], includesExecutions = false): Promise<string[]> {
	const foreign = await presentIn(context, 'node', ids.map((id) => keyOf(id, includesExecutions)));
	return ids.filter((id) => !foreign.has(keyOf(id, includesExecutions)));
}

const keyOf = (id: string, includesExecutions: boolean) => (includesExecutions ? `${id}+executions` : id);
