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
 * changed and written back. As there, nothing protects the row: callers that come together overwrite each other, and
 * of two that insert it together the second throws.
 */
export class RowDeduplicator implements IDataDeduplicator {
	private readonly rows = new Map<string, DeduplicationItemTypes[]>();

	/** Throws in place of the next so many checks. */
	failures = 0;
	/** How often the row was written. */
	writes = 0;

	/** @param pause how long n8n takes between reading the row and writing it, in ms */
	constructor(private readonly pause: () => number = () => 5) {}

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		const key = keyOf(scope, context);
		const found = this.rows.get(key);
		await this.anotherProcessGetsItsTurn();
		if (this.failures > 0) {
			this.failures--;
			throw new Error('the database is locked');
		}
		if (!found && this.rows.has(key)) {
			throw new Error('SQLITE_CONSTRAINT: UNIQUE constraint failed: processed_data.workflowId');
		}
		const there = new Set(found);
		const fresh = items.filter((item) => !there.has(item));
		this.write(key, [...(found ?? []), ...fresh].slice(-(options.maxEntries ?? Infinity)));
		return { new: fresh, processed: items.filter((item) => there.has(item)) };
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<void> {
		const key = keyOf(scope, context);
		const found = this.rows.get(key);
		if (!found) return;
		await this.anotherProcessGetsItsTurn();
		const gone = new Set(items);
		this.write(key, found.filter((item) => !gone.has(item)));
	}

	async clearAllProcessedItems(scope: DeduplicationScope, context: ICheckProcessedContextData): Promise<void> {
		this.rows.delete(keyOf(scope, context));
	}

	async getProcessedDataCount(scope: DeduplicationScope, context: ICheckProcessedContextData): Promise<number> {
		return this.recorded(keyOf(scope, context)).length;
	}

	/** What the workflow's row holds; that of a node has the key `<workflow ID> n:<node ID>`. */
	recorded(workflowId: string): DeduplicationItemTypes[] {
		return this.rows.get(workflowId) ?? [];
	}

	private write(key: string, row: DeduplicationItemTypes[]): void {
		this.writes++;
		this.rows.set(key, row);
	}

	private async anotherProcessGetsItsTurn(): Promise<void> {
		await new Promise((resolve) => setTimeout(resolve, this.pause()));
	}
}

/** Scope `workflow` is shared by all nodes of the workflow, `node` is not. */
function keyOf(scope: DeduplicationScope, { workflow, node }: ICheckProcessedContextData): string {
	return scope === 'node' ? `${workflow.id} n:${node?.id}` : workflow.id;
}
