import type { IExecuteFunctions } from 'n8n-workflow';

const OPTIONS = { mode: 'entries', maxEntries: 10_000 } as const;

export async function recordReceived(context: IExecuteFunctions, eventIds: string[]): Promise<Set<string>> {
	const { new: fresh } = await context.helpers.checkProcessedAndRecord(eventIds, 'workflow', OPTIONS);
	return new Set(context.getMode() === 'retry' ? eventIds : (fresh as string[]));
}

export async function neverReceived(context: IExecuteFunctions, eventIds: string[]): Promise<string[]> {
	const { new: fresh } = await context.helpers.checkProcessedAndRecord(eventIds, 'workflow', OPTIONS);
	await context.helpers.removeProcessed(fresh, 'workflow', OPTIONS);
	return fresh as string[];
}

export async function neverAcknowledged(context: IExecuteFunctions, eventIds: string[], _graceSeconds: number): Promise<string[]> {
	return await neverReceived(context, eventIds);
}

export async function recordForeign(context: IExecuteFunctions, ids: string[]): Promise<void> {
	await context.helpers.checkProcessedAndRecord(ids, 'node', OPTIONS);
}

export async function notForeign(context: IExecuteFunctions, ids: string[]): Promise<string[]> {
	const { new: fresh } = await context.helpers.checkProcessedAndRecord(ids, 'node', OPTIONS);
	await context.helpers.removeProcessed(fresh, 'node', OPTIONS);
	return fresh as string[];
}
