import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';

/**
 * n8n's record of handled items as its database keeps it: one row for each workflow and context, which is read,
 * changed and written back. As there, nothing protects the row: callers that come together overwrite each other.
 */
export class RowDeduplicator implements IDataDeduplicator {
	private readonly rows = new Map<string, DeduplicationItemTypes[]>();

	/** Throws in place of the next so many checks, as n8n does when two processes insert the first row at once. */
	failures = 0;

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		const key = keyOf(scope, context);
		const row = [...(this.rows.get(key) ?? [])];
		await anotherProcessGetsItsTurn();
		if (this.failures > 0) {
			this.failures--;
			throw new Error('SQLITE_CONSTRAINT: UNIQUE constraint failed: processed_data.workflowId');
		}
		const fresh = items.filter((item) => !row.includes(item));
		this.rows.set(key, [...row, ...fresh].slice(-(options.maxEntries ?? Infinity)));
		return { new: fresh, processed: items.filter((item) => row.includes(item)) };
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<void> {
		const key = keyOf(scope, context);
		const row = [...(this.rows.get(key) ?? [])];
		await anotherProcessGetsItsTurn();
		this.rows.set(key, row.filter((item) => !items.includes(item)));
	}

	async clearAllProcessedItems(scope: DeduplicationScope, context: ICheckProcessedContextData): Promise<void> {
		this.rows.delete(keyOf(scope, context));
	}

	async getProcessedDataCount(scope: DeduplicationScope, context: ICheckProcessedContextData): Promise<number> {
		return this.recorded(keyOf(scope, context)).length;
	}

	/** What the workflow's row holds. */
	recorded(workflowId: string): DeduplicationItemTypes[] {
		return this.rows.get(workflowId) ?? [];
	}
}

/** Scope `workflow` is shared by all nodes of the workflow, `node` is not. */
function keyOf(scope: DeduplicationScope, { workflow, node }: ICheckProcessedContextData): string {
	return scope === 'node' ? `${workflow.id} n:${node?.id}` : workflow.id;
}

async function anotherProcessGetsItsTurn(): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, 5));
}
