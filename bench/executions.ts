import type { N8nClient } from '../tools/n8n';

/** How many executions of a workflow have one of these statuses. */
export async function countExecutions({ session }: N8nClient, workflowId: string, ...status: string[]): Promise<number> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId, status }));
	const { count } = await session.rest<{ count: number }>('GET', `/executions?limit=1&filter=${filter}`);
	return count;
}
