import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';

/**
 * Simulates n8n's deduplication storage: one database row per workflow and context, which is read, changed, and written
 * back. As in n8n, nothing protects the row: concurrent callers overwrite each other, and if two of them insert it
 * concurrently, the second one throws.
 */
export class RowDeduplicator implements IDataDeduplicator {
	private readonly rows = new Map<string, DeduplicationItemTypes[]>();

	/** The number of upcoming checks that throw. */
	failures = 0;
	/** The number of writes. */
	writes = 0;
	/** The number of entries that removals searched for. */
	searches = 0;

	/** @param pause returns the time between reading the row and writing it back, in ms */
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
		this.searches += items.length;
		const gone = new Set(items);
		this.write(
			key,
			found.filter((item) => !gone.has(item)),
		);
	}

	async clearAllProcessedItems(scope: DeduplicationScope, context: ICheckProcessedContextData): Promise<void> {
		this.rows.delete(keyOf(scope, context));
	}

	async getProcessedDataCount(scope: DeduplicationScope, context: ICheckProcessedContextData): Promise<number> {
		return this.recorded(keyOf(scope, context)).length;
	}

	/** The entries of a row. The key of a node's row is `<workflow ID> n:<node ID>`. */
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

/** The scope `workflow` is shared by all nodes in the workflow; the scope `node` isn't. */
function keyOf(scope: DeduplicationScope, { workflow, node }: ICheckProcessedContextData): string {
	return scope === 'node' ? `${workflow.id} n:${node?.id}` : workflow.id;
}
