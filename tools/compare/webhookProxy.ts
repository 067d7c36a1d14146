import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { freePorts } from '../n8n';

/** A call to one of n8n's webhooks. */
interface WebhookCall {
	/** Unix time in ms. */
	at: number;
	path: string;
}

/** A reverse proxy in front of n8n that records calls to its webhooks. */
export interface WebhookProxy {
	/** n8n's public URL, with a trailing slash. */
	url: string;
	calls: readonly WebhookCall[];
	close(): Promise<void>;
}

/** Starts the proxy. n8n needs its URL as a setting, so the proxy starts first. @param n8nPort the port n8n will use */
export async function startWebhookProxy(n8nPort: number): Promise<WebhookProxy> {
	const [port = 0] = await freePorts(1);
	const calls: WebhookCall[] = [];
	const server = createServer((incoming, outgoing) => {
		calls.push({ at: Date.now(), path: incoming.url ?? '' });
		forward(incoming, outgoing, n8nPort);
	});
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
	const close = async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	};
	return { url: `http://127.0.0.1:${port}/`, calls, close };
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, port: number): void {
	const { method, url, headers } = incoming;
	const sent = request({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, (response) => {
		outgoing.writeHead(response.statusCode ?? 502, response.headers);
		response.pipe(outgoing);
	});
	// While n8n is down, its public URL doesn't respond.
	sent.once('error', () => outgoing.destroy());
	incoming.pipe(sent);
}
