import { type Account, startSandbox, type Sandbox } from '../../sandbox';
import { freePorts, type N8nInstance, openN8n, slowDatabase } from '../n8n';
import { startWebhookProxy, type WebhookProxy } from './webhookProxy';

/** A job runs this long unless a measurement ends it earlier. */
const ENDLESS_SECONDS = 100_000;

/** A real n8n behind a proxy that counts calls to its webhooks, and the sandbox as the service. */
export interface Testbed extends Omit<N8nInstance, 'folder'> {
	sandbox: Sandbox;
	webhookProxy: WebhookProxy;
	say(line: string): void;
}

/** Returns the base URL of the service's API. */
export const apiOf = (sandbox: Sandbox) => sandbox.baseUrl('assemblyAi');

/** @param accounts that the service accepts */
export async function openTestbed(tarball: string, accounts: Account[], say: (line: string) => void): Promise<Testbed> {
	const sandbox = await startSandbox({ port: 0, jobSeconds: ENDLESS_SECONDS, accounts: { assemblyAi: accounts } });
	const [port = 0] = await freePorts(1);
	const webhookProxy = await startWebhookProxy(port);
	const closeServers = async () => {
		await webhookProxy.close();
		await sandbox.close();
	};
	try {
		const env = { ...slowDatabase(), WEBHOOK_URL: webhookProxy.url };
		const { n8n, client, close } = await openN8n({ name: 'compare', port, tarball, env, onProgress: say });
		return {
			n8n,
			client,
			sandbox,
			webhookProxy,
			say,
			close: async () => {
				await close();
				await closeServers();
			},
		};
	} catch (error) {
		await closeServers();
		throw error;
	}
}
