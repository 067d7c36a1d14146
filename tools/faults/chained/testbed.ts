import type { Sandbox } from '../../../sandbox';
import type { Credential, N8nClient } from '../../n8n';
import type { Observer } from './observer';
import type { ChainedOptions } from './options';

/** Everything that a scenario uses. */
export interface Testbed {
	options: Pick<ChainedOptions, 'count' | 'concurrency' | 'seed'>;
	sandbox: Sandbox;
	observer: Observer;
	client: N8nClient;
	n8nUrl: string;
	/** A credential for AssemblyAI. */
	credential: Credential;
	say(line: string): void;
}

/** Jobs don't end by themselves; the scenario ends them. */
export const ENDLESS_SECONDS = 3600;

/** Counts a workflow's executions that haven't ended, up to 100. */
export async function countOpenExecutions({ session }: N8nClient, workflowId: string): Promise<number> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['running', 'waiting', 'new'] }));
	const { results } = await session.rest<{ results: unknown[] }>('GET', `/executions?limit=100&filter=${filter}`);
	return results.length;
}
