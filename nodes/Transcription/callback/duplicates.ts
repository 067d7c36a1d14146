import { type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';
import { inTurn } from './inTurn';

/** How many events n8n remembers for each workflow. */
const REMEMBERED_EVENTS = 10_000;

/** n8n 2.8 throws when two processes insert the workflow's first record at once; the second try finds the row. */
const ATTEMPTS = 3;

/**
 * Records an event as handled in n8n's own record, which all nodes of the workflow share.
 *
 * n8n keeps that record as one row which it reads, changes and writes back: without a lock, callbacks that arrive
 * together erase each other's entries. Hence one at a time for each workflow.
 *
 * @returns whether it was recorded now for the first time
 */
export async function recordAsHandled(context: IExecuteFunctions, eventId: string): Promise<boolean> {
	return await inTurn(String(context.getWorkflow().id), async () => await record(context, eventId));
}

/** Whether an event was recorded as handled. n8n can only record: what was new is taken out again. */
export async function wasHandled(context: IExecuteFunctions, eventId: string): Promise<boolean> {
	return await inTurn(String(context.getWorkflow().id), async () => {
		if (!(await record(context, eventId))) return true;
		await context.helpers.removeProcessed([eventId], 'workflow', OPTIONS);
		return false;
	});
}

const OPTIONS = { mode: 'entries', maxEntries: REMEMBERED_EVENTS } as const;

async function record(context: IExecuteFunctions, eventId: string): Promise<boolean> {
	for (let attempt = 1; ; attempt++) {
		try {
			const { new: fresh } = await context.helpers.checkProcessedAndRecord([eventId], 'workflow', OPTIONS);
			return fresh.length > 0;
		} catch (error) {
			if (attempt === ATTEMPTS) throw new NodeOperationError(context.getNode(), error as Error);
			context.logger.debug('Recording an event as handled met another process, trying again', {
				eventId,
				attempt,
			});
		}
	}
}
