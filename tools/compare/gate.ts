import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { freePorts } from '../n8n';

/** A call to one of n8n's webhooks. */
export interface Call {
	at: number;
	path: string;
}

/** The public address of n8n, which counts what comes for its webhooks. */
export interface Gate {
	url: string;
	calls: readonly Call[];
	close(): Promise<void>;
}

/** Listens before n8n does, since n8n has to be told the address. @param n8nPort where n8n will be */
export async function openGate(n8nPort: number): Promise<Gate> {
	const [port = 0] = await freePorts(1);
	const calls: Call[] = [];
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
	const sent = request({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, (answer) => {
		outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
		answer.pipe(outgoing);
	});
	// While n8n is down its public address answers nothing.
	sent.once('error', () => outgoing.destroy());
	incoming.pipe(sent);
}
