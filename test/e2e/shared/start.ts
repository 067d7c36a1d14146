import { N8nClient, startN8n } from '../../../tools/n8n';
import { n8nOptions } from './settings';
import { publish, type Started } from './sharedN8n';

/** Starts an n8n for each worker of Jest. Test files that don't need their own use the one of their worker. */
export default async function start({ maxWorkers }: { maxWorkers: number }): Promise<void> {
	// There, every file starts its own, because it consists of several processes.
	if (process.env.N8N_MODE === 'queue') return;
	const all = Array.from({ length: maxWorkers }, async (): Promise<Started> => {
		const { folder, options } = n8nOptions();
		const n8n = await startN8n(options);
		const client = new N8nClient(n8n.url);
		await client.signIn();
		return { folder, n8n, token: client.session.token };
	});
	publish(await Promise.all(all));
}
